#!/usr/bin/env python3
"""What checks take from the throughput: paired runs with and without them.

usage: checks.py FLOWLOOM CAPTURE [ROUNDS [CHECKS]]

CHECKS is a folder; by default ten of the shipped scripts, which look at every flow.
"""

import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

SHIPPED = pathlib.Path(__file__).parent.parent / "lua" / "checks"
TEN = [
    "cleartext_credentials", "crypto_mining", "dns_tunnel", "executable_transfer", "icmp_tunnel",
    "insecure_from_outside", "large_upload", "low_goodput", "tls_certificate", "tls_old_version",
]


def seconds(command):
    begin = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.monotonic() - begin


def compare(flowloom, capture, checks, rounds):
    plain = [flowloom, "read", "--what", "summary", "--quiet", capture]
    without, with_checks = [], []
    for _ in range(rounds):
        without.append(seconds(plain))
        with_checks.append(seconds([*plain, "--checks", checks]))
    a, b = statistics.median(without), statistics.median(with_checks)
    pairs = statistics.median(x / y for x, y in zip(without, with_checks, strict=True))
    print(f"without {a:.3f} s, with checks {b:.3f} s: throughput {100 * (a / b - 1):+.1f} %, pair by pair {100 * (pairs - 1):+.1f} %")


def main():
    if len(sys.argv) < 3:
        print(__doc__, file=sys.stderr)
        return 2
    flowloom, capture = sys.argv[1:3]
    for path, hint in ((flowloom, "run make build"), (capture, "name a capture")):
        if not shutil.which(path) and not pathlib.Path(path).is_file():
            print(f"there is no {path}: {hint}", file=sys.stderr)
            return 2
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 7
    if len(sys.argv) > 4:
        compare(flowloom, capture, sys.argv[4], rounds)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        for name in TEN:
            shutil.copy(SHIPPED / f"{name}.lua", folder)
        compare(flowloom, capture, folder, rounds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
