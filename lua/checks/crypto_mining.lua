-- @hook flow_end
-- @detects Mining of crypto-currencies
-- @tune Exclude hosts that are meant to
if flow.l7_category() == "Mining" or flow.l7_master() == "Mining" then
   flow.triggerAlert(120, flow.cli() .. " mines with " .. (flow.server_name() or flow.srv()))
end
