-- @hook flow_end
-- @detects Long connections of which most bytes are headers
-- @tune Lower share for terminals and message queues
-- @param packets 200 Packets before it is judged
-- @param share 0.05 Least share of payload
if flow.protocol() == 6 and flow.packets() >= config.packets then
   local share = (flow.cli2srv_payload_bytes() + flow.srv2cli_payload_bytes()) / flow.bytes()
   if share < config.share then
      flow.triggerAlert(30, string.format("%.1f %% of %d bytes are payload", 100 * share, flow.bytes()))
   end
end
