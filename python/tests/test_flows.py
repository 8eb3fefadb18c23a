"""Captures and interfaces, read in this process."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import flowloom
from flowloom._native import load


def test_flows_are_iterated_counted_and_indexed(office: Path) -> None:
    flows = flowloom.read(office)
    first = next(iter(flows))
    assert isinstance(first, flowloom.Flow)
    assert (first.cli_ip, first.srv_port, first.l7_proto) == ("192.168.10.20", 443, "TLS")
    assert first["duration"] == first.duration == timedelta(microseconds=8110532)
    assert "first_seen" in first
    assert len(first) == len(flows.columns)
    assert len(flows) == len(list(flows)) == len(list(flows)) == 437
    assert flows[0] == first
    assert flows[-1].cli_ip == list(flows)[-1].cli_ip
    assert [flow.cli_port for flow in flows[:2]] == [flow.cli_port for flow in list(flows)[:2]]
    assert bool(flows)
    assert repr(flows) == "<437 flows>"
    assert "TLS" in repr(first)


def test_a_flow_can_be_pickled(office: Path) -> None:
    flow = flowloom.read(office)[3]
    again = pickle.loads(pickle.dumps(flow))
    assert type(again) is flowloom.Flow
    assert again == flow


def test_what_a_flow_has_not_is_named(office: Path) -> None:
    flow = flowloom.read(office, columns=["cli_ip", "srv_*"])[0]
    with pytest.raises(AttributeError, match="'bytes'; it has cli_ip"):
        _ = flow.bytes
    with pytest.raises(KeyError):
        _ = flow["bytes"]


def test_tables(office: Path) -> None:
    flows = flowloom.read(office)
    table = flows.to_arrow()
    assert table.schema.field("bytes").type == pa.uint64()
    assert (table.schema.field("bytes").metadata or {})[b"unit"] == b"bytes"
    frame, polar = flows.to_pandas(), flows.to_polars()
    assert len(frame) == len(polar) == 437
    total = sum(flow.bytes for flow in flows)
    assert total == int(frame["bytes"].sum()) == polar["bytes"].sum() == flows.summary()["ip_bytes"]
    assert flows.to_pandas(types_mapper=pd.ArrowDtype).dtypes["icmp_type"] == pd.ArrowDtype(pa.uint8())
    assert pa.table(flows).equals(table)
    assert isinstance(polar, pl.DataFrame)


def test_what_else_there_is(office: Path) -> None:
    flows = flowloom.read(office, checks="shipped")
    assert [interface.name for interface in flows.interfaces] == [str(office)]
    assert next(host for host in flows.hosts if host.ip == "192.168.10.5").is_local
    assert {protocol.l7_proto for protocol in flows.protocols} >= {"TLS", "DNS"}
    assert "port_scan" in {alert.check for alert in flows.alerts}
    assert next(cost for cost in flows.costs if cost.name == "port_scan").calls > 400
    assert len(flows.active) == 0
    assert all(network.cidr for network in flows.networks)
    assert flows.damage == []
    assert not flows.interrupted
    assert flows.summary()["packets"] == 11251


def test_notebooks_show_the_first_flows_and_no_markup_of_the_wire(office: Path) -> None:
    html = flowloom.read(office)._repr_html_()
    assert html.startswith("<table>")
    assert "437 flows, 10 of them shown" in html
    assert flowloom.read(office, columns=["cli_port"])._repr_html_().count("<td>") == 10


@pytest.mark.parametrize(
    ("options", "flows"),
    [
        ({"filter": "udp port 53"}, 26),
        ({"workers": 1}, 437),
        ({"idle_timeout": timedelta(seconds=1)}, 470),
        ({"detection": False}, 437),
    ],
)
def test_options(office: Path, options: dict[str, object], flows: int) -> None:
    got = len(flowloom.read(office, **options))  # type: ignore[arg-type]
    assert got == flows or ("idle_timeout" in options and got > 437)


def test_options_that_are_paths(office: Path, tmp_path: Path) -> None:
    listed = tmp_path / "bad.txt"
    listed.write_text("192.168.10.21\n")
    settings = tmp_path / "settings.yaml"
    settings.write_text("checks: {port_scan: {enabled: false}}\n")
    flows = flowloom.read(
        office, blacklists=listed, local_nets="192.168.10.0/24=desk", checks=["shipped/go"], check_settings=settings
    )
    assert [host.ip for host in flows.hosts if host.blacklist] == ["192.168.10.21"]
    assert {host.network for host in flows.hosts if host.network} == {"desk"}
    assert "port_scan" not in {alert.check for alert in flows.alerts}


def test_a_stream_gives_each_batch_once(office: Path) -> None:
    with flowloom.stream(office, batch_rows=100, columns=["bytes"]) as batches:
        assert batches.schema.names == ["bytes"]
        assert [batch.num_rows for batch in batches] == [100, 100, 100, 100, 37]
        assert list(batches) == []
        assert len(batches.hosts) == 51
    with pytest.raises(flowloom.ClosedError):
        _ = batches.hosts
    with flowloom.stream(office) as batches:
        assert sum(1 for _ in batches.flows()) == 437
    with flowloom.stream(office) as batches:
        reader = pa.RecordBatchReader.from_stream(batches)
        assert reader.read_all().num_rows == 437


def test_errors_are_of_their_kinds(office: Path, tmp_path: Path) -> None:
    with pytest.raises(flowloom.SourceNotFoundError, match=r"nope\.pcap"):
        flowloom.read("nope.pcap")
    with pytest.raises(FileNotFoundError, match="neither a file nor an interface"):
        flowloom.read("nosuchinterface0")
    with pytest.raises(flowloom.OptionError, match="pcap-filter"):
        flowloom.read(office, filter="udp prot 53")
    with pytest.raises(ValueError, match="did you mean cli_ip"):
        flowloom.read(office, columns=["cli_ipp"])
    with pytest.raises(flowloom.OptionError, match="1 to 64"):
        flowloom.read(office, workers=1000)
    with pytest.raises(flowloom.OptionError, match="nothing"):
        flowloom.read()
    with pytest.raises(TypeError, match="no option fliter"):
        flowloom.read(office, fliter="x")  # type: ignore[call-arg]
    for undecorated in ([len], len):
        with pytest.raises(flowloom.OptionError, match="decorate"):
            flowloom.read(office, checks=undecorated)  # type: ignore[arg-type]
    for never in (0, -1, float("nan"), "1s", timedelta(0)):
        with pytest.raises(flowloom.OptionError, match="idle_timeout: give seconds above 0"):
            flowloom.read(office, idle_timeout=never)  # type: ignore[arg-type]
    (tmp_path / "text.pcap").write_text("this is no capture")
    with pytest.raises(flowloom.EngineError, match="no capture"):
        flowloom.read(tmp_path / "text.pcap")


def test_damage_is_told_and_the_rest_is_there(office: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.pcap"
    cut.write_bytes(office.read_bytes()[:3_000_000])
    flows = flowloom.read(cut)
    with pytest.warns(flowloom.DamageWarning, match=r"cut\.pcap"):
        assert 100 < len(flows) < 437
    assert len(flows.damage) == 1
    assert len(flows.hosts) > 10


def test_who_may_not_capture_is_told_so() -> None:
    program = """
