-- @hook flow_end
-- @detects Clients that try many ports of one host in vain
-- @tune Raise ports where inventories are taken, or exclude the scanner
-- @param ports 20 Different ports within a window
-- @param window 60 Seconds
-- A flow counts when nobody answered it, or with a reset only.
if flow.srv_port() > 0 and (flow.is_oneway() or flow.srv2cli_payload_bytes() == 0) then
   local now = flow.first_seen()
   if not since or now - since > config.window then
      since, tried = now, {}
   end
   local pair = flow.cli() .. ">" .. flow.srv()
   local ports = tried[pair] or { n = 0 }
   tried[pair] = ports
   local port = tostring(flow.srv_port()) -- as a number it would be a place in a list
   if ports.n < config.ports and not ports[port] then
      ports[port] = true
      ports.n = ports.n + 1
      if ports.n == config.ports then
         flow.triggerAlert(150, flow.cli() .. " tried " .. ports.n .. " ports of " .. flow.srv())
      end
   end
end
