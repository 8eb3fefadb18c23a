-- @hook flow_end
-- @detects Pings that carry much, as tunnels over ICMP do
-- @tune Raise bytes where large pings are used to test links
-- @param bytes 50000 Payload bytes of a flow
-- @param size 200 Mean payload bytes of a packet
if flow.protocol() == 1 or flow.protocol() == 58 then
   local payload = flow.cli2srv_payload_bytes() + flow.srv2cli_payload_bytes()
   if payload > config.bytes and payload > config.size * flow.packets() then
      flow.triggerAlert(120, string.format("%.1f kB in %d ICMP packets", payload / 1e3, flow.packets()))
   end
end
