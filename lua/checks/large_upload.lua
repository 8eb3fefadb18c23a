-- @hook flow_end
-- @detects Uploads of a local host to a remote server above a limit
-- @tune Raise bytes, or exclude the servers of backups and clouds in use
-- @param bytes 100000000 Bytes from the client
-- @param ratio 4 How many times more the client must send than it receives
if flow.direction() == "local@remote" then
   local up, down = flow.cli2srv_bytes() + flow.cli2srv_earlier_bytes(), flow.srv2cli_bytes() + flow.srv2cli_earlier_bytes()
   if up > config.bytes and up > config.ratio * down then
      flow.triggerAlert(100, string.format("%s sent %.1f MB to %s", flow.cli(), up / 1e6, flow.server_name() or flow.srv()))
   end
end
