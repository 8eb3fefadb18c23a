// @detects Pings that carry much, as tunnels over ICMP do
// @tune Raise bytes where large pings are used to test links
// @param bytes 50000 Payload bytes of a flow
// @param size 200 Mean payload bytes of a packet
export function flowEnd(flow) {
  if (flow.ip_proto !== 1 && flow.ip_proto !== 58) return;
  const payload = flow.cli2srv_payload_bytes + flow.srv2cli_payload_bytes;
  if (payload > config.bytes && payload > config.size * flow.packets) {
    flow.alert(120, `${(payload / 1e3).toFixed(1)} kB in ${flow.packets} ICMP packets`);
  }
}
