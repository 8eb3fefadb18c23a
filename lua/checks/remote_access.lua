-- @hook flow_detected
-- @detects Remote control of a local host from outside
-- @tune Exclude the networks that administrators come from
-- @param protocols [RDP, VNC, SSH, Telnet, RSH, TeamViewer, AnyDesk, Radmin, NoMachine] Protocols by the names of protocols.md
if flow.direction() == "remote@local" then
   for _, name in ipairs(config.protocols) do
      if name:lower() == (flow.l7_master() or ""):lower() or name:lower() == (flow.l7_app() or ""):lower() then
         flow.triggerAlert(150, flow.cli() .. " controls " .. flow.srv() .. " by " .. flow.l7_proto_name())
      end
   end
end
