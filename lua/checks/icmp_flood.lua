-- @hook flow_periodic flow_end
-- @detects Pings in such numbers that they are an attack
-- @tune Raise rate where links are tested so
-- @param packets 1000 Packets before it is judged
-- @param rate 100 Packets a second
if (flow.protocol() == 1 or flow.protocol() == 58) and flow.cli2srv_packets() >= config.packets and flow.cli2srv_packets() >= config.rate * flow.duration() then
   flow.triggerAlert(100, flow.cli() .. " sent " .. flow.cli2srv_packets() .. " ICMP packets to " .. flow.srv())
end
