// @detects Hosts whose flows are risky again and again
// @tune Raise sum for hosts with many flows
// @param sum 5000 Sum of the scores of the host's flows
export function hostMinute(host) {
  if (host.flows_score > config.sum) {
    host.alert(150, `its flows have a score of ${host.flows_score}`);
  }
}
