-- @hook flow_periodic
-- @detects Flows to remote servers that go on for hours
-- @tune Raise hours, or exclude the servers of tunnels that are meant to stand
-- @param hours 6 Hours
local duration = flow.last_seen() - flow.began() -- that of a record is 30 minutes at most
if flow.direction() == "local@remote" and duration > config.hours * 3600 then
   flow.triggerAlert(60, string.format("goes on for %.1f hours", duration / 3600))
end