import flowloom
try:
    flowloom.read("lo")
except PermissionError as why:
    assert isinstance(why, flowloom.SourcePermissionError)
    print(why)
"""
    drop = ["setpriv", "--bounding-set=-net_raw", "--inh-caps=-net_raw"] if os.geteuid() == 0 else []
    told = subprocess.run([*drop, sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert told.startswith("cannot capture on lo: permission denied: this takes a right: become root, or")


def test_lines_of_a_list_that_are_not_understood_are_told(office: Path, tmp_path: Path) -> None:
    listed = tmp_path / "listed.txt"
    listed.write_text("203.0.113.40\nthis is ??? not\n")
    flows = flowloom.read(office, blacklists=listed)
    with pytest.warns(flowloom.FileWarning, match=r"not understood: file .*listed\.txt, lines 1, first \[2\]"):
        assert [host.ip for host in flows.hosts if host.blacklist] == ["203.0.113.40"]


def test_threads_share_flows(office: Path) -> None:
    flows = flowloom.read(office, batch_rows=10)
    counts: list[int] = []
    threads = [threading.Thread(target=lambda: counts.append(sum(1 for _ in flows))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts == [437] * 4


def test_threads_have_analyses_of_their_own(office: Path) -> None:
    counts: list[int] = []
    threads = [threading.Thread(target=lambda: counts.append(len(flowloom.read(office)))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts == [437] * 4


def _resident() -> int:
    status = Path("/proc/self/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))


def test_a_hundred_rounds_leak_nothing(office: Path) -> None:
    def rounds(count: int) -> None:
        for number in range(count):
            with flowloom.stream(office, workers=1) as batches:
                next(batches)
                if number % 2:
                    assert batches.summary()["packets"] >= 0
            assert len(flowloom.read(office, workers=1)[:3]) == 3

    rounds(20)
    before, handles = _resident(), load().handles
    rounds(100)
    assert load().handles == handles
    assert _resident() - before < 40_000, "KiB more than before"


def test_closing_wakes_who_waits(office: Path) -> None:
    stream = flowloom.stream(office, batch_rows=1)
    next(stream)
    stream.close()
    stream.close()
    with pytest.raises(flowloom.ClosedError):
        next(stream)


def test_live_flows(office: Path) -> None:
    flows = flowloom.read("lo", duration=0.6, progress=False)
    assert len(flows.hosts) >= 0
    assert flows.summary()["packets"] >= 0
    assert [interface.name for interface in flows.interfaces][:1] in ([], ["lo"])
    begin = time.monotonic()
    assert len(flows) >= 0
    assert time.monotonic() - begin < 5
    assert [interface.name for interface in flows.interfaces] == ["lo"]
    with pytest.raises(flowloom.OptionError, match="together"):
        flowloom.read("lo", office)


def test_the_progress_bar_is_shown_where_it_is_wanted(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    len(flowloom.read(office))
    assert capsys.readouterr().err == ""
    slow = flowloom.stream(office, progress=True, batch_rows=50)
    for _ in slow:
        time.sleep(0.1)
    assert "packets" in capsys.readouterr().err


_INTERRUPTED = """
import sys, time, flowloom
flows = flowloom.read("lo", progress=False)
print("ready", flush=True)
try:
    len(flows)
