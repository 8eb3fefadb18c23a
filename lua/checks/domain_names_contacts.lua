-- @hook flow_end
-- @detects Local hosts that contact servers under many domains
-- @tune Raise domains for proxies and crawlers, or exclude them
-- @param domains 250 Different domains within a window
-- @param window 600 Seconds
if flow.server_name() and flow.l7_master() ~= "DNS" and flow.direction() == "local@remote" then
   local now = flow.first_seen()
   if not since or now - since > config.window then
      since, contacted = now, {}
   end
   local domain = flow.server_name():match("([^.]+%.[^.]+)$")
   local domains = contacted[flow.cli()] or { n = 0 }
   contacted[flow.cli()] = domains
   if domain and not domains[domain] then
      domains[domain] = true
      domains.n = domains.n + 1
      if domains.n == config.domains then
         flow.triggerAlert(80, flow.cli() .. " contacted servers under " .. domains.n .. " domains")
      end
   end
end
