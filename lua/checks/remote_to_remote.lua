-- @hook flow_detected
-- @off
-- @detects Flows between two remote hosts: a local network that is not named, or forged addresses
-- @tune Name all of your networks with --local-nets
if flow.direction() == "remote2remote" and flow.is_unicast() then
   flow.triggerAlert(60, "neither " .. flow.cli() .. " nor " .. flow.srv() .. " is local")
end