except KeyboardInterrupt:
    begin = time.monotonic()
    count = len(flows)
    print("stopped", count >= 0, time.monotonic() - begin < 1)
"""


def test_an_interrupt_stops_at_once_and_keeps_what_was_read() -> None:
    with subprocess.Popen([sys.executable, "-c", _INTERRUPTED], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        time.sleep(0.5)
        begin = time.monotonic()
        child.send_signal(signal.SIGINT)
        assert child.stdout.readline() == "stopped True True\n"
        assert time.monotonic() - begin < 1.5
    assert child.returncode == 0


def test_a_capture_can_be_stopped(office: Path) -> None:
    flows = flowloom.read(*[office] * 30, order="given", batch_rows=1, workers=1)
    next(iter(flows))
    flows.stop()
    assert len(flows) < 437 * 30
    assert flows.interrupted


def test_a_forked_child_is_told_why_it_cannot(office: Path) -> None:
    program = (
        "import os, sys, warnings, flowloom\n"
        f"flows = flowloom.read({str(office)!r}); len(flows)\n"
        "if os.fork() == 0:\n"
        "    try:\n"
        f"        flowloom.read({str(office)!r})\n"
        "    except flowloom.EngineError as why:\n"
        "        print('forked' in str(why), flush=True)\n"
        "    os._exit(0)\n"
        "os.wait()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "True\n"


def test_without_the_library_the_error_says_what_to_do(tmp_path: Path) -> None:
    from flowloom._native import Library

    with pytest.raises(flowloom.NoEngineError, match="make wheel"):
        Library(tmp_path / "libflowloom.so")
    (tmp_path / "libflowloom.so").write_text("no library")
    with pytest.raises(ImportError, match="cannot be loaded"):
        Library(tmp_path / "libflowloom.so")


def test_the_version_is_that_of_the_engine() -> None:
    assert flowloom.engine_version()
    assert os.fspath(Path(flowloom.__file__).parent)
