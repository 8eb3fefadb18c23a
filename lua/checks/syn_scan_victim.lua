-- @hook network
-- @detects Local networks whose hosts get many connections that nobody accepts, as scans and SYN floods make
-- @tune Raise flows for networks under constant noise from the internet
-- @param flows 500 Refused or unanswered connections since the last run
before = before or {}
local refused = network.refused_flows()
local gained = refused - (before[network.cidr()] or 0)
before[network.cidr()] = refused
if gained >= config.flows then
   network.triggerAlert(120, gained .. " connections to " .. network.name() .. " were not accepted")
end
