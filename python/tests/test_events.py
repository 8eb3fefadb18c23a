"""What happens, as it happens."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

import flowloom
from flowloom import Alert, Flow, Host, Missed
from flowloom.client import _retry
from flowloom.errors import AnswerError, NotFoundError, QueryError, UnreachableError
from served import TOKEN, Served
from stub import Reply, stub

MEDIA = "text/event-stream"
FLOW = b'event: flow\nid: 1\ndata: {"cli_ip":"192.0.2.1","duration":1.5}\n\n'


def sent(*parts: bytes) -> Reply:
    return Reply(content=b"".join(parts), media=MEDIA)


def test_flows_tell_when_they_end(fresh: Served) -> None:
    with flowloom.connect(fresh.url, token=TOKEN) as engine:
        expected = engine.flows.list("bytes>=10000", limit=None, columns="community_id")
        assert len(expected) > 3
        with engine.events("bytes>=10000", topics=["flows"], columns=["duration", "tunnel", "community_id"]) as events:
            fresh.end_flows()
            ended = [next(events) for _ in expected]
        assert all(isinstance(flow, Flow) and list(flow) == ["tunnel", "community_id", "duration"] for flow in ended)
        assert {flow.community_id for flow in ended if isinstance(flow, Flow)} == {f.community_id for f in expected}


@pytest.mark.anyio
async def test_alerts_tell_awaited(fresh: Served) -> None:
    async with (
        flowloom.connect_async(fresh.url) as client,
        client.events(topics="alerts", columns="check,label", check="port_scan") as events,
    ):
        await client.alerts.acknowledge(check="port_scan", label="our scanner")
        alert = await asyncio.wait_for(anext(events), 10)
    assert alert == Alert({"check": "port_scan", "label": "our scanner"})


def test_it_connects_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_retry, "_FIRST", 0.001)
    replies = [sent(FLOW), Reply(503), sent(b": nothing new\n\n", FLOW, b'event: missed\ndata: {"events":7}\n\n')]
    with stub(*replies, Reply(404, b"gone", "text/plain")) as server, flowloom.connect(server.url) as engine:
        events = engine.events(topics="flows", columns="cli_ip,duration", srv_port=443)
        flow = Flow({"cli_ip": "192.0.2.1", "duration": timedelta(seconds=1.5)})
        assert [next(events) for _ in range(4)] == [flow, Missed(None), flow, Missed(7)]
        with pytest.raises(NotFoundError, match="gone"):
            next(events)
        with pytest.raises(StopIteration):
            next(events)
        assert server.asked[0] == "GET /api/v1/events?srv_port=443&topics=flows&columns=cli_ip%2Cduration"


def test_a_lost_connection_is_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_retry, "_FIRST", 0.001)
    cut = Reply(content=FLOW + FLOW, media=MEDIA, cut=10)
    with stub(cut, sent(FLOW)) as server, flowloom.connect(server.url) as engine:
        with engine.events(columns="cli_ip,duration") as events:
            kinds = [type(next(events)) for _ in range(3)]
        assert kinds == [Flow, Missed, Flow]
    with pytest.raises(UnreachableError), flowloom.connect(server.url, retries=0) as engine, engine.events():
        pass


@pytest.mark.anyio
async def test_it_connects_again_awaited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_retry, "_FIRST", 0.001)
    host = b'event: host\ndata: {"ip":"192.0.2.1"}\n\n'
    with stub(sent(host), Reply(503), sent(host), Reply(404, b"gone", "text/plain")) as server:
        async with flowloom.connect_async(server.url) as engine:
            events = engine.events(topics="hosts", columns="ip")
            seen = [await anext(events) for _ in range(3)]
            assert seen == [Host({"ip": "192.0.2.1"}), Missed(None), Host({"ip": "192.0.2.1"})]
            with pytest.raises(NotFoundError, match="gone"):
                await anext(events)
            await events.aclose()
    with pytest.raises(UnreachableError):
        async with flowloom.connect_async(server.url, retries=0) as engine, engine.events():
            pass


@pytest.mark.parametrize(
    "data",
    [
        b"event: flow\ndata: {\n\n",
        b"event: flow\ndata: 7\n\n",
        b'event: flow\ndata: {"duration":"long"}\n\n',
        b'event: flow\ndata: {"duration":1e300}\n\n',
        b"event: missed\ndata: {}\n\n",
        b"event: missed\ndata: null\n\n",
    ],
)
def test_events_that_cannot_be_read(data: bytes) -> None:
    with (
        stub(sent(data)) as server,
        flowloom.connect(server.url) as engine,
        engine.events() as events,
        pytest.raises(AnswerError, match="cannot be read"),
    ):
        next(events)


def test_what_is_no_stream() -> None:
    with (
        stub(Reply()) as server,
        flowloom.connect(server.url) as engine,
        pytest.raises(AnswerError, match="answered application/json"),
    ):
        next(engine.events())


def test_kinds_that_came_later_are_left_out() -> None:
    with (
        stub(sent(b"event: galaxy\ndata: {}\n\n", FLOW)) as server,
        flowloom.connect(server.url) as engine,
        engine.events(columns="cli_ip") as events,
    ):
        assert next(events) == Flow({"cli_ip": "192.0.2.1"})


def test_what_cannot_be_listened_to(engine: flowloom.Client) -> None:
    with pytest.raises(QueryError, match='cannot tell of "weather"'):
        next(engine.events(topics="weather"))  # type: ignore[arg-type]
