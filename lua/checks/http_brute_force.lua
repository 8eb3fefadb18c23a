-- @hook flow_end
-- @detects Clients that are refused again and again by a web server
-- @tune Raise tries where scripts log in often, or exclude them
-- @param tries 10 Flows within a window of which the first request is refused (401, 403)
-- @param window 300 Seconds
if flow.http_status() == 401 or flow.http_status() == 403 then
   local now = flow.first_seen()
   if not since or now - since > config.window then
      since, tries = now, {}
   end
   local pair = flow.cli() .. " > " .. flow.srv()
   tries[pair] = (tries[pair] or 0) + 1
   if tries[pair] == config.tries then
      flow.triggerAlert(100, flow.cli() .. " tried to log in at " .. flow.srv() .. " " .. config.tries .. " times")
   end
end
