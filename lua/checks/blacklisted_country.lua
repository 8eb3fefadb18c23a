-- @hook flow_detected
-- @detects Flows with hosts in countries that you have listed
-- @tune List the countries, and give those of addresses with --geoip; without a list the check is quiet
-- @param countries [] Countries by their code in ISO 3166-1, such as AQ
for _, country in ipairs(config.countries) do
   if country:lower() == (flow.srv_country() or ""):lower() then
      flow.triggerAlert(100, flow.cli() .. " talks to " .. (flow.server_name() or flow.srv()) .. " in " .. flow.srv_country())
   elseif country:lower() == (flow.cli_country() or ""):lower() then
      flow.triggerAlert(100, flow.cli() .. " in " .. flow.cli_country() .. " talks to " .. flow.srv())
   end
end
