-- @hook host
-- @detects Local hosts that send much by DNS
-- @tune Raise bytes for resolvers, or exclude them
-- @param bytes 1000000 Bytes sent
if host.is_local() then
   local dns = host.l7().ndpi["DNS"]
   if dns and dns["bytes.sent"] > config.bytes then
      host.triggerAlert(150, string.format("sent %.1f MB by DNS", dns["bytes.sent"] / 1e6))
   end
end
