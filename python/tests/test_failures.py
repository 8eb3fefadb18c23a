"""What goes wrong on the way to an engine, blocking and awaited."""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import trustme

import flowloom
from flowloom.client import _retry
from flowloom.errors import (
    AnswerError,
    AuthenticationError,
    NotFoundError,
    QueryError,
    RateLimitedError,
    ServerError,
    TimedOutError,
    UnreachableError,
)
from stub import Reply, stub

STATUS = (
    b'{"version":"1","packets":1,"bytes":2,"active_flows":3,"ended_flows":4,"hosts":5,'
    b'"dropped":{"packet_not_ip":6},"recipients":[]}'
)
Ask = Callable[..., Any]


def blocking(url: str, question: Callable[[Any], Any], **options: Any) -> Any:
    with flowloom.connect(url, token="t", **options) as engine:
        return question(engine)


def awaited(url: str, question: Callable[[Any], Any], **options: Any) -> Any:
    async def ask() -> Any:
        async with flowloom.connect_async(url, token="t", **options) as engine:
            return await question(engine)

    return asyncio.run(ask())


@pytest.fixture(params=[blocking, awaited], ids=["blocking", "awaited"])
def ask(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(_retry, "_FIRST", 0.001)
    return request.param


def status(engine: Any) -> Any:
    return engine.status()


def problem(code: int, detail: str, **headers: str) -> Reply:
    return Reply(
        code, f'{{"title":"No","status":{code},"detail":"{detail}"}}'.encode(), "application/problem+json", headers
    )


def test_a_busy_engine_is_asked_again(ask: Ask) -> None:
    busy = problem(429, "too often", **{"Retry-After": "0"})
    with stub(problem(503, "not now"), busy, Reply(content=STATUS)) as server:
        assert ask(server.url, status).dropped == {"packet_not_ip": 6}
        assert server.asked == ["GET /api/v1/status"] * 3


def test_patience_ends(ask: Ask) -> None:
    with stub(problem(503, "not now")) as server:
        with pytest.raises(ServerError, match="not now"):
            ask(server.url, status, retries=2)
        assert len(server.asked) == 3
    with stub(problem(429, "too often", **{"Retry-After": "3600"})) as server:
        with pytest.raises(RateLimitedError) as caught:
            ask(server.url, status)
        assert (caught.value.retry_after, len(server.asked)) == (3600, 1)


def test_what_changes_something_is_not_repeated(ask: Ask) -> None:
    with stub(problem(503, "not now")) as server:
        with pytest.raises(ServerError):
            ask(server.url, lambda engine: engine.alerts.release(check="port_scan"))
        assert server.asked == ["POST /api/v1/alerts/release"]


def test_a_lost_connection_is_made_again(ask: Ask) -> None:
    with stub(Reply(content=STATUS, cut=5), Reply(content=STATUS)) as server:
        assert ask(server.url, status).packets == 1


def test_nobody_listens(ask: Ask) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(UnreachableError, match=re.escape(f"cannot reach an engine at {url}")) as caught:
            ask(url, status, retries=1)
    assert isinstance(caught.value, ConnectionError)


def test_no_answer_in_time(ask: Ask) -> None:
    with stub(Reply(content=STATUS, delay=30)) as server:
        with pytest.raises(TimedOutError, match="longer timeout"):
            ask(server.url, status, timeout=0.1)
        assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("reply", "kind", "text"),
    [
        (problem(401, "a token is needed"), AuthenticationError, "^a token is needed$"),
        (problem(404, "there is no such host"), NotFoundError, "^there is no such host$"),
        (problem(400, ""), QueryError, "^No$"),
        (Reply(500, b"[", "application/problem+json"), ServerError, r"answered 500: \["),
        (Reply(502, b"<html>", "text/html"), ServerError, "answered 502: <html>"),
        (Reply(404, b"", "text/plain"), NotFoundError, "no reason given"),
        (Reply(302, b"", headers={"Location": "/login"}), AnswerError, "answered 302, as no engine does"),
        (Reply(200, b"<html>", "text/html"), AnswerError, "answered text/html: is this an engine's address"),
        (Reply(200, b'{"version":'), AnswerError, "cannot be read"),
        (Reply(200, b"[]"), AnswerError, "cannot be read"),
    ],
)
def test_refusals_and_strange_answers(ask: Ask, reply: Reply, kind: type[Exception], text: str) -> None:
    with stub(reply) as server, pytest.raises(kind, match=text):
        ask(server.url, status)


