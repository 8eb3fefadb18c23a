-- @hook flow_end
-- @detects Local hosts that reach for the administration of many others
-- @tune Exclude management stations
-- @param hosts 5 Different local servers within a window
-- @param window 600 Seconds
-- @param protocols [SMBv1, SMBv23, RDP, SSH, DCERPC, VNC, Telnet, RSH] Protocols by the names of protocols.md; DCERPC is that of WMI, too
if flow.direction() == "local@local" and flow.is_unicast() then
   for _, name in ipairs(config.protocols) do
      if name:lower() == (flow.l7_master() or ""):lower() or name:lower() == (flow.l7_app() or ""):lower() then
         local now = flow.first_seen()
         if not since or now - since > config.window then
            since, reached = now, {}
         end
         local hosts = reached[flow.cli()] or { n = 0 }
         reached[flow.cli()] = hosts
         if not hosts[flow.srv()] then
            hosts[flow.srv()] = true
            hosts.n = hosts.n + 1
         end
         if hosts.n == config.hosts then
            flow.triggerAlert(150, flow.cli() .. " reached " .. hosts.n .. " hosts by " .. flow.l7_proto_name())
         end
         break
      end
   end
end
