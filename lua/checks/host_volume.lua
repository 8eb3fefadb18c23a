-- @hook host
-- @off
-- @detects Local hosts that sent more than a number of bytes
-- @tune Set bytes to what is usual in your network
-- @param bytes 1000000000 Bytes sent
if host.is_local() and host.bytes_sent() > config.bytes then
   host.triggerAlert(60, string.format("sent %.1f GB", host.bytes_sent() / 1e9))
end
