-- @hook flow_end
-- @detects Hosts that sent more than a number of bytes to a network with a protocol
-- @tune Name the network and, if need be, the protocol
-- @param network none Network, such as 198.51.100.0/24
-- @param protocol any Protocol, such as TLS
-- @param bytes 10000000 Bytes in all
local protocol = config.protocol:lower()
if config.network ~= "none" and in_network(flow.srv(), config.network)
   and (protocol == "any" or protocol == (flow.l7_master() or ""):lower() or protocol == (flow.l7_app() or ""):lower()) then
   sent = sent or {}
   local before = sent[flow.cli()] or 0
   sent[flow.cli()] = before + flow.cli2srv_bytes()
   if before <= config.bytes and sent[flow.cli()] > config.bytes then
      flow.triggerAlert(100, string.format("%s sent %.1f MB to %s", flow.cli(), sent[flow.cli()] / 1e6, config.network))
   end
end
