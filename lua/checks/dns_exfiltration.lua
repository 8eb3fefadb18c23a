-- @hook host
-- @detects Local hosts that send much by DNS
-- @tune Raise bytes for resolvers, or exclude them
-- @param bytes 1000000 Bytes sent
if host.is_local() then
   local sent = 0
   for name, app in pairs(host.l7().ndpi) do -- also DNS.AmazonAWS and the like
      if name == "DNS" or name:sub(1, 4) == "DNS." then
         sent = sent + app["bytes.sent"]
      end
   end
   if sent > config.bytes then
      host.triggerAlert(150, string.format("sent %.1f MB by DNS", sent / 1e6))
   end
end
