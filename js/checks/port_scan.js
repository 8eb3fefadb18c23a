// @detects Clients that try many ports of one host in vain
// @tune Raise ports where inventories are taken, or exclude the scanner
// @param ports 20 Different ports within a window
// @param window 60 Seconds
let since, tried;

// A flow counts when nobody answered it, or with a reset only.
export function flowEnd(flow) {
  const oneWay = (flow.cli2srv_packets === 0) !== (flow.srv2cli_packets === 0);
  if (!flow.srv_port || (!oneWay && flow.srv2cli_payload_bytes > 0)) return;
  if (since === undefined || flow.first_seen - since > config.window * 1000) {
    since = flow.first_seen;
    tried = new Map();
  }
  const pair = `${flow.cli_ip}>${flow.srv_ip}`;
  const ports = tried.get(pair) ?? new Set();
  if (ports.size >= config.ports || ports.has(flow.srv_port)) return;
  tried.set(pair, ports.add(flow.srv_port));
  if (ports.size === config.ports) {
    flow.alert(150, `${flow.cli_ip} tried ${ports.size} ports of ${flow.srv_ip}`);
  }
}
