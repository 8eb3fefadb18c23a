#!/usr/bin/env python3
"""Count packets and flows of captures with flowloom and NFStream, and say why they differ.

usage: nfstream_counts.py CAPTURE|FOLDER ...      FOLDER defaults to $CORPUS/pcap, ../shared/corpus/pcap
with a Python that has both (pip install nfstream, and a wheel of flowloom), tshark and tcpdump

Both have the same timeouts. A second run of each, over a copy with other times and with timeouts that make each packet a
flow of its own, tells in which flow either counts which packet. Where they differ, a cause has to pass its test, or the
packet or flow is in the row "unexplained". "As tshark" says how many of the packets have the addresses, protocol and ports
that tshark finds innermost, without reassembly. The exit code is 1 when something is unexplained or cannot be compared.
"""
from __future__ import annotations

import importlib.util
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import warnings
from array import array
from bisect import bisect_left
from collections import defaultdict, deque
from functools import lru_cache
from ipaddress import ip_address
from itertools import accumulate, permutations
from pathlib import Path
from typing import Any, Callable, Iterator, NamedTuple

# The nfstream.py beside this file is not the package, which is looked for next.
sys.path = [folder for folder in sys.path if folder != os.path.dirname(os.path.abspath(__file__))]

IDLE, ACTIVE = 60, 1800
# Link types that NFStream reads, as tshark names what is outermost.
LINKS = {"eth", "sll", "ppp", "chdlc", "null", "raw", "radiotap", "ip", "ipv6"}
FIELDS = (
    "ip.version ipv6.version frame.protocols ip.src ip.dst ip.proto ip.len ip.frag_offset ip.flags.mf ipv6.src ipv6.dst "
    "ipv6.fraghdr.offset ipv6.fraghdr.more tcp.srcport tcp.dstport udp.srcport udp.dstport sctp.srcport sctp.dstport tcp.flags"
).split()


class Key(NamedTuple):
    """The two ends of a flow, the lower one first, whatever the direction."""

    proto: int
    ends: tuple[tuple[bytes, int], ...]

    def addresses(self) -> list[bytes]:
        """Return the two addresses, the lower one first."""
        return [address for address, _ in self.ends]


@lru_cache(1 << 20)
def packed(address: str) -> bytes:
    """Return the bytes of an address, as it is written in more than one way."""
    return ip_address(address).packed


@lru_cache(1 << 20)  # millions of packets share them
def key(proto: int, a: str, a_port: int, b: str, b_port: int) -> Key:
    """Return the key of two ends in either order."""
    return Key(proto, tuple(sorted([(packed(a), a_port), (packed(b), b_port)])))


class Row(NamedTuple):
    """A flow as one of the two counts it. VLAN and tunnel, within, tell flows of the same key apart."""

    key: Key
    within: tuple[object, ...]
    packets: int
    first: int  # microseconds
    end: str = ""


