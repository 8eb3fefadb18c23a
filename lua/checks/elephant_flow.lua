-- @hook flow_periodic flow_end
-- @detects Single flows that carry very much
-- @tune Raise bytes, or exclude the servers of backups
-- @param bytes 5000000000 Bytes both ways
if flow.bytes() > config.bytes then
   flow.triggerAlert(40, string.format("%.1f GB with %s", flow.bytes() / 1e9, flow.server_name() or flow.srv()))
end
