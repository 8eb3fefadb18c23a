#!/usr/bin/env python3
"""Find the highest rate at which tcpdump loses nothing, and have flowloom capture at that rate.

usage: live.py FLOWLOOM CAPTURE [PACKETS_PER_SECOND ...] [-- FLAGS OF FLOWLOOM ...]

In a network namespace of its own, tcpreplay sends the capture over a veth pair: at each of the rates (default:
200,000 to 400,000, then as fast as it can: 0), until `tcpdump -w /dev/null` loses something three times. At the highest rate without
loss flowloom follows: with detection, without history, with it, and while somebody asks over HTTP all the time.

Each line balances: sent = captured + dropped by the ring + lost on the way to it (the kernel's backlog of packets,
net.core.netdev_max_backlog, which no program on the interface sees). Exit code 1: a balance is wrong, or flowloom lost
something. The MTU of the pair is 65,535, so that no packet is left out for its size; tcpreplay refuses frames of
less than an Ethernet header, which are not counted as sent.
"""
import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from typing import NamedTuple

NEAR, FAR = "sender0", "receiver0"
TOKEN = "measured-on-its-own"
TOPSPEED = 0
TRIES = 3  # that tcpdump has at each rate; flowloom has one
RATES = [200_000, 300_000, 400_000, TOPSPEED]


class Result(NamedTuple):
    rate: float  # packets per second that tcpreplay reached
    sent: int
    captured: int
    dropped: int
    lost: int  # before the ring
    cpu: float  # seconds of the program

    @property
    def balanced(self) -> bool:
        return self.sent == self.captured + self.dropped + self.lost

    @property
    def clean(self) -> bool:
        return self.dropped == 0 and self.lost == 0

    def __str__(self) -> str:
        return (f"{self.rate:9,.0f} packets/s  sent {self.sent:,} = captured {self.captured:,} + dropped {self.dropped:,} + lost before {self.lost:,}; {self.cpu:.1f} s CPU"
                + ("" if self.balanced else "  WRONG"))


def ip(*args: str) -> str:
    return subprocess.run(["ip", *args], check=True, capture_output=True, text=True).stdout


def set_up() -> None:
    """Make the pair, silent but for tcpreplay."""
    ip("link", "set", "lo", "up")
    ip("link", "add", NEAR, "type", "veth", "peer", "name", FAR)
    for name in (NEAR, FAR):
        ip("link", "set", name, "addrgenmode", "none")
        ip("link", "set", name, "mtu", "65535", "up")


def not_sent() -> int:
    """Packets that the kernel took from the sender and lost before the receiver: a veth counts them as its own."""
    return json.loads(ip("-s", "-j", "link", "show", NEAR))[0]["stats64"]["tx"]["dropped"]


def send(capture: str, rate: int) -> tuple[int, float, int]:
    """Return the packets sent, how many a second, and how many of them only at a further try."""
    pace = ["--topspeed"] if rate == TOPSPEED else [f"--pps={rate}", "--pps-multi=10"]
    run = subprocess.run(["tcpreplay", "-q", "--preload-pcap", "-i", NEAR, *pace, capture], capture_output=True, text=True)
    sent, reached, again = (re.search(what, run.stdout) for what in (r"Successful packets:\s+(\d+)", r"([\d.]+) pps", r"\(ENOBUFS\):\s+(\d+)"))
    if not sent or not reached or not again:
        raise SystemExit(f"tcpreplay failed: {run.stderr or run.stdout}")
    return int(sent[1]), float(reached[1]), int(again[1])


@contextlib.contextmanager
def running(command: list[str], ready: str) -> Iterator[dict[str, str]]:
    """Run a program that says on standard error when it is ready; yields what it has said when it ended."""
    said: dict[str, str] = {}
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        child = subprocess.Popen(command, stdout=out, stderr=err)
        try:
            for _ in range(400):
                err.seek(0)
                if ready in err.read():
                    break
                if child.poll() is not None:
                    err.seek(0)
                    raise SystemExit(f"failed: {' '.join(command)}\n{err.read()}")
                time.sleep(0.05)
            time.sleep(0.3)
            yield said
            time.sleep(0.5)
            child.send_signal(signal.SIGTERM)
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            said["cpu"] = str(usage.ru_utime + usage.ru_stime)
        finally:
            if child.returncode is None:
                child.kill()
                child.wait()
        for name, f in (("out", out), ("err", err)):
            f.seek(0)
            said[name] = f.read()


