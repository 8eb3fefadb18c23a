// @detects Long connections of which most bytes are headers
// @tune Lower share for terminals and message queues
// @param packets 200 Packets before it is judged
// @param share 0.05 Least share of payload
export function flowEnd(flow) {
  if (flow.ip_proto !== 6 || flow.packets < config.packets) return;
  const share = (flow.cli2srv_payload_bytes + flow.srv2cli_payload_bytes) / flow.bytes;
  if (share < config.share) {
    flow.alert(30, `${(100 * share).toFixed(1)} % of ${flow.bytes} bytes are payload`);
  }
}
