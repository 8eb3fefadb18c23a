#!/usr/bin/env python3
"""Time `flowloom read --what summary` in turn with ndpiReader and capinfos on one capture.

usage: speed.py FLOWLOOM CAPTURE [ROUNDS] [FLAG ...]      flags go to flowloom, e.g. --no-detection
"""
import os
import shutil
import statistics
import subprocess
import sys
import time


def run(command: list[str]) -> tuple[float, int]:
    """Return wall seconds and peak memory in KiB."""
    start = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"failed: {' '.join(command)}")
    return time.monotonic() - start, usage.ru_maxrss


def main() -> int:
    if len(sys.argv) < 3:
        print(__doc__, file=sys.stderr)
        return 2
    for tool, package in (("ndpiReader", "libndpi-bin"), ("capinfos", "wireshark-common")):
        if not shutil.which(tool):
            print(f"{tool} is missing: apt-get install {package}", file=sys.stderr)
            return 2
    binary, capture = sys.argv[1:3]
    for path, hint in ((binary, "run make build"), (capture, "name a capture")):
        if not shutil.which(path) and not os.path.exists(path):
            print(f"there is no {path}: {hint}", file=sys.stderr)
            return 2
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    read = [binary, "read", "-q", "--what", "summary", *sys.argv[4:]]
    commands = {
        "1 worker": [*read, "--workers", "1", capture],
        "2 workers": [*read, "--workers", "2", capture],
        "ndpiReader": ["ndpiReader", "-q", "-i", capture],
        "capinfos": ["capinfos", capture],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    memory: dict[str, int] = {}
    for n in range(rounds + 1):
        for name, command in commands.items():
            seconds, peak = run(command)
            memory[name] = max(peak, memory.get(name, 0))
            if n:  # the first round warms the page cache
                times[name].append(seconds)
    for name, values in times.items():
        print(f"{name:12} median {statistics.median(values):7.3f} s  min {min(values):7.3f}  max {max(values):7.3f}  peak {memory[name] // 1024:5} MiB")

    def ratio(a: str, b: str) -> float:
        return statistics.median(x / y for x, y in zip(times[a], times[b], strict=True))

    for name in ("1 worker", "2 workers"):
        print(f"{name}: {ratio('ndpiReader', name):.1f} times ndpiReader's packets/s, {ratio(name, 'capinfos'):.2f} times capinfos' wall time")
    print(f"2 workers: {ratio('1 worker', '2 workers'):.2f} times one")
    return 0


sys.exit(main())