def measure(command: list[str], ready: str, capture: str, rate: int) -> tuple[int, float, int, dict[str, str]]:
    before = not_sent()
    with running(command, ready) as said:
        sent, reached, again = send(capture, rate)
    return sent, reached, not_sent() - before - again, said


def tcpdump(capture: str, rate: int) -> Result:
    sent, reached, lost, said = measure(["tcpdump", "-n", "-i", FAR, "-w", "/dev/null"], "listening on", capture, rate)
    captured, dropped = (int(re.search(rf"(\d+) packets {what}", said["err"])[1]) for what in ("captured", "dropped by kernel"))
    return Result(reached, sent, captured, dropped, lost, float(said["cpu"]))


def flowloom(binary: str, capture: str, rate: int, *more: str) -> Result:
    command = [binary, "run", "-i", FAR, "--what", "interfaces", "--format", "json", "--listen", "127.0.0.1:3000", "--token", TOKEN, *more]
    sent, reached, lost, said = measure(command, "answers on", capture, rate)
    row = json.loads(said["out"])
    return Result(reached, sent, row["packets"], row.get("dropped_packets", 0), lost, float(said["cpu"]))


@contextlib.contextmanager
def asking() -> Iterator[list[float]]:
    """Ask for lists of hosts and flows, one after the other; yields the seconds that each took."""
    took: list[float] = []
    stop = threading.Event()

    def ask() -> None:
        n = 0
        while not stop.is_set():
            what = ("hosts", "flows")[n % 2]
            request = urllib.request.Request(f"http://127.0.0.1:3000/api/v1/{what}?limit=100", headers={"Authorization": f"Token {TOKEN}"})
            start = time.monotonic()
            try:
                urllib.request.urlopen(request, timeout=10).read()
            except OSError:
                time.sleep(0.05)  # it has not begun, or has ended
                continue
            took.append(time.monotonic() - start)
            n += 1
            time.sleep(0.02)

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield took
    finally:
        stop.set()
        thread.join()


def lacks(binary: str, capture: str) -> str | None:
    """Say what is missing, if anything is."""
    for tool, package in (("tcpreplay", "tcpreplay"), ("tcpdump", "tcpdump"), ("ip", "iproute2"), ("unshare", "util-linux")):
        if not shutil.which(tool):
            return f"{tool} is missing: apt-get install {package}"
    if not shutil.which(binary):
        return f"there is no program {binary}: run make build"
    if not os.path.isfile(capture):
        return f"there is no capture {capture}: name one of some hundred thousand packets"
    if os.getuid():
        return "this takes the rights of root: sudo"
    return None


def main() -> int:
    if len(sys.argv) < 3:
        print(__doc__, file=sys.stderr)
        return 2
    binary, capture, *rest = sys.argv[1:]
    flags = rest[rest.index("--") + 1:] if "--" in rest else []
    rates = [int(r) for r in rest[:len(rest) - len(flags) - ("--" in rest)]] or RATES
    if missing := lacks(binary, capture):
        print(missing, file=sys.stderr)
        return 2
    if "FLOWLOOM_BENCH" not in os.environ:
        os.environ["FLOWLOOM_BENCH"] = "1"
        os.execvp("unshare", ["unshare", "--net", "--", sys.executable, *sys.argv])
    set_up()
    failed = False
    best = None
    for rate in rates:
        for _ in range(TRIES):
            result = tcpdump(capture, rate)
            print(f"{'tcpdump':24} {result}", flush=True)
            failed |= not result.balanced
            if result.clean:
                best = rate
                break
        if best != rate:
            break
    if best is None:
        print("tcpdump loses packets at the lowest rate: give a lower one", file=sys.stderr)
        return 1
    print("as fast as tcpreplay can" if best == TOPSPEED else f"{best:,} packets/s", "is the highest rate at which tcpdump lost nothing", flush=True)
    with tempfile.TemporaryDirectory() as data:
        for name, more in (("flowloom", ["--data", ""]), ("flowloom, history", ["--data", data]), ("flowloom, history, asked", ["--data", data])):
            with asking() if "asked" in name else contextlib.nullcontext([]) as took:
                result = flowloom(binary, capture, best, *more, *flags)
            print(f"{name:24} {result}", flush=True)
            if took:
                took.sort()
                print(f"{'':24} {len(took)} answers, median {took[len(took) // 2] * 1e3:.1f} ms, 99 of 100 within {took[len(took) * 99 // 100] * 1e3:.1f} ms")
            failed |= not result.balanced or not result.clean
    return 1 if failed else 0


sys.exit(main())
