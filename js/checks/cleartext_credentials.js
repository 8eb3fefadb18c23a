// @detects Logins that cross the network unencrypted
// @tune Exclude hosts whose logins guard nothing
export function flowEnd(flow) {
  if (flow.risks?.includes("Clear-Text Credentials")) {
    flow.alert(120, `${flow.user_name ?? "somebody"} logs in at ${flow.srv_ip} by ${flow.l7_proto}`);
  }
}
