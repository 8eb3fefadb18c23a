-- @hook flow_end
-- @detects Servers that show a given certificate
-- @tune List the SHA-1 or SHA-256 fingerprints to look for, in hex
-- @param hashes [] Fingerprints, with or without colons
if #config.hashes > 0 and flow.tls_cert_sha1() then
   if not wanted then
      wanted = {}
      for _, hash in ipairs(config.hashes) do
         wanted[hash:lower():gsub(":", "")] = true
      end
   end
   local hash = wanted[flow.tls_cert_sha1()] and flow.tls_cert_sha1() or flow.tls_cert_sha256()
   if wanted[hash] then
      flow.triggerAlert(200, flow.srv() .. " shows the certificate " .. hash)
   end
end
