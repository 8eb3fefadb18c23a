-- @hook flow_end
-- @detects TCP connections that are accepted and closed without any data, as by those who look for open ports
-- @tune Exclude load balancers and monitoring systems
if flow.protocol() == 6 and flow.cli_rtt() and flow.cli2srv_payload_bytes() + flow.srv2cli_payload_bytes() == 0
   and (flow.state() == "closed" or flow.state() == "reset") then
   flow.triggerAlert(20, flow.cli() .. " said nothing to port " .. flow.srv_port() .. " of " .. flow.srv())
end
