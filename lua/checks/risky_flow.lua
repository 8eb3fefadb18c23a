-- @hook flow_end
-- @detects Flows whose risks add up
-- @tune Raise score to see fewer
-- @param score 150 Score of a flow
if flow.score() >= config.score then
   flow.triggerAlert(math.min(flow.score(), 255), table.concat(flow.risks(), ", "))
end
