-- @hook network
-- @detects Local networks that lose many TCP segments
-- @tune Raise share for wireless networks
-- @param packets 1000 TCP segments since the last run before it is judged
-- @param share 0.1 Share of segments sent again or out of order
before = before or {}
local last = before[network.cidr()] or { packets = 0, bad = 0 }
local now = { packets = network.tcp_packets(), bad = network.tcp_retransmissions() + network.tcp_out_of_order() }
before[network.cidr()] = now
local packets, bad = now.packets - last.packets, now.bad - last.bad
if packets >= config.packets and bad > config.share * packets then
   network.triggerAlert(80, string.format("%d of %d TCP segments were sent again or came late", bad, packets))
end
