-- @hook flow_detected
-- @detects Local hosts that use many different DNS servers
-- @tune Exclude resolvers, which ask the servers of all domains
-- @param servers 10 Different servers within a window
-- @param window 3600 Seconds
if flow.l7_master() == "DNS" and flow.is_unicast() and (flow.direction() == "local@remote" or flow.direction() == "local@local") then
   local now = flow.first_seen()
   if not since or now - since > config.window then
      since, contacted = now, {}
   end
   local servers = contacted[flow.cli()] or { n = 0 }
   contacted[flow.cli()] = servers
   if not servers[flow.srv()] then
      servers[flow.srv()] = true
      servers.n = servers.n + 1
      if servers.n == config.servers then
         flow.triggerAlert(80, flow.cli() .. " uses " .. servers.n .. " different DNS servers")
      end
   end
end
