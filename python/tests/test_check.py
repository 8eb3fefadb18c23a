"""Checks in Python."""

from __future__ import annotations

import struct
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

import flowloom

LIMIT = 100_000


@flowloom.check.flow_end
def upload(flow: flowloom.check.Flow) -> None:
    """Uploads to remote servers.

    More about it.
    """
    if flow.srv_location == "remote" and flow.cli2srv_bytes > LIMIT:
        flow.alert(100, f"{flow.cli_ip} sent {flow.cli2srv_bytes} bytes")


def test_a_check_raises_alerts_as_any(office: Path) -> None:
    flows = flowloom.read(office, checks=upload)
    (alert,) = flows.alerts
    assert (alert.check, alert.score, alert.severity, alert.entity) == ("upload", 100, "error", "flow")
    assert alert.message == "192.168.10.62 sent 267500 bytes"
    (cost,) = flows.costs
    assert (cost.language, cost.calls, cost.errors, cost.alerts) == ("Python", 437, 0, 1)
    assert cost.total >= cost.mean > 0
    assert upload.detects == "Uploads to remote servers"
    assert repr(upload) == "<check upload on flow_end>"


@pytest.mark.parametrize("batch", ["arrow", "pandas"])
def test_batches_say_the_same(office: Path, batch: Any) -> None:
    @flowloom.check.flow_end(name="upload", batch=batch, columns=["cli_ip", "srv_location", "cli2srv_bytes"], score=70)
    def many(flows: Any) -> Any:
        frame = flows if batch == "pandas" else flows.to_pandas()
        wanted = (frame.srv_location == "remote") & (frame.cli2srv_bytes > LIMIT)
        messages = frame.cli_ip + " sent " + frame.cli2srv_bytes.astype(str) + " bytes"
        return wanted, messages

    one, all_ = flowloom.read(office, checks=[upload]).alerts, flowloom.read(office, checks=[many]).alerts
    assert [(a.subject, a.message, a.first_seen) for a in one] == [(a.subject, a.message, a.first_seen) for a in all_]
    assert [a.score for a in all_] == [70]


def test_what_batches_may_return(office: Path) -> None:
    def alerts(result: Any) -> list[Any]:
        @flowloom.check.host_minute(batch="arrow", columns=["ip"], detects="something")
        def found(hosts: pa.RecordBatch) -> Any:
            return result(hosts)

        return list(flowloom.read(office, checks=found).alerts)

    assert alerts(lambda _: None) == []
    scores = alerts(lambda hosts: [0] * (hosts.num_rows - 1) + [55])
    assert {(a.score, a.message) for a in scores} == {(55, "something")}
    assert len(alerts(lambda hosts: pa.array([True] * hosts.num_rows))) == 51
    assert len(alerts(lambda hosts: pd.Series([float("nan")] * (hosts.num_rows - 1) + [10.0]))) == len(scores)
    with pytest.warns(flowloom.CheckWarning, match="returned 1 scores"):
        assert [a.entity for a in alerts(lambda _: [1])] == []


def test_all_hooks_and_modules(office: Path) -> None:
    seen: dict[str, int] = {}

    def count(hook: Any) -> Any:
        def run(subject: Any) -> None:
            seen[hook.name] = seen.get(hook.name, 0) + 1
            assert isinstance(subject, (flowloom.Flow, flowloom.Host, flowloom.Interface, flowloom.Network))

        return hook(name=hook.name)(run)

    check = flowloom.check
    module = ModuleType("mine")
    hooks = (
        check.flow_detected,
        check.flow_periodic,
        check.flow_end,
        check.host_minute,
        check.interface_minute,
        check.network_minute,
    )
    for hook in hooks:
        setattr(module, hook.name, count(hook))
    len(flowloom.read(office, checks=[module]))
    assert set(seen) == {hook.name for hook in hooks}
    assert seen["flow_end"] == 437
    assert seen["host"] > 51
    assert repr(check.flow_end) == "<hook flow_end>"