@pytest.mark.parametrize(
    ("content", "question"),
    [
        (b"{}", lambda engine: engine.dscp()),
        (b'{"rows":{}}', lambda engine: engine.dscp()),
        (b'{"rows":[{"dscp":1,"packets":"x"}]}', lambda engine: engine.dscp()),
        (b'{"rows":[7]}', lambda engine: engine.hosts.peers("192.0.2.1")),
        (b'{"host":{"first_seen":"yesterday"}}', lambda engine: engine.hosts.get("192.0.2.1")),
        (b'{"host":{},"applications":[],"dscp":[]}', lambda engine: engine.hosts.get("192.0.2.1")),
    ],
)
def test_objects_of_another_shape(ask: Ask, content: bytes, question: Callable[[Any], Any]) -> None:
    with stub(Reply(content=content)) as server, pytest.raises(AnswerError):
        ask(server.url, question)


def arrow_stream() -> bytes:
    table = pa.table({"ip": ["192.0.2.1", None], "bytes_sent": pa.array([1, 2], pa.uint64())})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    content: bytes = sink.getvalue().to_pybytes()
    return content


ARROW = "application/vnd.apache.arrow.stream"


def test_arrow_that_is_cut_or_says_too_little(ask: Ask) -> None:
    whole = arrow_stream()
    headers = {"Flowloom-Total": "2"}
    with stub(Reply(200, whole, ARROW, headers)) as server:
        assert [row.ip for row in ask(server.url, lambda engine: engine.hosts.list())] == ["192.0.2.1", None]
    for reply in (Reply(200, whole, ARROW), Reply(200, whole, ARROW, {"Flowloom-Total": "many"}), Reply(200, whole)):
        with stub(reply) as server, pytest.raises(AnswerError, match="engine's address"):
            ask(server.url, lambda engine: engine.hosts.list())


def test_arrow_cut_anywhere_or_changed_is_an_error_or_rows() -> None:
    from flowloom.client._exchange import Answer

    whole = arrow_stream()
    headers = {"content-type": ARROW}
    for end in range(len(whole) - 8):  # the last 8 bytes only say that this is the end
        with contextlib.suppress(AnswerError):
            # Between two messages a stream may end; that more was to come is for HTTP to say.
            assert Answer(200, headers, whole[:end]).arrow().num_rows == 0
    for at in range(len(whole)):
        changed = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]
        with contextlib.suppress(AnswerError):
            Answer(200, headers, changed).arrow()


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"url": "127.0.0.1:3000"}, "write it as http://127.0.0.1:3000"),
        ({"url": "ftp://x"}, "write it as"),
        ({"url": "http://anna:pass@127.0.0.1"}, "cannot take a password from the URL"),
        ({"username": "anna"}, "both username and password"),
        ({"username": "anna", "password": "x", "token": "t"}, "cannot log in twice"),
        ({"token": ""}, "cannot use this token"),
        ({"token": "two\nlines"}, "cannot use this token"),
        ({"timeout": 0}, "timeout is above 0"),
        ({"retries": -1}, "retries are 0 or more"),
        ({"verify": "nowhere.pem"}, "cannot read the certificates of nowhere.pem"),
    ],
)
def test_parameters_that_do_not_fit(options: dict[str, Any], text: str) -> None:
    with pytest.raises(ValueError, match=text):
        flowloom.connect(**options)


def test_secrets_are_not_shown() -> None:
    for engine in (flowloom.connect("http://127.0.0.1:1", token="secret"), flowloom.connect_async(token="secret")):
        assert "secret" not in repr(engine) + repr(engine._session.settings)
    assert repr(flowloom.connect("http://127.0.0.1:1")) == "<Client of http://127.0.0.1:1>"


def test_users_have_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLOWLOOM_TOKEN", "unused")
    with stub(Reply(content=STATUS)) as server:
        with flowloom.connect(server.url, username="anna", password="pass") as engine:
            engine.status()
        with flowloom.connect(server.url) as engine:
            engine.status()
        monkeypatch.setenv("FLOWLOOM_TOKEN", "")
        with flowloom.connect(server.url) as engine:
            engine.status()
        assert server.authorization == ["Basic YW5uYTpwYXNz", "Token unused", None]


def test_certificates(ask: Ask, tmp_path: Path) -> None:
    ca = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert("127.0.0.1").configure_cert(context)
    trusted = tmp_path / "ca.pem"
    ca.cert_pem.write_to_path(trusted)
    with stub(Reply(content=STATUS), tls=context) as server:
        assert ask(server.url, status, verify=trusted).hosts == 5
        assert ask(server.url, status, verify=False).hosts == 5
        with pytest.raises(UnreachableError, match="verify= says which certificates"):
            ask(server.url, status, retries=0)
