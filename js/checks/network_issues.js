// @detects Local networks that lose many TCP segments
// @tune Raise share for wireless networks
// @param packets 1000 TCP segments since the last run before it is judged
// @param share 0.1 Share of segments sent again or out of order
const before = new Map();

export function networkMinute(network) {
  const last = before.get(network.cidr) ?? { packets: 0, bad: 0 };
  const now = { packets: network.tcp_packets, bad: network.tcp_retransmissions + network.tcp_out_of_order };
  before.set(network.cidr, now);
  const packets = now.packets - last.packets;
  const bad = now.bad - last.bad;
  if (packets >= config.packets && bad > config.share * packets) {
    network.alert(80, `${bad} of ${packets} TCP segments were sent again or came late`);
  }
}
