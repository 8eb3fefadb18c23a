-- @hook flow_end
-- @detects Clients that ask for many different names below one domain, as tunnels over DNS do
-- @tune Exclude domains that make up names, such as those of virus scanners
-- @param names 50 Different names within a window
-- @param window 300 Seconds
-- @param length 30 Shortest name that counts
local query = flow.dns_query()
if query and #query >= config.length then
   local now = flow.first_seen()
   if not since or now - since > config.window then
      since, asked = now, {}
   end
   local domain = query:match("([^.]+%.[^.]+)$")
   if domain then
      local key = flow.cli() .. " " .. domain
      local names = asked[key] or { n = 0 }
      asked[key] = names
      if names.n < config.names and not names[query] then
         names[query] = true
         names.n = names.n + 1
         if names.n == config.names then
            flow.triggerAlert(150, flow.cli() .. " asked for " .. names.n .. " long names below " .. domain)
         end
      end
   end
end
