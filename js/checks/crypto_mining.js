// @detects Mining of crypto-currencies
// @tune Exclude hosts that are meant to
export function flowEnd(flow) {
  if (flow.l7_category === "Mining" || flow.l7_master === "Mining") {
    flow.alert(120, `${flow.cli_ip} mines with ${flow.server_name ?? flow.srv_ip}`);
  }
}
