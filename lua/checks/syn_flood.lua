-- @hook flow_end
-- @detects Servers that get many connections which are never completed
-- @tune Raise flows for servers under constant noise from the internet
-- @param flows 100 Incomplete connections within a window
-- @param window 10 Seconds
if flow.protocol() == 6 and flow.is_oneway() then
   local now = flow.first_seen()
   if not since or now - since > config.window then
      since, hits = now, {}
   end
   local key = flow.srv() .. ":" .. flow.srv_port()
   hits[key] = (hits[key] or 0) + 1
   if hits[key] == config.flows then
      flow.triggerAlert(200, key .. " got " .. config.flows .. " connections that were never completed")
   end
end
