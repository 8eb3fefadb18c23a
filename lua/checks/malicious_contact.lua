-- @hook flow_end
-- @detects Flows that a signature of malware or of an exploit fits
-- @tune Take a risk off the list that is found in harmless traffic
-- @param risks [Possible Exploit Attempt, Client Contacted A Malware Host] Risks by nDPI's names
for _, risk in ipairs(flow.risks() or {}) do
   for _, name in ipairs(config.risks) do
      if risk == name then
         flow.triggerAlert(200, flow.cli() .. " > " .. (flow.server_name() or flow.srv()) .. ": " .. risk)
      end
   end
end
