-- @hook host
-- @detects Hosts whose flows are risky again and again
-- @tune Raise sum for hosts with many flows
-- @param sum 5000 Sum of the scores of the host's flows
if host.score() > config.sum then
   host.triggerAlert(150, "its flows have a score of " .. host.score())
end
