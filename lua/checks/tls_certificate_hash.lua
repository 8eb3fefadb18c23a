-- @hook flow_end
-- @detects Servers that show a given certificate
-- @tune List the SHA-1 or SHA-256 fingerprints to look for, in hex
-- @param hashes [] Fingerprints, lower case
for _, hash in ipairs(config.hashes) do
   if hash == flow.tls_cert_sha1() or hash == flow.tls_cert_sha256() then
      flow.triggerAlert(200, flow.srv() .. " shows the certificate " .. hash)
   end
end
