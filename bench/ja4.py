#!/usr/bin/env python3
"""Compare JA4 fingerprints with a reference that nDPI before 5.0 made.

usage: ja4.py EXPECTED.jsonl GOT.jsonl      GOT as run.py of the corpus writes it

That nDPI leaves FoxIO's description of JA4 in three places; nDPI 5.0 mended two of them as
bugs (its issues 2914 and 2916). tls_ja4 follows the description, tls_ja4_ndpi4 has the
fingerprint of before where it differs. Both are compared, and the rest is listed.
"""

import collections
import json
import os
import sys


def groups(address):
    """Return what tells IPv6 addresses apart however zeros are written: nDPI writes "a::b::"."""
    return tuple(g for g in address.split(":") if g.strip("0"))


def key(d):
    ends = sorted(((groups(d.get("src") or d["cli_ip"]), int(d.get("sport") or d.get("cli_port") or 0)),
                   (groups(d.get("dst") or d["srv_ip"]), int(d.get("dport") or d.get("srv_port") or 0))))
    return d["pcap"], str(d.get("l4") or d.get("l4_proto")).upper(), *ends


def load(path):
    flows = collections.defaultdict(list)
    with open(path) as lines:
        for line in lines:
            d = json.loads(line)
            flows[key(d)].append(d)
    return flows


def main():
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    if missing := [path for path in sys.argv[1:] if not os.path.isfile(path)]:
        print("there is no", *missing, "of the corpus: make it with run.py there", file=sys.stderr)
        return 2
    expected, got = load(sys.argv[1]), load(sys.argv[2])
    spec, old, other = 0, 0, []
    for k, flows in expected.items():
        for want, flow in zip(flows, got.get(k, [{}] * len(flows)), strict=False):
            if not (want := want.get("ja4")):
                continue
            spec += (have := flow.get("tls_ja4")) == want
            if flow.get("tls_ja4_ndpi4", have) == want:
                old += 1
            else:
                other.append((k, want, have, flow.get("tls_ja4_ndpi4"), flow.get("tls_alpn"), flow.get("server_name")))
    total = old + len(other)
    print(f"{total} fingerprints in the reference")
    for name, n in (("tls_ja4", spec), ("tls_ja4_ndpi4, or tls_ja4 without one", old)):
        print(f"  {n:5} equal to {name} ({100 * n / max(total, 1):.1f} %)")
    for row in other:
        print("      ", *row)
    return 0


sys.exit(main())
