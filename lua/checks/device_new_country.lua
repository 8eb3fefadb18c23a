-- @hook flow_end
-- @detects Devices that begin to talk to a country which they did not talk to while they were learned
-- @tune List the devices, and give the countries of addresses with --geoip; the longer they are learned, the quieter
-- @param devices [] Addresses and networks of devices that always do the same
-- @param learn 86400 Seconds
if #config.devices > 0 and flow.srv_country() and in_network(flow.cli(), config.devices) then
   if not usual or known == 50000 then
      usual, known = {}, 0
   end
   local d = usual[flow.cli()]
   if not d then
      d = { since = flow.first_seen() }
      usual[flow.cli()], known = d, known + 1
   end
   local country = flow.srv_country()
   if not d[country] then
      if flow.first_seen() - d.since > config.learn then
         flow.triggerAlert(120, flow.cli() .. " talks to " .. country .. " for the first time, to " .. (flow.server_name() or flow.srv()))
      end
      d[country] = true
   end
end