def test_an_error_names_the_line_and_the_next_flow_is_checked(office: Path) -> None:
    @flowloom.check.flow_end
    def sometimes(flow: flowloom.check.Flow) -> None:
        if flow.srv_port == 443:
            _ = flow.nme

    line = sometimes.function.__code__.co_firstlineno + 3
    flows = flowloom.read(office, checks=sometimes)
    with pytest.warns(flowloom.CheckWarning, match=rf"test_check\.py:{line}, in sometimes"):
        len(flows)
    (cost,) = flows.costs
    assert 0 < cost.errors < cost.calls == 437
    assert "'nme'" in cost.last_error
    assert not cost.disabled


SCRIPTS = {
    "says.lua": """-- @hook flow_end
-- @detects Nothing
-- @tune Nothing
if flow.srv_port() == 443 then print("saw", flow.srv_port()) end
""",
    "fails.js": """// @detects Nothing
// @tune Nothing
export function flowEnd(flow) { if (flow.srv_port === 443) throw new Error("no luck") }
""",
}


def test_what_scripts_say_is_told(office: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for name, text in SCRIPTS.items():
        (tmp_path / name).write_text(text)
    flows = flowloom.read(office, checks=tmp_path)
    with pytest.warns(flowloom.CheckWarning, match="check fails failed: .*no luck") as warned:
        len(flows)
    assert len(warned) == 1
    said = capfd.readouterr().err.splitlines()
    assert set(said) == {"says: saw\t443"}
    assert len(said) == next(cost.errors for cost in flows.costs if cost.name == "fails")


def test_settings_without_checks_are_an_error(office: Path, tmp_path: Path) -> None:
    settings = tmp_path / "checks.yaml"
    settings.write_text("checks: {}")
    with pytest.raises(flowloom.OptionError, match="without checks"):
        len(flowloom.read(office, check_settings=settings))


def test_a_check_that_always_fails_is_switched_off(office: Path) -> None:
    @flowloom.check.flow_end
    def broken(_: flowloom.check.Flow) -> None:
        raise RuntimeError("no")

    flows = flowloom.read(office, checks=[broken, upload])
    with pytest.warns(flowloom.CheckWarning, match="RuntimeError: no"):
        len(flows)
    assert [(a.subject, a.check) for a in flows.alerts if a.entity == "system"] == [("check broken", "broken")]
    assert next(cost for cost in flows.costs if cost.name == "broken").disabled
    assert "upload" in {alert.check for alert in flows.alerts}


def test_skipping(office: Path) -> None:
    calls: list[str] = []

    @flowloom.check.host_minute
    def once(host: flowloom.check.Host) -> None:
        calls.append(host.ip)
        host.skip()

    @flowloom.check.host_minute
    def later(host: flowloom.check.Host) -> None:
        host.skip(3600)

    flows = flowloom.read(office, checks=[once, later])
    len(flows)
    assert len(calls) == len(flows.hosts)
    assert {cost.calls for cost in flows.costs} == {51}


def test_what_is_kept_of_a_flow_ends_with_the_check(office: Path) -> None:
    kept: list[flowloom.check.Flow] = []

    @flowloom.check.flow_end
    def keep(flow: flowloom.check.Flow) -> None:
        _ = flow.cli_ip
        kept.append(flow)

    len(flowloom.read(office, checks=keep))
    assert kept[0].cli_ip == "192.168.10.20"
    with pytest.raises(flowloom.ClosedError, match="while it runs; keep a copy"):
        _ = kept[0].bytes
    with pytest.raises(flowloom.ClosedError):
        kept[0].alert(1, "late")


def test_a_check_cannot_ask_its_own_analysis(office: Path) -> None:
    asked: list[Exception] = []

    @flowloom.check.flow_end
    def ask(flow: flowloom.check.Flow) -> None:
        try:
            _ = flows.hosts
        except flowloom.EngineError as why:
            asked.append(why)
        flow.skip()

    flows = flowloom.stream(office, checks=ask)
    assert sum(batch.num_rows for batch in flows) == 437
    assert "from within a check" in str(asked[0])


def test_an_interrupt_within_a_check_stops_the_analysis(office: Path) -> None:
    @flowloom.check.flow_end
    def interrupted(flow: flowloom.check.Flow) -> None:
        if flow.srv_port == 80 and not told:
            told.append(True)
            raise KeyboardInterrupt

    told: list[bool] = []
    flows = flowloom.read(office, checks=interrupted)
    with pytest.raises(KeyboardInterrupt):
        len(flows)
    assert len(flows) > 0


def test_results_do_not_depend_on_the_number_of_workers(office: Path) -> None:
    def order(workers: int) -> list[str]:
        seen: list[str] = []

        @flowloom.check.flow_end
        def note(flow: flowloom.check.Flow) -> None:
            seen.append(flow.community_id)

        len(flowloom.read(office, checks=note, workers=workers))
        return seen

    assert order(1) == order(3)


def test_a_score_out_of_range_is_the_checks_fault(office: Path) -> None:
    @flowloom.check.flow_end
    def loud(flow: flowloom.check.Flow) -> None:
        flow.alert(1000, "x")

    with pytest.warns(flowloom.CheckWarning, match="1 to 255"):
        len(flowloom.read(office, checks=loud))
    assert loud.function.__module__ in sys.modules
    upload_like = flowloom.check.Check(lambda flow: flow, "flow_end", name="l")
    assert upload_like("as it is") == "as it is"


def test_what_costs_tell_is_complete(office: Path) -> None:
    assert flowloom.read(office, checks=upload).costs[0].calls == 437


def test_missing_values_raise_no_alerts(office: Path) -> None:
    @flowloom.check.flow_end(batch="pandas", columns=["icmp_type"])
    def pings(flows: pd.DataFrame) -> Any:
        return flows.icmp_type.astype("Int64") == 8

    flows = flowloom.read(office, checks=pings)
    assert len(flows.alerts) == sum(flow.icmp_type == 8 for flow in flows) > 0


def test_batches_are_bounded(tmp_path: Path) -> None:
    sizes: list[int] = []

    @flowloom.check.flow_end(batch="arrow", columns=["cli_port"])
    def count(flows: pa.RecordBatch) -> None:
        sizes.append(flows.num_rows)

    flood = tmp_path / "flood.pcap"
    frame = bytes.fromhex("4500001c000000004011000000000000000000000000003500080000")
    with flood.open("wb") as out:
        out.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 101))
        for n in range(2000):
            packet = frame[:12] + struct.pack(">IIH", 0x0A000001, 0xC0000201, n + 1) + frame[22:]
            out.write(struct.pack("<IIII", 0, n, len(packet), len(packet)) + packet)
    len(flowloom.read(flood, checks=count))
    assert (max(sizes), sum(sizes)) == (512, 2000)


def test_settings_of_a_check_that_cannot_be(office: Path) -> None:
    with pytest.raises(flowloom.OptionError, match="arrow or pandas"):
        flowloom.check.flow_end(batch="numpy")(len)  # type: ignore[call-overload]
    with pytest.raises(flowloom.OptionError, match="1 to 255"):
        flowloom.check.flow_end(score=300)(len)
    one = flowloom.check.host_minute(batch="arrow", name="one")(lambda _: 100)
    with pytest.warns(flowloom.CheckWarning, match="for each row, not 100"):
        len(flowloom.read(office, checks=one))


def test_hosts_in_a_loop_over_flows(office: Path) -> None:
    seen = []

    @flowloom.check.flow_end
    def look(flow: flowloom.check.Flow) -> None:
        seen.append(flow.bytes)

    with flowloom.stream(office, checks=[look], batch_rows=50) as batches:
        hosts = [len(batches.hosts) for _ in batches]
    assert hosts == sorted(hosts)
    assert hosts[-1] == 51
    assert len(seen) == 437
