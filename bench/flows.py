#!/usr/bin/env python3
"""Measure memory: many flows at a time, and passes with new addresses each.

usage: flows.py FLOWLOOM MAKETRACE [FLOWS]      MAKETRACE: go build -o maketrace ./internal/tracegen/maketrace
"""
import os
import shutil
import subprocess
import sys
import tempfile


def peak(binary: str, trace: list[str], *flags: str) -> tuple[int, str]:
    """Pipe a trace into flowloom; return its peak memory in KiB and its summary."""
    source = subprocess.Popen([*trace, "-o", "-"], stdout=subprocess.PIPE)
    reader = subprocess.Popen([binary, "read", "-q", "--what", "summary", *flags, "-"], stdin=source.stdout, stdout=subprocess.PIPE, text=True)
    source.stdout.close()
    summary = reader.stdout.read()
    _, status, usage = os.wait4(reader.pid, 0)
    source.wait()
    if status:
        raise SystemExit("flowloom failed")
    return usage.ru_maxrss, summary


def line(summary: str, name: str) -> str:
    return next((row.split()[-1] for row in summary.splitlines() if row.startswith(name)), "?")


def main() -> int:
    if len(sys.argv) < 3:
        print(__doc__, file=sys.stderr)
        return 2
    binary, maketrace = sys.argv[1:3]
    for path, hint in ((binary, "run make build"), (maketrace, "go build -o maketrace ./internal/tracegen/maketrace")):
        if not shutil.which(path):
            print(f"there is no program {path}: {hint}", file=sys.stderr)
            return 2
    flows = int(sys.argv[3]) if len(sys.argv) > 3 else 1_000_000
    kib, summary = peak(binary, [maketrace, "-scenario", "flood", "-n", str(flows)])
    print(f"{flows} concurrent flows: {kib // 1024} MiB resident, {line(summary, 'flows')} flows, {line(summary, 'hosts')} hosts")
    share = flows // 10
    # Shards fill unevenly: some room above the flows of one pass, or evicted flows come back as new ones.
    room = share * 3 // 2
    with tempfile.TemporaryDirectory() as folder:
        files = [f"{folder}/{n}.pcap" for n in range(30)]
        for n, path in enumerate(files):
            subprocess.run([maketrace, "-scenario", "flood", "-n", str(share), "-first", str(n * share), "-o", path], check=True)
        for passes in (1, 2, 5, 10, 20, 30):
            command = [binary, "read", "-q", "--what", "summary", "--order", "given", "--max-flows", str(room), "--max-hosts", "20000", *files[:passes]]
            reader = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
            summary = reader.stdout.read()
            _, _, usage = os.wait4(reader.pid, 0)
            print(f"{passes:3} passes, new addresses in each, at most {room} flows: {usage.ru_maxrss // 1024} MiB resident, {line(summary, 'flows')} flows in all")
    return 0


sys.exit(main())
