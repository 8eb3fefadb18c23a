-- @hook flow_detected
-- @detects Mail servers that are not among the expected ones
-- @tune List the servers of your network; without a list the check is quiet
-- @param servers [] Addresses and networks
if #config.servers > 0 and (flow.l7_master() == "SMTP" or flow.l7_master() == "SMTPS") and not in_network(flow.srv(), config.servers) then
   flow.triggerAlert(100, flow.srv() .. " serves mail to " .. flow.cli() .. "; it is not expected to")
end
