"""Scripts and captures that clients upload."""

from __future__ import annotations

from pathlib import Path

import pytest

import flowloom
from flowloom import Client
from flowloom.client import _captures
from flowloom.errors import NotFoundError, QueryError, ResponseError, TimedOutError
from served import TOKEN, Served
from stub import Reply, stub

SCRIPT = (
    "-- @hook flow_end\n-- @detects Names\nif flow.server_name() then flow.triggerAlert(50, flow.server_name()) end\n"
)


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "names.lua"
    path.write_text(SCRIPT)
    return path


def test_a_script_becomes_a_check(fresh: Served, script: Path) -> None:
    with flowloom.connect(fresh.url, token=TOKEN) as engine:
        check = engine.checks.upload(script)
        assert (check.name, check.detects, check.enabled) == ("names", "Names", True)
        (uploaded,) = engine.checks.scripts()
        assert (uploaded.file, uploaded.check, uploaded.size) == ("names.lua", "names", len(SCRIPT))
        assert engine.checks.source("names.lua") == SCRIPT
        fresh.end_flows()
        assert engine.alerts.list(check="names").total
        changed = engine.checks.configure("names", enabled=False, score=7, exclude={"domains": {"example.com"}})
        assert (changed.enabled, changed.score, changed.exclude["domains"]) == (False, 7, ["example.com"])
        engine.checks.remove("names.lua")
        with pytest.raises(NotFoundError, match='there is no check "names"'):
            engine.checks.get("names")


def test_scripts_that_are_refused(engine: Client) -> None:
    with pytest.raises(QueryError, match=r"wrong\.lua"):
        engine.checks.upload("wrong.lua", source="if then")
    with pytest.raises(NotFoundError):
        engine.checks.source("../names.lua")
    with pytest.raises(FileNotFoundError):
        engine.checks.upload("nowhere.lua")
    with pytest.raises(QueryError, match="cannot"):
        engine.checks.configure("port_scan", params={"ports": "many"})
    with pytest.raises(NotFoundError):
        engine.checks.configure("nothing", score=1)


def test_a_dry_run(engine: Client, office: Path, script: Path) -> None:
    run = engine.checks.dry_run(script, office, score=99)
    assert run.total == len(run.alerts) > 10
    assert {alert.score for alert in run.alerts} == {99}
    assert (run.check.name, run.packets, run.damage) == ("names", 11251, [])
    capture = engine.captures.upload(office, name="again")
    quiet = engine.checks.dry_run("talk.lua", capture.id, source="-- @hook flow_end\nprint(flow.srv_port())")
    assert (quiet.total, quiet.flows, len(quiet.log)) == (0, 437, 437)
    named = engine.checks.dry_run("cleartext_credentials", capture.id, params={})
    assert (named.check.name, named.total) == ("cleartext_credentials", 2)
    engine.captures.delete(capture.id)
    with pytest.raises(NotFoundError, match="there is no capture"):
        engine.checks.dry_run(script, capture.id)
    assert not engine.alerts.list(check="names")


def test_lists_of_a_capture(engine: Client, office: Path) -> None:
    number = engine.captures.upload(office).id
    capture = engine.captures.wait(number)
    assert (capture.name, capture.state, capture.progress, capture.size) == (
        "office.pcap",
        "done",
        1,
        office.stat().st_size,
    )
    assert capture.first_seen is not None
    assert engine.captures.list()[-1].id == number
    assert engine.flows.list(capture=number, limit=None).total == capture.flows == 437
    assert engine.hosts.list(capture=number, limit=0).total == capture.hosts == 51
    assert engine.networks.list(capture=number).columns == engine.networks.list().columns
    assert sum(network.hosts for network in engine.networks.list(capture=number)) > 20
    assert engine.alerts.list(capture=number, limit=0).total == capture.alerts
    assert engine.interfaces.list(capture=number)[0].packets == capture.packets
    assert engine.protocols.list(capture=number, l7_proto="HTTP")[0].flows == 19
    engine.captures.delete(number)
    with pytest.raises(NotFoundError):
        engine.captures.get(number)


def test_what_is_no_capture(engine: Client, script: Path) -> None:
    with pytest.raises(ResponseError):
        engine.captures.upload(script)
    assert not [capture for capture in engine.captures.list() if capture.name == script.name]


@pytest.mark.anyio
async def test_awaited(office: Path, script: Path) -> None:
    async with flowloom.connect_async() as client:
        capture = await client.captures.upload(office)
        assert (await client.captures.wait(capture.id)).packets == 11251
        assert (await client.checks.dry_run(script, office)).check.name == "names"
        await client.captures.delete(capture.id)
        assert (await client.checks.upload("other.lua", source=SCRIPT)).name == "other"
        await client.checks.remove("other.lua")


def test_waiting_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_captures, "_LOOK", 0.001)
    running = Reply(content=b'{"id":1000,"state":"running","progress":0.25}')
    failed = Reply(content=b'{"id":1000,"state":"failed","error":"no room"}')
    with stub(running, running, failed) as server, flowloom.connect(server.url) as engine:
        assert engine.captures.wait(1000).error == "no room"
    with (
        stub(running) as server,
        flowloom.connect(server.url) as engine,
        pytest.raises(TimedOutError, match=r"capture 1000 was read to 25% in 0\.01 seconds"),
    ):
        engine.captures.wait(1000, timeout=0.01)


def test_text_is_text() -> None:
    with stub(Reply()) as server, flowloom.connect(server.url) as engine, pytest.raises(flowloom.AnswerError):
        engine.checks.source("names.lua")
