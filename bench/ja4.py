#!/usr/bin/env python3
"""Compare JA4 fingerprints with a reference, and name why they differ.

usage: ja4.py EXPECTED.jsonl GOT.jsonl      GOT as run.py of the corpus writes it

Where nDPI 4.11 leaves FoxIO's specification (JA4.md), ours follows it, so that a
fingerprint can be looked up in databases. The differences are counted apart:
  sni    `d` though no server name was sent: the specification says `i`
  alpn   the first two characters of the first ALPN value ("ht" for http/1.1): the
         specification takes the first and the last ("h1")
  empty  the hash of an empty list: the specification says 000000000000
"""

import collections
import json
import sys

# SHA-256 of nothing, cut as JA4 cuts its hashes.
EMPTY = "e3b0c44298fc"


def groups(address):
    """Return what tells IPv6 addresses apart however zeros are written: nDPI writes "a::b::"."""
    return tuple(g for g in address.split(":") if g.strip("0"))


def key(d):
    ends = sorted(((groups(d.get("src") or d["cli_ip"]), int(d.get("sport") or d.get("cli_port") or 0)),
                   (groups(d.get("dst") or d["srv_ip"]), int(d.get("dport") or d.get("srv_port") or 0))))
    return d["pcap"], str(d.get("l4") or d.get("l4_proto")).upper(), *ends


def load(path, field):
    flows = collections.defaultdict(list)
    with open(path) as lines:
        for line in lines:
            d = json.loads(line)
            flows[key(d)].append((d.get(field), d))
    return flows


def reasons(theirs, ours, flow):
    """Return the conventions that turn theirs into ours, None where they do not."""
    found, a, b = [], theirs, ours
    if a[3] == "d" and b[3] == "i" and not flow.get("server_name"):
        found.append("sni")
        a = a[:3] + "i" + a[4:]
    alpn = (flow.get("tls_alpn") or [""])[0] if isinstance(flow.get("tls_alpn"), list) else (flow.get("tls_alpn") or "").split(",")[0]
    if a[8:10] != b[8:10] and alpn and a[8:10] == alpn[:2] and b[8:10] == alpn[0] + alpn[-1]:
        found.append("alpn")
        a = a[:8] + b[8:10] + a[10:]
    if EMPTY in a and "0" * 12 in b:
        found.append("empty")
        a = a.replace(EMPTY, "0" * 12)
    return found if a == b else None


def main():
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    expected, got = load(sys.argv[1], "ja4"), load(sys.argv[2], "tls_ja4")
    counts, other = collections.Counter(), []
    for k, flows in expected.items():
        for (want, _), (have, flow) in zip(flows, got.get(k, [(None, {})] * len(flows)), strict=False):
            if not want:
                continue
            if want == have:
                counts["equal"] += 1
                continue
            why = reasons(want, have, flow) if have else None
            if why is None:
                other.append((k, want, have, flow.get("tls_alpn"), flow.get("server_name")))
            else:
                counts["+".join(why)] += 1
    total = sum(counts.values()) + len(other)
    print(f"{total} fingerprints in the reference: {counts.pop('equal', 0)} equal")
    for why, n in counts.most_common():
        print(f"  {n:4} differ by {why}")
    print(f"  {len(other):4} differ otherwise")
    for row in other:
        print("      ", *row)
    return 0


sys.exit(main())
