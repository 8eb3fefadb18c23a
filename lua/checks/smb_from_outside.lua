-- @hook flow_detected
-- @detects File shares that are reached from outside, or outside ones that are used
-- @tune Exclude the servers of a cloud in use
if (flow.l7_master() == "SMBv1" or flow.l7_master() == "SMBv23") and (flow.direction() == "remote@local" or flow.direction() == "local@remote") then
   flow.triggerAlert(150, flow.cli() .. " uses the shares of " .. flow.srv())
end
