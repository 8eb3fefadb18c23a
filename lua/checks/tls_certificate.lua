-- @hook flow_end
-- @detects Servers with a certificate that is self-signed, expired or for another name
-- @tune Exclude the hosts of your own test systems
for _, risk in ipairs(flow.risks() or {}) do
   if risk == "Self-signed Cert" or risk == "TLS Cert Expired" or risk == "TLS Cert Mismatch" then
      flow.triggerAlert(100, (flow.server_name() or flow.srv()) .. ": " .. risk)
   end
end
