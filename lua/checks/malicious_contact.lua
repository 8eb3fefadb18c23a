-- @hook flow_end
-- @detects Flows that a signature of malware or of an exploit fits, or whose server, name, fingerprint or certificate is in a blacklist
-- @tune Give the lists with --blacklists; take a risk off the list that is found in harmless traffic
-- @param risks [Possible Exploit Attempt, Client Contacted A Malware Host, Malicious Fingerpint, Malicious SSL Cert/SHA1 Fingerp.] Risks by nDPI's names
for _, risk in ipairs(flow.risks() or {}) do
   for _, name in ipairs(config.risks) do
      if risk == name then
         flow.triggerAlert(200, flow.cli() .. " > " .. (flow.server_name() or flow.srv()) .. ": " .. risk)
      end
   end
end
