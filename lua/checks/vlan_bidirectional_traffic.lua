-- @hook flow_end
-- @detects Flows of a VLAN with remote servers that answer, where a VLAN should reach none
-- @tune List the VLANs that are meant to be cut off; without a list the check is quiet
-- @param vlans [] Numbers of VLANs
if #config.vlans > 0 and flow.direction() == "local@remote" and not flow.is_oneway() then
   for _, vlan in ipairs(config.vlans) do
      if vlan == tostring(flow.vlan_id()) then
         flow.triggerAlert(100, flow.cli() .. " in VLAN " .. vlan .. " gets answers from " .. (flow.server_name() or flow.srv()))
      end
   end
end
