-- @hook flow_end
-- @detects Servers and clients whose version is long out of date
-- @tune Exclude what cannot be updated
-- @param risks [SSH Obsolete Cli Vers/Cipher, SSH Obsolete Ser Vers/Cipher, HTTP Obsolete Server, SMB Insecure Vers] Risks by nDPI's names
for _, risk in ipairs(flow.risks() or {}) do
   for _, name in ipairs(config.risks) do
      if risk == name then
         flow.triggerAlert(60, (flow.server_name() or flow.srv()) .. ": " .. risk)
      end
   end
end
