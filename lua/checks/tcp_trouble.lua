-- @hook flow_end
-- @detects Connections that lose many segments
-- @tune Raise share on wireless links
-- @param packets 100 Packets before it is judged
-- @param share 0.05 Share of packets sent again or out of order
if flow.protocol() == 6 and flow.packets() >= config.packets then
   local bad = flow.cli2srv_retransmissions() + flow.srv2cli_retransmissions() + flow.cli2srv_out_of_order() + flow.srv2cli_out_of_order()
   if bad > config.share * flow.packets() then
      flow.triggerAlert(50, string.format("%d of %d packets were sent again or came late", bad, flow.packets()))
   end
end
