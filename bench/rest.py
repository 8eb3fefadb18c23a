#!/usr/bin/env python3
"""Measure REST under load: latency of the host and flow lists, 100 rows of 100,000, while the engine captures.

usage: rest.py FLOWLOOM MAKETRACE [PACKETS/S]      as root: it makes a network namespace of its own

All on the processors there are: tcpreplay sends on one end of a veth pair, the engine captures on the other with checks and
history on, wrk asks: all clients for the same, then each for one of ten lists in turn, then for what nobody asked before.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request

TOKEN = "a token for measurements"
URL = "http://127.0.0.1:3000"
# So many flows a second begin and end, of four packets each; those of 20 seconds are in the table.
TURN, IDLE = 2_000, 20
FLOWS = 100_000
TRACE = 300_000
SECONDS = 5


def run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def ask(path: str) -> dict:
    request = urllib.request.Request(URL + path, headers={"Authorization": "Token " + TOKEN})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def wait(what: str, done) -> None:
    for _ in range(600):
        try:
            if done():
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise SystemExit(f"waited in vain for {what}")


def wrk(kind: str, connections: int, script: str | None, how: str = "") -> str:
    command = ["wrk", f"-t{min(connections, 2)}", f"-c{connections}", f"-d{SECONDS}s", "--latency"]
    if script:
        out = run(*command, "-s", script, URL, "--", kind, TOKEN, how)
    else:
        out = run(*command, "-H", f"Authorization: Token {TOKEN}", f"{URL}/api/v1/{kind}?limit=100")
    shown = {name: re.search(rf"^ +{name} +(\S+)", out, re.M).group(1) for name in ("50%", "99%")}
    rate = re.search(r"Requests/sec: +(\S+)", out).group(1)
    failed = re.search(r"Non-2xx.*", out)
    return f"median {shown['50%']}, p99 {shown['99%']}, {rate} requests/s" + (f" ({failed.group(0)})" if failed else "")


def sent(interface: str) -> int:
    return json.loads(run("ip", "-s", "-j", "link", "show", interface))[0]["stats64"]["tx"]["packets"]


def measure(flowloom: str, maketrace: str, rate: int, folder: str) -> None:
    run("ip", "link", "add", "sender", "type", "veth", "peer", "name", "captured")
    for interface in ("lo", "sender", "captured"):
        run("ip", "link", "set", interface, "addrgenmode", "none")  # or IPv6 sends packets of its own
        run("ip", "link", "set", interface, "up")
    trace = f"{folder}/flood.pcap"
    with open(trace, "wb") as file:
        for first in range(0, TRACE, TURN):
            part = subprocess.run([maketrace, "-scenario", "flood", "-n", str(TURN), "-first", str(first), "-o", "-"], check=True, capture_output=True).stdout
            file.write(part[24 if first else 0:])  # one file header
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "rest.lua")
    environment = os.environ | {"FLOWLOOM_TOKEN": TOKEN}
    engine = subprocess.Popen(
        [flowloom, "run", "-i", "captured", "--quiet", "--what", "summary", "--checks", "shipped", "--data", f"{folder}/data", "--filter", "ip", "--idle-timeout", f"{IDLE}s"],
        env=environment, stdout=subprocess.PIPE, text=True)
    sender = None
    try:
        wait("the engine", lambda: ask("/api/v1/status"))
        before = sent("sender")
        sender = subprocess.Popen(["tcpreplay", "-q", "-K", "-l", "0", "-i", "sender", "-p", str(rate), trace], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait("the flows", lambda: ask("/api/v1/status")["active_flows"] >= FLOWS * 0.9 and ask("/api/v1/status")["hosts"] >= FLOWS * 0.9)
        for kind in ("hosts", "flows"):
            total = ask(f"/api/v1/{kind}?limit=1")["total"]
            print(f"100 of {total} {kind}, 8 clients, the same: {wrk(kind, 8, None)}", flush=True)
            for how in ("different", "new"):
                for connections in (1, 4, 8):
                    print(f"100 of {total} {kind}, {connections} clients, {how}: {wrk(kind, connections, script, how)}", flush=True)
        sender.terminate()
        sender.wait()
        time.sleep(3)
        status = ask("/api/v1/status")
        lost = {name: n for name, n in status["dropped"].items() if n}
        print(f"sent {sent('sender') - before} at {rate}/s, captured {status['packets']}, dropped or rejected: {lost or 'nothing'}")
        with open(f"/proc/{engine.pid}/status", encoding="ascii") as file:
            print(re.search(r"VmHWM:.*", file.read()).group(0))
    finally:
        if sender and sender.poll() is None:
            sender.terminate()
        engine.terminate()
        engine.communicate(timeout=60)


def main() -> int:
    if len(sys.argv) < 3:
        print(__doc__, file=sys.stderr)
        return 2
    for program, hint in ((sys.argv[1], "run make build"), (sys.argv[2], "go build -o maketrace ./internal/tracegen/maketrace"),
                          ("wrk", "apt install wrk"), ("tcpreplay", "apt install tcpreplay")):
        if not shutil.which(program):
            print(f"there is no program {program}: {hint}", file=sys.stderr)
            return 2
    if "--inside" not in sys.argv:
        os.execvp("unshare", ["unshare", "--net", sys.executable, os.path.abspath(__file__), *sys.argv[1:], "--inside"])
    arguments = [a for a in sys.argv[1:] if a != "--inside"]
    with tempfile.TemporaryDirectory() as folder:
        measure(arguments[0], arguments[1], int(arguments[2]) if len(arguments) > 2 else 20_000, folder)
    return 0


sys.exit(main())
