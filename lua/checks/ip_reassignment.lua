-- @hook flow_detected
-- @off
-- @detects Local addresses that move to another network card, as when somebody poses as another host
-- @tune Exclude the ranges that DHCP gives out for short
if flow.cli_mac() and (flow.direction() == "local@remote" or flow.direction() == "local@local") then
   if not cards or known == 50000 then
      cards, known = {}, 0
   end
   local before = cards[flow.cli()]
   if not before then
      known = known + 1
   elseif before ~= flow.cli_mac() then
      flow.triggerAlert(120, flow.cli() .. " moved from " .. before .. " to " .. flow.cli_mac())
   end
   cards[flow.cli()] = flow.cli_mac()
end
