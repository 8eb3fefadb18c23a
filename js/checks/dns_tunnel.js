// @detects Clients that ask for many different names below one domain, as tunnels over DNS do
// @tune Exclude domains that make up names, such as those of virus scanners
// @param names 50 Different names within a window
// @param window 300 Seconds
// @param length 30 Shortest name that counts
let since, asked;

export function flowEnd(flow) {
  const query = flow.dns_query;
  if (query === null || query.length < config.length) return;
  if (since === undefined || flow.first_seen - since > config.window * 1000) {
    since = flow.first_seen;
    asked = new Map();
  }
  const domain = query.match(/[^.]+\.[^.]+$/)?.[0];
  if (!domain) return;
  const key = `${flow.cli_ip} ${domain}`;
  const names = asked.get(key) ?? new Set();
  if (names.size >= config.names || names.has(query)) return;
  asked.set(key, names.add(query));
  if (names.size === config.names) {
    flow.alert(150, `${flow.cli_ip} asked for ${names.size} long names below ${domain}`);
  }
}
