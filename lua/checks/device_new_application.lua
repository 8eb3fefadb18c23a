-- @hook flow_end
-- @detects Devices that begin to use an application which they did not use while they were learned
-- @tune List the devices; the longer they are learned, the quieter
-- @param devices [] Addresses and networks of devices that always do the same
-- @param learn 86400 Seconds
if #config.devices > 0 and in_network(flow.cli(), config.devices) then
   usual = usual or {}
   local d = usual[flow.cli()] or { since = flow.first_seen() }
   usual[flow.cli()] = d
   local what = flow.l7_proto_name()
   if not d[what] then
      if flow.first_seen() - d.since > config.learn then
         flow.triggerAlert(100, flow.cli() .. " uses " .. what .. " for the first time, at " .. (flow.server_name() or flow.srv()))
      end
      d[what] = true
   end
end
