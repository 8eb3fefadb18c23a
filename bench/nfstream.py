#!/usr/bin/env python3
"""Time flowloom in turn with NFStream, both in Python and both with detection, on one capture.

usage: nfstream.py CAPTURE [ROUNDS]      with a Python that has both: pip install nfstream pandas, and a wheel of flowloom

Both have the same timeouts. Two things are measured, each in a process of its own: all flows as a DataFrame of pandas, and
a loop over flows, one by one, that adds up bytes. Memory is the highest sum of what the process and its children hold (PSS).
"""
from __future__ import annotations

import importlib.util
import json
import os
import statistics
import subprocess
import sys
import threading
import time

# This file is not the package of its name, which is looked for next.
sys.path = [folder for folder in sys.path if folder != os.path.dirname(os.path.abspath(__file__))]

IDLE, ACTIVE = 60, 1800

RUNS = {
    "flowloom frame": "import flowloom; frame = flowloom.read(path, idle_timeout=idle, active_timeout=active, progress=False).to_pandas()\n"
    "flows, packets, total = len(frame), int(frame.packets.sum()), int(frame.bytes.sum())",
    "nfstream frame": "from nfstream import NFStreamer; frame = NFStreamer(path, idle_timeout=idle, active_timeout=active).to_pandas()\n"
    "flows, packets, total = len(frame), int(frame.bidirectional_packets.sum()), int(frame.bidirectional_bytes.sum())",
    "flowloom loop": "import flowloom\n"
    "for flow in flowloom.read(path, idle_timeout=idle, active_timeout=active, progress=False):\n"
    "    flows += 1; packets += flow.packets; total += flow.bytes; names.add(flow.l7_proto)",
    "nfstream loop": "from nfstream import NFStreamer\n"
    "for flow in NFStreamer(path, idle_timeout=idle, active_timeout=active):\n"
    "    flows += 1; packets += flow.bidirectional_packets; total += flow.bidirectional_bytes; names.add(flow.application_name)",
}

# NFStream starts processes, which run this file anew unless it is guarded.
PROGRAM = """
import sys, json, time
if __name__ == "__main__":
    path, idle, active = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    flows = packets = total = 0; names = set()
    begin = time.monotonic()
{body}
    print(json.dumps(dict(flows=flows, packets=packets, bytes=total, seconds=time.monotonic() - begin)))
"""


def family(pid: int) -> list[int]:
    """Return a process and those below it."""
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as children:
            return [pid, *(p for child in children.read().split() for p in family(int(child)))]
    except OSError:
        return []


def held(pid: int) -> int:
    """Return the KiB of memory that a process holds, of what it shares its part."""
    try:
        with open(f"/proc/{pid}/smaps_rollup") as rollup:
            return next(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
    except (OSError, StopIteration):
        return 0


def run(body: str, capture: str, weigh: bool) -> dict[str, float]:
    """Run a program in a process of its own; return what it says, and if it is to be weighed the most MiB that it held."""
    body = "\n".join("    " + line for line in body.splitlines())
    command = [sys.executable, "-c", PROGRAM.format(body=body), capture, str(IDLE), str(ACTIVE)]
    child = subprocess.Popen(command, cwd="/", stdout=subprocess.PIPE, text=True)
    peak = 0

    def watch() -> None:
        nonlocal peak
        while weigh and child.poll() is None:
            peak = max(peak, sum(map(held, family(child.pid))))
            time.sleep(0.05)

    watcher = threading.Thread(target=watch)
    watcher.start()
    out = child.stdout.read() if child.stdout else ""
    watcher.join()
    if child.returncode:
        raise SystemExit("it failed")
    return {**json.loads(out.splitlines()[-1]), "peak": peak / 1024}


def main() -> int:
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    for package in ("flowloom", "nfstream", "pandas"):
        if importlib.util.find_spec(package) is None:
            print(f"{package} is missing in {sys.executable}", file=sys.stderr)
            return 2
    capture = os.path.abspath(sys.argv[1])  # programs run elsewhere, not beside this file
    if not os.path.exists(capture):
        print(f"there is no {capture}", file=sys.stderr)
        return 2
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    results: dict[str, list[dict[str, float]]] = {name: [] for name in RUNS}
    # Looking at memory takes time, so it is a round of its own, which also warms the page cache.
    peaks = {name: run(body, capture, weigh=True)["peak"] for name, body in RUNS.items()}
    for _ in range(rounds):
        for name, body in RUNS.items():
            results[name].append(run(body, capture, weigh=False))
    for name, runs in results.items():
        first = runs[0]
        seconds = statistics.median(r["seconds"] for r in runs)
        print(
            f"{name:15} {seconds:7.2f} s  {first['packets'] / seconds:10,.0f} packets/s  peak {peaks[name]:6.0f} MiB  "
            f"{first['flows']:,.0f} flows  {first['packets']:,.0f} packets"
        )
    for what in ("frame", "loop"):
        ratio = statistics.median(
            (a["packets"] / a["seconds"]) / (b["packets"] / b["seconds"])
            for a, b in zip(results[f"flowloom {what}"], results[f"nfstream {what}"])
        )
        print(f"{what}: {ratio:.1f} times the packets/s of NFStream")
    return 0


if __name__ == "__main__":
    sys.exit(main())
