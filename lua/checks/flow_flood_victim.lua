-- @hook network
-- @detects Local networks whose hosts are asked for very many flows
-- @tune Set flows to a few times of what a busy minute has
-- @param flows 30000 Flows opened to its hosts since the last run
before = before or {}
local opened = network.flows_as_server()
local gained = opened - (before[network.cidr()] or 0)
before[network.cidr()] = opened
if gained >= config.flows then
   network.triggerAlert(120, gained .. " flows were opened to " .. network.name())
end
