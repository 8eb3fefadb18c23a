-- @hook flow_end
-- @detects Flows whose risks add up
-- @tune Raise least to see fewer
-- @param least 150 Score of a flow
if flow.score() >= config.least then
   flow.triggerAlert(math.min(flow.score(), 255), table.concat(flow.risks(), ", "))
end
