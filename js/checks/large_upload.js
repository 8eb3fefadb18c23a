// @detects Uploads of a local host to a remote server above a limit
// @tune Raise bytes, or exclude the servers of backups and clouds in use
// @param bytes 100000000 Bytes from the client
// @param ratio 4 How many times more the client must send than it receives
export function flowEnd(flow) {
  if (!flow.cli_local || flow.srv_local) return;
  const up = flow.cli2srv_bytes + flow.cli2srv_earlier_bytes;
  if (up > config.bytes && up > config.ratio * (flow.srv2cli_bytes + flow.srv2cli_earlier_bytes)) {
    flow.alert(100, `${flow.cli_ip} sent ${(up / 1e6).toFixed(1)} MB to ${flow.server_name ?? flow.srv_ip}`);
  }
}
