-- @hook flow_end
-- @detects Web clients that call themselves as tools of attackers and robots do
-- @tune Exclude robots of your own
-- @param risks [HTTP Susp User-Agent, Crawler/Bot] Risks by nDPI's names
for _, risk in ipairs(flow.risks() or {}) do
   for _, name in ipairs(config.risks) do
      if risk == name then
         flow.triggerAlert(100, flow.cli() .. " calls itself " .. (flow.user_agent() or "nothing"))
      end
   end
end
