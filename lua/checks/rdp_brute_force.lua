-- @hook flow_end
-- @detects Clients that open many short remote-desktop sessions with one server
-- @tune Raise tries where scripts log in often, or exclude them
-- @param tries 8 Short sessions within a window
-- @param window 300 Seconds
if flow.l7_master() == "RDP" and flow.duration() < 15 then
   local now = flow.first_seen()
   if not since or now - since > config.window then
      since, tries = now, {}
   end
   local pair = flow.cli() .. " > " .. flow.srv()
   tries[pair] = (tries[pair] or 0) + 1
   if tries[pair] == config.tries then
      flow.triggerAlert(150, flow.cli() .. " tried to log in at " .. flow.srv() .. " " .. config.tries .. " times")
   end
end
