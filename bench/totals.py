#!/usr/bin/env python3
"""Compare IP packet and byte totals with tshark's, capture by capture.

usage: totals.py FLOWLOOM [FOLDER]      FOLDER defaults to $CORPUS/pcap, ../shared/corpus/pcap

One difference is expected and named: tshark calls a frame IP by its type field, even where the header has
a version other than 4 and 6; flowloom counts such a frame as packet_bad_ip.
"""
import concurrent.futures
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple


class Totals(NamedTuple):
    packets: int
    bytes: int

    def __sub__(self, other: "Totals") -> "Totals":
        return Totals(self.packets - other.packets, self.bytes - other.bytes)

    def __str__(self) -> str:
        return f"{self.packets:7} {self.bytes:9}"


def ours(binary: str, path: Path) -> tuple[int, Totals]:
    """Return flowloom's exit code and totals."""
    run = subprocess.run([binary, "read", "-q", "-f", "json", "-w", "interfaces", str(path)], capture_output=True, text=True)
    rows = [json.loads(line) for line in run.stdout.splitlines()]
    return run.returncode, Totals(sum(r["ip_packets"] for r in rows), sum(r["ip_bytes"] for r in rows))


def tshark(path: Path) -> tuple[Totals, Totals]:
    """Return tshark's totals, and those of the frames in them whose IP version is wrong."""
    # Without reassembly: a frame counts when its own bytes hold IP, and counts once.
    command = ["tshark", "-n", "-r", str(path), "-Y", "ip or ipv6", "-T", "fields", "-e", "frame.len", "-e", "ip.version", "-e", "ipv6.version",
               "-o", "ip.defragment:FALSE", "-o", "ipv6.defragment:FALSE", "-o", "tcp.desegment_tcp_streams:FALSE"]
    run = subprocess.run(command, capture_output=True, text=True)
    frames = [line.split("\t") for line in run.stdout.splitlines()]
    sizes = [int(frame[0]) for frame in frames]
    # A tunnel has several versions, separated by commas.
    wrong = [int(size) for size, *versions in frames if not {"4", "6"} & set(",".join(versions).split(","))]
    return Totals(len(sizes), sum(sizes)), Totals(len(wrong), sum(wrong))


def lacks(binary: str, folder: Path) -> str | None:
    """Say what is missing, if anything is."""
    if not shutil.which(binary):
        return f"there is no program {binary}: run make build"
    if not folder.is_dir():
        return f"there are no captures in {folder}: name a folder, or set CORPUS to the one that holds pcap/"
    if not shutil.which("tshark"):
        return "tshark is missing: apt-get install tshark"
    return None


def main() -> int:
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    binary = sys.argv[1]
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(os.environ.get("CORPUS", "../shared/corpus"), "pcap")
    if missing := lacks(binary, folder):
        print(missing, file=sys.stderr)
        return 2
    paths = sorted(p for p in folder.iterdir() if p.is_file())
    if not paths:
        print(f"there are no captures in {folder}", file=sys.stderr)
        return 2
    differ = explained = 0
    codes: dict[int, int] = {}
    total = Totals(0, 0)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = pool.map(lambda p: (ours(binary, p), tshark(p)), paths)
        for path, ((code, mine), (theirs, wrong)) in zip(paths, results, strict=True):
            codes[code] = codes.get(code, 0) + 1
            total = Totals(total.packets + mine.packets, total.bytes + mine.bytes)
            if code in (0, 3) and mine == theirs:
                continue
            why = ""
            if code in (0, 3) and mine == theirs - wrong:
                explained += 1
                why = f"  ({wrong.packets} frames of a wrong IP version)"
            else:
                differ += 1
            print(f"{path.name:50} exit {code}  ours {mine}  tshark {theirs}{why}")
    print(f"{len(paths)} captures, {total.packets} packets, {total.bytes} bytes; exit codes {codes}; {explained} differences explained, {differ} not")
    return 1 if differ else 0


sys.exit(main())
