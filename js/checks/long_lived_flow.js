// @detects Flows to remote servers that go on for hours
// @tune Raise hours, or exclude the servers of tunnels that are meant to stand
// @param hours 6 Hours
export function flowPeriodic(flow) {
  const duration = (flow.last_seen - flow.began) / 1000; // that of a record is 30 minutes at most
  if (flow.cli_local && !flow.srv_local && duration > config.hours * 3600) {
    flow.alert(60, `goes on for ${(duration / 3600).toFixed(1)} hours`);
  }
}
