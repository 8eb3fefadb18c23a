-- @hook flow_end
-- @detects Clients that ask for many names which do not exist, as malware does that computes its servers' names
-- @tune Raise names where search domains are many
-- @param names 20 Different names within a window
-- @param window 300 Seconds
if flow.dns_query() and flow.dns_rcode() == 3 then
   local now = flow.first_seen()
   if not since or now - since > config.window then
      since, missing = now, {}
   end
   local names = missing[flow.cli()] or { n = 0 }
   missing[flow.cli()] = names
   if names.n < config.names and not names[flow.dns_query()] then
      names[flow.dns_query()] = true
      names.n = names.n + 1
      if names.n == config.names then
         flow.triggerAlert(120, flow.cli() .. " asked for " .. names.n .. " names that do not exist, such as " .. flow.dns_query())
      end
   end
end