def flowloom_rows(path: str, idle: float) -> Iterator[Row]:
    """Have flowloom count the flows of a capture."""
    import flowloom

    names = "ip_proto cli_ip cli_port srv_ip srv_port vlan_id inner_vlan_id tunnel tunnel_id packets first_seen end_reason".split()
    options: Any = dict(idle_timeout=idle, active_timeout=ACTIVE, detection=False, progress=False, columns=names)
    with warnings.catch_warnings(), flowloom.stream(path, **options) as batches:
        warnings.simplefilter("ignore", flowloom.DamageWarning)
        for batch in batches:
            columns = [batch.column(n).cast("int64") if n == "first_seen" else batch.column(n) for n in names]
            for proto, a, a_port, b, b_port, outer, inner, tunnel, number, packets, first, end in zip(*(c.to_pylist() for c in columns)):
                # Where each direction has a number of its own, that does not tell flows apart.
                within = (outer, inner, tunnel, None if tunnel in ("GTP-U", "L2TP", "PPTP") else number)
                yield Row(key(proto, a, a_port, b, b_port), within, packets, first // 1000, end)


def nfstream_rows(path: str, idle: int) -> Iterator[Row]:
    """Have NFStream count the flows of a capture."""
    from nfstream import NFStreamer

    for f in NFStreamer(path, idle_timeout=idle, active_timeout=ACTIVE, n_dissections=0, n_meters=1):
        ends = key(f.protocol, f.src_ip, f.src_port, f.dst_ip, f.dst_port)
        yield Row(ends, (f.vlan_id, f.tunnel_id), f.bidirectional_packets, f.bidirectional_first_seen_ms * 1000)


class Capture:
    """The packets of a capture, which can be written with other times."""

    def __init__(self, path: str) -> None:
        # By libpcap, so that there are the packets that NFStream finds.
        run = subprocess.run(["tcpdump", "-r", path, "-w", "-"], capture_output=True)
        if not run.stdout:
            raise ValueError(run.stderr.decode(errors="replace").strip())
        self.path, self.data = path, bytearray(run.stdout)
        self.times: list[int] = []  # microseconds
        self.places: list[slice] = []
        at = 24
        while at + 16 <= len(self.data):
            second, part, length = struct.unpack_from("<III", self.data, at)
            self.times.append(second * 1_000_000 + part)
            self.places.append(slice(at + 16, at + 16 + length))
            at += 16 + length

    def write(self, path: str, times: list[int]) -> str:
        """Write a copy with these times; return its path."""
        for time, place in zip(times, self.places):
            struct.pack_into("<II", self.data, place.start - 16, time // 1_000_000, time % 1_000_000)
        Path(path).write_bytes(self.data)
        return path


class Frame(dict[str, list[str]]):
    """A packet as tshark sees it, with what the two take it for. A field is a list, as layers repeat."""

    def __init__(self, line: str, data: bytes, loom: Row | None, nfs: Row | None) -> None:
        super().__init__((name, value.split(",") if value else []) for name, value in zip(FIELDS, line.split("\t")))
        self.data, self.loom, self.nfs = data, loom, nfs
        self.layers = ":".join(self["frame.protocols"]).split(":")

    def is_fragment(self, later: bool = False) -> bool:
        """Say whether any layer is an IP fragment, or one that comes after the first."""
        names = ("ip.frag_offset", "ipv6.fraghdr.offset") if later else ("ip.frag_offset", "ipv6.fraghdr.offset", "ip.flags.mf", "ipv6.fraghdr.more")
        return any(value.lower() not in ("0", "false") for name in names for value in self[name])

    def ip_length(self) -> int | None:
        """Return what the IPv4 header with the addresses that flowloom found says of its length; tshark mends it."""
        if self.loom:
            for ends in permutations(self.loom.key.addresses()):
                if len(ends[0]) == 4 and (at := self.data.find(b"".join(ends))) >= 12:
                    return int.from_bytes(self.data[at - 10 : at - 8], "big")
        return None

    def addresses(self, ip: str, n: int) -> list[bytes]:
        """Return the addresses of the nth IPv4 or IPv6 header."""
        return sorted(packed(text) for end in ("src", "dst") for text in self[f"{ip}.{end}"][n:][:1])

    def agrees(self, row: Row | None) -> bool:
        """Say whether a row has addresses, protocol and ports as tshark's innermost layers; a fragment may lack ports."""
        layers = self.layers[: next((i for i, name in enumerate(self.layers) if name.startswith("icmp")), None)]
        ip = next((name for name in reversed(layers) if name in ("ip", "ipv6")), None)
        if not row or not ip:
            return row is None and ip is None
        n = layers.count(ip) - 1
        if self.addresses(ip, n) != row.key.addresses():
            return False
        if ip == "ip" and self["ip.proto"][n : n + 1] != [str(row.key.proto)]:
            return False
        upper = {6: "tcp", 17: "udp", 132: "sctp"}.get(row.key.proto, "")
        if upper not in layers:
            return not upper or self.is_fragment()
        n = layers.count(upper) - 1
        ports = [port for end in ("srcport", "dstport") for port in self[f"{upper}.{end}"][n : n + 1]]
        return sorted(ports) == sorted(str(port) for _, port in row.key.ends)


def in_fragments(f: Frame) -> bool:
    """One of the two counts no fragment but the first, the other some together with it."""
    return f.is_fragment(later=True) and f.nfs is None or f.is_fragment() and (f.loom is None or f.loom.packets > 1)


def cut_header(f: Frame) -> bool:
    """The IP packet ends within the transport header, of which one of the two reads the ports."""
    if not f.loom or not f.nfs or f.loom.key.addresses() != f.nfs.key.addresses() or any(port for _, port in f.nfs.key.ends):
        return False
    return bool(f["ip.len"]) and int(f["ip.len"][-1]) < 20 + {6: 20, 17: 8}.get(f.loom.key.proto, 0)


def tunnel_closed(f: Frame) -> bool:
    """One of the two has the outermost addresses, the other those of a tunnel within."""
    outer = next((name for name in f.layers if name in ("ip", "ipv6")), "ip")
    return f.loom is not None and f.loom.within[2] is not None and f.nfs is not None and f.nfs.key.addresses() == f.addresses(outer, 0)


# Why the two take a packet for different things: the first that holds.
CAUSES: dict[str, Callable[[Frame], bool]] = {
    "fragments after the first: nfstream leaves them out": in_fragments,
    "IP length 0 (segmenting network card): nfstream leaves it out": lambda f: f.nfs is None and f.ip_length() == 0,
    "a cut transport header: nfstream does not read its ports": cut_header,
    "a tunnel (GRE, VXLAN ...): nfstream does not look into it": tunnel_closed,
    "FabricPath, 802.1ad: nfstream takes them for IP or leaves them out": lambda f: bool({"cfp", "ieee8021ad"} & set(f.layers)) and not f.agrees(f.nfs),
    "CAPWAP: nfstream takes what is in it for IP": lambda f: f.loom is not None and "capwap.data" in f.layers and any(p == 5247 for _, p in f.loom.key.ends),
    "a link type that nfstream does not read": lambda f: f.nfs is None and f.layers[0] not in LINKS,
    "not IP by its type field: nfstream takes it for IP": lambda f: f.loom is None and not {"ip", "ipv6"} & set(f.layers),
}
# Why a flow ends for one and goes on for the other.
CLOSED = "after FIN or RST: flowloom begins another flow"
REUSED = "SYN of another connection: flowloom begins another flow"
SILENCE = "a silence as long as the timeout, to a millisecond"
UNEXPLAINED = "unexplained"
SAME = "the same in both"


class Account:
    """What one cause makes of packets and flows: of each what flowloom counts, and NFStream."""

    def __init__(self) -> None:
        self.captures: set[str] = set()
        self.packets, self.tshark, self.flows = [0, 0], [0, 0], [0, 0]

    def cells(self) -> list[str]:
        """Return the columns of the table."""
        return [f"{n:,}" for n in (len(self.captures), *self.packets, *self.tshark, *self.flows)]


class Ledger:
    """All accounts, and the totals, which come from elsewhere."""

    def __init__(self) -> None:
        self.accounts = {cause: Account() for cause in (SAME, *CAUSES, CLOSED, REUSED, SILENCE, UNEXPLAINED)}
        self.total = Account()
        self.ip = 0  # packets in which tshark finds IP

    def show(self) -> None:
        """Print the table."""
        width = max(map(len, self.accounts))
        print(f"{'':{width}}  {'':>8}  {'packets':>20}   {'of them as tshark':>20}  {'flows':>20}")
        print(f"{'':{width}}  {'captures':>8}" + f"  {'flowloom':>10} {'nfstream':>10}" * 3)
        for cause, account in (*self.accounts.items(), ("total", self.total)):
            cells = account.cells()
            if cause in (SAME, "total"):
                cells[3] = cells[4] = ""  # nobody asked tshark
            print(f"{cause:{width}}  {cells[0]:>8}" + "".join(f"  {cells[i]:>10} {cells[i + 1]:>10}" for i in (1, 3, 5)))
        print(f"tshark finds IP in {self.ip:,} packets")


class Side:
    """One of the two: which packets each of its flows consists of."""

    def __init__(self, begins: Iterator[Row], times: list[int]) -> None:
        """Take in what each packet would begin, of a copy in which they have these times and each begins a flow."""
        self.sights: list[Row | None] = [None] * len(times)
        for row in begins:
            self.sights[bisect_left(times, row.first)] = row
        self.rows: list[Row] = []
        self.packets: list[list[int]] = []
        self.flow = array("l", [-1]) * len(times)  # by packet
        self.off = 0  # packets that flows have too few or too many

    def cut(self, rows: Iterator[Row]) -> None:
        """Give each flow its packets: of those with its key, the next ones."""
        waiting: dict[tuple[Key, tuple[object, ...]], deque[int]] = defaultdict(deque)
        for i, sight in enumerate(self.sights):
            if sight:
                waiting[sight.key, sight.within].append(i)
        for row in rows:
            queue, mine, want = waiting[row.key, row.within], [], row.packets
            while want > 0 and queue:
                i = queue.popleft()
                want -= self.count(i)
                self.flow[i] = len(self.rows)
                mine.append(i)
            self.rows.append(row)
            self.packets.append(mine)
            self.off += abs(want)
        self.off += sum(map(len, waiting.values()))

    def count(self, i: int) -> int:
        """Return how many packets the packet is counted as: of fragments, one may stand for others that came before."""
        return sight.packets if (sight := self.sights[i]) else 0


class Comparison:
    """What flowloom and NFStream make of one capture, entered in a ledger."""

    def __init__(self, capture: Capture, folder: str, ledger: Ledger) -> None:
        self.capture, self.ledger = capture, ledger
        copy = str(Path(folder, "copy.pcap"))
        # Flowloom's fragments wait for each other for some seconds: times stay what they are, but for a microsecond between
        # two packets, and flows end after half of it. NFStream counts milliseconds, and 0 makes each packet a flow.
        ordered = list(accumulate(capture.times, lambda before, time: max(before + 1, time)))
        loom = Side(flowloom_rows(capture.write(copy, ordered), 0.5e-6), ordered)
        apart = [1_000_000_000 + i * 1000 for i in range(len(capture.times))]
        nfs = Side(nfstream_rows(capture.write(copy, apart), 0), apart)
        loom.cut(flowloom_rows(capture.path, IDLE))
        nfs.cut(nfstream_rows(capture.path, IDLE))
        self.sides = (loom, nfs)
        self.same = [a is not None and b is not None and a.key == b.key and a.packets == 1 for a, b in zip(loom.sights, nfs.sights)]
        # A flow is known by the first of its packets that are the same in both.
        known = [{next((i for i in mine if self.same[i]), mine[0]) for mine in side.packets if mine} for side in self.sides]
        both = {i for i in known[0] & known[1] if self.same[i]}
        self.both, self.alone = len(both), [flows - both for flows in known]
        self._ask_tshark(copy)
        self._enter()

    def _ask_tshark(self, path: str) -> None:
        """Have tshark tell about the packets in question, and of all whether they hold IP."""
        loom, nfs = self.sides
        asked = {i for i, same in enumerate(self.same) if not same and (loom.sights[i] or nfs.sights[i])} | self.alone[0] | self.alone[1]
        self.frames: dict[int, Frame] = {}
        command = ["tshark", "-n", "-r", path, "-T", "fields", *(word for name in FIELDS for word in ("-e", name))]
        command += ["-o", "ip.defragment:FALSE", "-o", "ipv6.defragment:FALSE", "-o", "tcp.desegment_tcp_streams:FALSE"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, errors="replace") as run:
            for i, line in enumerate(run.stdout or ()):
                self.ledger.ip += not {"4", "6"}.isdisjoint(",".join(line.split("\t", 2)[:2]).split(","))
                if i in asked:
                    self.frames[i] = Frame(line.rstrip("\n"), bytes(self.capture.data[self.capture.places[i]]), loom.sights[i], nfs.sights[i])

    def _enter(self) -> None:
        self.ledger.total.captures.add(self.capture.path)
        for i, same in enumerate(self.same):
            rows = [side.sights[i] for side in self.sides]
            if rows != [None, None]:
                account = self._account(SAME if same else self._difference(i))
                for n, row in enumerate(rows):
                    account.packets[n] += self.sides[n].count(i)
                    if i in self.frames and row and self.frames[i].agrees(row):
                        account.tshark[n] += row.packets
        for n, side in enumerate(self.sides):
            self._account(SAME).flows[n] += self.both
            for i in self.alone[n]:
                self._account(self._boundary(n, i) if self.same[i] else self._difference(i)).flows[n] += 1
            if side.off:
                self._account(UNEXPLAINED).packets[n] += side.off
            self.ledger.total.packets[n] += sum(row.packets for row in side.rows)
            self.ledger.total.flows[n] += len(side.rows)

    def _account(self, cause: str) -> Account:
        account = self.ledger.accounts[cause]
        account.captures.add(self.capture.path)
        return account

    def _difference(self, i: int) -> str:
        """Say why the two take a packet for different things."""
        return next((name for name, holds in CAUSES.items() if i in self.frames and holds(self.frames[i])), UNEXPLAINED)

    def _boundary(self, n: int, i: int) -> str:
        """Say why a flow begins with this packet for one of the two, while it goes on for the other."""
        one, other = self.sides[n], self.sides[1 - n]
        goes_on = other.packets[other.flow[i]]
        before = goes_on[bisect_left(goes_on, i) - 1]
        ended = one.rows[one.flow[before]]
        if n == 0 and ended.key.proto == 6 and ended.end in ("fin", "rst"):
            return CLOSED
        if n == 0 and any(int(flags, 16) & 0x16 == 0x02 for flags in self.frames[i]["tcp.flags"][-1:]):
            return REUSED
        if abs(self.capture.times[i] - self.capture.times[before] - IDLE * 1_000_000) < 1500:
            return SILENCE
        return UNEXPLAINED


def paths(names: list[str]) -> list[str]:
    """Return the files that names stand for, each a file or a folder of files."""
    found: list[str] = []
    for name in names or [str(Path(os.environ.get("CORPUS", "../shared/corpus"), "pcap"))]:
        found += sorted(str(p) for p in Path(name).iterdir() if p.is_file()) if os.path.isdir(name) else [name]
    return found


def main() -> int:
    if {"-h", "--help"} & set(sys.argv[1:]):
        print(__doc__, file=sys.stderr)
        return 2
    for package in ("flowloom", "nfstream"):
        if importlib.util.find_spec(package) is None:
            print(f"{package} is missing in {sys.executable}", file=sys.stderr)
            return 2
    for program in ("tshark", "tcpdump"):
        if not shutil.which(program):
            print(f"{program} is missing: apt-get install tshark tcpdump", file=sys.stderr)
            return 2
    captures = paths(sys.argv[1:])
    if not captures or not all(map(os.path.exists, captures)):
        print("there are no captures: name files or folders, or set CORPUS to the folder that holds pcap/", file=sys.stderr)
        return 2
    ledger, failed = Ledger(), False
    for path in captures:
        with tempfile.TemporaryDirectory() as folder:
            try:
                Comparison(Capture(path), folder, ledger)
            except ValueError as why:
                failed = True
                print(f"cannot compare {path}: {why}", file=sys.stderr)
    ledger.show()
    return 1 if failed or ledger.accounts[UNEXPLAINED].captures else 0


if __name__ == "__main__":  # NFStream starts processes
    sys.exit(main())
