-- @hook flow_detected
-- @detects Local hosts that use many different mail servers
-- @tune Exclude your mail servers: others that send to many may be spamming
-- @param servers 10 Different servers within a window
-- @param window 3600 Seconds
if (flow.l7_master() == "SMTP" or flow.l7_master() == "SMTPS") and flow.is_unicast() and (flow.direction() == "local@remote" or flow.direction() == "local@local") then
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
         flow.triggerAlert(80, flow.cli() .. " uses " .. servers.n .. " different mail servers")
      end
   end
end
