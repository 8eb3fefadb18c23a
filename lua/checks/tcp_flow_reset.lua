-- @hook flow_end
-- @off
-- @detects TCP connections that a side reset after data had flowed
-- @tune Exclude servers that always end so
if flow.state() == "reset" and flow.cli2srv_payload_bytes() + flow.srv2cli_payload_bytes() > 0 then
   flow.triggerAlert(20, "the connection with " .. (flow.server_name() or flow.srv()) .. " was reset")
end
