// @detects Hosts that sent more than a number of bytes to a network with a protocol
// @tune Name the network and, if need be, the protocol
// @param network none Network, such as 198.51.100.0/24
// @param protocol any Protocol, such as TLS
// @param bytes 10000000 Bytes in all
const sent = new Map();
const protocol = config.protocol.toLowerCase();

export function flowEnd(flow) {
  if (config.network === "none") return;
  if (protocol !== "any" && protocol !== flow.l7_master?.toLowerCase() && protocol !== flow.l7_app?.toLowerCase()) return;
  if (!inNetwork(flow.srv_ip, config.network)) return;
  const before = sent.get(flow.cli_ip) ?? 0;
  const now = before + flow.cli2srv_bytes;
  sent.set(flow.cli_ip, now);
  if (before <= config.bytes && now > config.bytes) {
    flow.alert(100, `${flow.cli_ip} sent ${(now / 1e6).toFixed(1)} MB to ${config.network}`);
  }
}
