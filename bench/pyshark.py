#!/usr/bin/env python3
"""Time flowloom in turn with pyshark, both in Python, counting the flows of one capture.

usage: pyshark.py CAPTURE [MIB] [ROUNDS]      with a Python that has both, and tshark: pip install pyshark, and a wheel of flowloom

The first MIB (20) of the capture are read. pyshark has packets, not flows: its flows are distinct 5-tuples.
"""
from __future__ import annotations

import importlib.util
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

# This file is not the package of its name, which is looked for next.
sys.path = [folder for folder in sys.path if folder != os.path.dirname(os.path.abspath(__file__))]

PYSHARK = """
import sys, pyshark
flows = set()
def count(packet):
    net = getattr(packet, "ip", None) or getattr(packet, "ipv6", None)
    if net is None:
        return
    layer = packet.transport_layer
    ports = (packet[layer].srcport, packet[layer].dstport) if layer else ("", "")
    flows.add((layer, *sorted([(net.src, ports[0]), (net.dst, ports[1])])))
try:
    for packet in pyshark.FileCapture(sys.argv[1], keep_packets=False):
        count(packet)
except pyshark.capture.capture.TSharkCrashException:
    pass  # the last packet is cut
print(len(flows))
"""
FLOWLOOM = "import sys, flowloom; print(len(flowloom.read(sys.argv[1], progress=False)))"


def run(program: str, capture: str) -> tuple[float, int]:
    """Return the seconds that a program takes, and what it counts."""
    begin = time.monotonic()
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", program, capture], cwd="/", stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True)
    return time.monotonic() - begin, int(done.stdout)


def main() -> int:
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    missing = [p for p in ("flowloom", "pyshark") if importlib.util.find_spec(p) is None] + ([] if shutil.which("tshark") else ["tshark"])
    if missing:
        print("missing:", *missing, file=sys.stderr)
        return 2
    size = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    with tempfile.NamedTemporaryFile(suffix=".pcap") as part, open(sys.argv[1], "rb") as capture:
        part.write(capture.read(size << 20))  # its last packet may be cut
        part.flush()
        ratios = []
        for _ in range(rounds):
            ours, flows = run(FLOWLOOM, part.name)
            theirs, tuples = run(PYSHARK, part.name)
            ratios.append(theirs / ours)
            print(f"flowloom {ours:.2f} s, {flows:,} flows; pyshark {theirs:.2f} s, {tuples:,} 5-tuples")
        print(f"{statistics.median(ratios):.0f} times as fast as pyshark")
    return 0


if __name__ == "__main__":
    sys.exit(main())
