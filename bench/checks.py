#!/usr/bin/env python3
"""What checks take from the throughput: paired runs with and without them.

usage: checks.py FLOWLOOM CAPTURE CHECKS [ROUNDS]
"""

import statistics
import subprocess
import sys
import time


def seconds(command):
    begin = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.monotonic() - begin


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    flowloom, capture, checks = sys.argv[1:4]
    rounds = int(sys.argv[4]) if len(sys.argv) > 4 else 7
    plain = [flowloom, "read", "--what", "summary", "--quiet", capture]
    without, with_checks = [], []
    for _ in range(rounds):
        without.append(seconds(plain))
        with_checks.append(seconds([*plain, "--checks", checks]))
    a, b = statistics.median(without), statistics.median(with_checks)
    print(f"without {a:.3f} s, with checks {b:.3f} s: throughput {100 * (a / b - 1):+.1f} %")


if __name__ == "__main__":
    main()
