-- @hook flow_detected
-- @detects DHCP servers that are not among the expected ones
-- @tune List the servers of your network; without a list the check is quiet
-- @param servers [] Addresses and networks
-- A server answers to port 68; whoever was seen to open the flow.
local server
if flow.l7_master() == "DHCP" then
   if flow.srv_port() == 68 then server = flow.cli() elseif not flow.is_oneway() then server = flow.srv() end
end
if server and #config.servers > 0 and not in_network(server, config.servers) then
   flow.triggerAlert(150, server .. " gives out addresses; it is not expected to")
end
