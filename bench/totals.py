#!/usr/bin/env python3
"""Compare IP packet and byte totals with tshark's, capture by capture.

usage: totals.py FLOWLOOM [FOLDER]      FOLDER defaults to $CORPUS/pcap, ../shared/corpus/pcap
"""
import concurrent.futures
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path


def ours(binary: str, path: Path) -> tuple[int, tuple[int, int]]:
    run = subprocess.run([binary, "read", "-q", "-f", "json", "-w", "interfaces", str(path)], capture_output=True, text=True)
    rows = [json.loads(line) for line in run.stdout.splitlines()]
    return run.returncode, (sum(r["ip_packets"] for r in rows), sum(r["ip_bytes"] for r in rows))


def tshark(path: Path) -> tuple[int, int]:
    # Without reassembly and heuristics: a frame counts when its own bytes hold IP.
    command = ["tshark", "-n", "-r", str(path), "-Y", "ip or ipv6", "-T", "fields", "-e", "frame.len",
               "-o", "ip.defragment:FALSE", "-o", "ipv6.defragment:FALSE", "-o", "tcp.desegment_tcp_streams:FALSE"]
    lengths = [int(n) for n in subprocess.run(command, capture_output=True, text=True).stdout.split()]
    return len(lengths), sum(lengths)


def main() -> int:
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    folder = Path(sys.argv[2] if len(sys.argv) > 2 else os.environ.get("CORPUS", "../shared/corpus") + "/pcap")
    if not folder.is_dir():
        print(f"there are no captures in {folder}: name a folder", file=sys.stderr)
        return 2
    if not shutil.which("tshark"):
        print("tshark is missing: apt-get install tshark", file=sys.stderr)
        return 2
    names = sorted(folder.iterdir())
    differ = 0
    codes: dict[int, int] = {}
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        pairs = zip(names, pool.map(lambda p: (ours(sys.argv[1], p), tshark(p)), names), strict=True)
        for path, ((code, mine), theirs) in pairs:
            codes[code] = codes.get(code, 0) + 1
            if code not in (0, 3) or mine != theirs:
                differ += 1
                print(f"{path.name:50} exit {code}  ours {mine[0]:7} {mine[1]:9}  tshark {theirs[0]:7} {theirs[1]:9}")
    print(f"{len(names)} captures, exit codes {codes}, {differ} differ")
    return 1 if differ else 0


sys.exit(main())
