-- @hook flow_end
-- @detects Local hosts that contact servers in many countries
-- @tune Raise countries for resolvers, mail servers and peers; give the countries of addresses with --geoip
-- @param countries 50 Different countries within a window
-- @param window 3600 Seconds
if flow.srv_country() and flow.direction() == "local@remote" then
   local now = flow.first_seen()
   if not since or now - since > config.window then
      since, contacted = now, {}
   end
   local countries = contacted[flow.cli()] or { n = 0 }
   contacted[flow.cli()] = countries
   if not countries[flow.srv_country()] then
      countries[flow.srv_country()] = true
      countries.n = countries.n + 1
      if countries.n == config.countries then
         flow.triggerAlert(80, flow.cli() .. " contacted servers in " .. countries.n .. " countries")
      end
   end
end
