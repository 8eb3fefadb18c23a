-- @hook flow_periodic flow_end
-- @detects Single flows that carry very much
-- @tune Raise bytes, or exclude the servers of backups
-- @param bytes 5000000000 Bytes both ways
local bytes = flow.bytes() + flow.cli2srv_earlier_bytes() + flow.srv2cli_earlier_bytes()
if bytes > config.bytes then
   flow.triggerAlert(40, string.format("%.1f GB with %s", bytes / 1e9, flow.server_name() or flow.srv()))
end
