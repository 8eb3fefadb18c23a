-- @hook flow_end
-- @detects Servers that are asked for by a number, by a name in foreign letters, or under a domain of ill repute
-- @tune Exclude the domains in use
-- @param risks [HTTP/TLS/QUIC Numeric Hostname/SNI, IDN Domain Name, Risky Domain Name] Risks by nDPI's names
for _, risk in ipairs(flow.risks() or {}) do
   for _, name in ipairs(config.risks) do
      if risk == name then
         flow.triggerAlert(60, flow.cli() .. " asks for " .. (flow.server_name() or flow.srv()) .. ": " .. risk)
      end
   end
end
