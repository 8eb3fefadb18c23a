-- @hook flow_detected
-- @detects TCP and pings to groups and broadcast addresses, which nobody answers but floods may use
-- @tune Take a protocol off the list that is meant to be there
-- @param protocols [TCP, ICMP] Protocols over IP
if not flow.is_unicast() then
   for _, name in ipairs(config.protocols) do
      if name == flow.l4_proto() then
         flow.triggerAlert(60, flow.cli() .. " sends " .. name .. " to " .. flow.srv())
      end
   end
end
