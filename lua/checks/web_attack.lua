-- @hook flow_end
-- @detects Requests that try to inject code, SQL or scripts into a web server
-- @tune Exclude scanners of your own
-- @param risks [XSS Attack, SQL Injection, RCE Injection] Risks by nDPI's names
for _, risk in ipairs(flow.risks() or {}) do
   for _, name in ipairs(config.risks) do
      if risk == name then
         flow.triggerAlert(200, flow.cli() .. ": " .. risk .. " at " .. (flow.server_name() or flow.srv()))
      end
   end
end
