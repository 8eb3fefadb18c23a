-- @hook flow_end
-- @off
-- @detects Domains and remote servers that no local host had contacted while the network was learned
-- @tune Learn for longer, or exclude the domains that change
-- @param learn 604800 Seconds
if flow.l7_master() ~= "DNS" and flow.direction() == "local@remote" then
   if not usual or known == 200000 then
      usual, known, since = {}, 0, flow.first_seen()
   end
   local name = flow.server_name()
   local where = name and name:match("([^.]+%.[^.]+)$") or flow.srv()
   if not usual[where] then
      usual[where], known = true, known + 1
      if flow.first_seen() - since > config.learn then
         flow.triggerAlert(40, flow.cli() .. " is the first to contact " .. where)
      end
   end
end
