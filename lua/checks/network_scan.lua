-- @hook flow_end
-- @detects Clients that try one port of many hosts in vain
-- @tune Raise hosts where monitoring systems poll, or exclude them
-- @param hosts 30 Different hosts within a window
-- @param window 60 Seconds
if flow.srv_port() > 0 and flow.is_unicast() and (flow.is_oneway() or flow.srv2cli_payload_bytes() == 0) then
   local now = flow.first_seen()
   if not since or now - since > config.window then
      since, tried = now, {}
   end
   local key = flow.cli() .. ":" .. flow.srv_port()
   local hosts = tried[key] or { n = 0 }
   tried[key] = hosts
   if hosts.n < config.hosts and not hosts[flow.srv()] then
      hosts[flow.srv()] = true
      hosts.n = hosts.n + 1
      if hosts.n == config.hosts then
         flow.triggerAlert(150, flow.cli() .. " tried port " .. flow.srv_port() .. " of " .. hosts.n .. " hosts")
      end
   end
end
