"""Questions that the examples leave open, to an engine."""

from __future__ import annotations

import inspect
import ipaddress
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from typing import Any, get_type_hints

import httpx
import pytest
from typing_extensions import assert_type

import flowloom
from flowloom import Alert, Client, Flow, Host, Interface, Network, Protocol, Row, Rows
from flowloom.client import Hosts, _conditions, _fields, _lists, records
from flowloom.client._endpoint import Endpoint
from served import TOKEN, Served

SCOPES: list[tuple[str, type[Row], type]] = [
    ("flows", Flow, _fields.FlowConditions),
    ("hosts", Host, _fields.HostConditions),
    ("interfaces", Interface, _fields.InterfaceConditions),
    ("networks", Network, _fields.NetworkConditions),
    ("protocols", Protocol, _fields.ProtocolConditions),
    ("alerts", Alert, _fields.AlertConditions),
]


@pytest.fixture
def description(served: Served) -> Any:
    headers = {"Authorization": f"Token {TOKEN}"}
    return httpx.get(f"{served.url}/api/v1/openapi.json", headers=headers, trust_env=False).json()


@pytest.mark.parametrize(("name", "kind"), [scope[:2] for scope in SCOPES])
def test_rows_are_as_the_engine_describes_them(engine: Client, description: Any, name: str, kind: type[Row]) -> None:
    fields = list(get_type_hints(kind))
    assert set(fields) == set(description["components"]["schemas"][kind.__name__.lower()]["properties"])
    rows = getattr(engine, name).list(limit=5)
    assert rows.columns == fields
    assert rows or kind is Network  # none is configured
    for row in rows:
        assert type(row) is kind
        for field, hint in get_type_hints(kind).items():
            value = getattr(row, field)
            kinds = getattr(hint, "__args__", (hint,)) if "None" in str(hint) else (hint,)
            assert type(value) in kinds or (str(hint).startswith("list") and isinstance(value, list)), field


@pytest.mark.parametrize(("name", "kind", "conditions"), SCOPES)
def test_every_condition_can_be_asked(engine: Client, name: str, kind: type[Row], conditions: type) -> None:
    example: dict[str, object] = {
        "Address": ipaddress.ip_network("2001:db8::/32"),
        "Moment": datetime(2026, 1, 5, tzinfo=timezone.utc),
        "Span": timedelta(seconds=1),
        "bool": False,
        "str": "it",
        "int": 7,
        "float": 0.5,
    }
    asked = {key: example[hint.__forward_arg__] for key, hint in conditions.__annotations__.items()}
    assert {key.partition("__")[0] for key in asked} == set(get_type_hints(kind))
    assert getattr(engine, name).list(limit=0, **asked).total == 0


RECORDS = {
    "/api/v1/status": records.Status,
    "/api/v1/checks/{name}": records.Check,
    "/api/v1/scripts": records.Script,
    "/api/v1/captures/{id}": records.CaptureDetails,
    "/api/v1/dscp": records.ServiceClass,
    "/api/v1/hosts/{ip}/peers": records.Peer,
    "/api/v1/alerts/counters": records.AlertCount,
    "/api/v1/alerts/types": records.AlertType,
}


@pytest.mark.parametrize("path", RECORDS)
def test_records_are_as_the_engine_describes_them(description: Any, path: str) -> None:
    answer = description["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    rows = answer["properties"].get("rows")
    assert set(get_type_hints(RECORDS[path])) == set((rows["items"] if rows else answer)["properties"])


def test_pages_make_the_list(engine: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = engine.flows.list(limit=None, columns="community_id,bytes")
    assert len(whole) == whole.total == 95
    assert not whole.more
    monkeypatch.setattr(_lists, "_PAGE", 10)
    pages = engine.flows.list(limit=None, columns="community_id,bytes")
    assert pages.to_arrow().equals(whole.to_arrow())
    some = engine.flows.list(limit=25, columns="community_id,bytes")
    assert some.to_arrow().equals(whole.to_arrow().slice(0, 25))
    assert (len(some), some.total, some.more) == (25, 95, True)
    none = engine.flows.list(limit=0)
    assert (len(none), none.total, list(none)) == (0, 95, [])


def test_conditions_hold(engine: Client) -> None:
    local = ipaddress.ip_network("192.168.10.0/24")
    flows = engine.flows.list("bytes<=100000", cli_ip=local, bytes__ge=1000, l7_proto__ne="MQTT", limit=None)
    assert flows
    for flow in flows:
        assert ipaddress.ip_address(flow.cli_ip) in local
        assert 1000 <= flow.bytes <= 100000
        assert flow.l7_proto != "MQTT"
        assert flow.last_seen - flow.first_seen - flow.duration < timedelta(microseconds=2)
    since = flows[0].first_seen
    assert all(f.first_seen >= since for f in engine.flows.list(first_seen__ge=since))
    assert {f.l7_proto for f in engine.flows.list(l7_proto__contains="mq")} == {"MQTT"}
    assert engine.flows.list(columns=["cli_ip", "bytes*"], sort=["-bytes", "cli_ip"]).columns == ["cli_ip", "bytes"]


def test_what_cannot_be_asked(engine: Client) -> None:
    with pytest.raises(flowloom.QueryError, match='there is no flow field "nosuch"'):
        engine.flows.list(nosuch=1)  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="cannot compare by 'bytes__gt'"):
        engine.flows.list(bytes__gt=1)  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="cannot compare server_name__ne with None"):
        engine.flows.list(server_name__ne=None)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="write it as field=value"):
        engine.flows.list("bytes")
    with pytest.raises(flowloom.NotFoundError, match=r"there is no host 192\.0\.2\.250 on VLAN 7"):
        engine.hosts.get(ipaddress.ip_address("192.0.2.250"), vlan_id=7)
    with pytest.raises(ValueError, match="does not appear to be an IPv4 or IPv6 address"):
        engine.hosts.peers("../alerts?x")
    with pytest.raises(ValueError, match="cannot acknowledge alerts without"):
        engine.alerts.acknowledge(label="all")
    with pytest.raises(flowloom.QueryError, match="there is no table nowhere"):
        engine.history.sql("FROM nowhere")


def test_history_by_clauses(engine: Client) -> None:
    first = datetime(2026, 1, 5, 9, 1, tzinfo=timezone.utc)
    within = engine.history.query(begin=first, end=first + timedelta(seconds=10), select="first_seen, last_seen")
    assert within
    assert all(row.last_seen >= first and row.first_seen <= first + timedelta(seconds=10) for row in within)
    by_ntopng = engine.history.query(table="ntopng.flows", begin=first, end=first, select="IP_DST_PORT, TOTAL_BYTES")
    assert by_ntopng[0].TOTAL_BYTES > 0
    names = engine.history.query(select="l7_proto", where={"l7_proto": ["TLS", "it's"]}, group_by=["l7_proto"])
    assert [row.l7_proto for row in names] == ["TLS"]
    assert len(engine.history.query(where=["true", "l7_proto = 'TLS' -- to the end"], limit=1)) == 1
    assert engine.history.query(table="samples", where={"schema": "iface:hosts"}, order_by="time", limit=1)
    first_two = engine.history.sql("FROM flows", limit=2)
    assert (len(first_two), first_two.total, first_two.more) == (2, None, True)


def test_history_of_something_else(engine: Client) -> None:
    assert engine.history.query(select=None, where=None, limit=1)[0].cli_ip
    with pytest.raises(flowloom.QueryError, match="there is no table nowhere"):
        engine.history.query(table="nowhere")  # type: ignore[arg-type]


def test_methods_tell_what_they_return() -> None:
    assert str(inspect.signature(flowloom.connect().hosts.get).return_annotation) == "HostDetails"
    assert isinstance(Hosts.list, Endpoint)


def test_timeseries_takes_bounds(engine: Client) -> None:
    now = datetime.now(timezone.utc)
    rows = engine.timeseries("iface:hosts", begin=now - timedelta(hours=1), end=now, step=60, interface_id=0)
    assert rows.columns == ["time", "metric", "host", "item", "value"]
    with pytest.raises(flowloom.QueryError, match="ends before it begins"):
        engine.timeseries("iface:hosts", begin=now, end=now - timedelta(hours=1))


def test_alerts_can_be_released(fresh: Served) -> None:
    with flowloom.connect(fresh.url, token=TOKEN) as engine:
        assert engine.alerts.release(check="dangerous_host", subject="192.168.10.5") == 1
        engaged = engine.alerts.list(status="engaged")
        assert [alert.subject for alert in engaged] == ["192.168.10.28"]
        assert engine.alerts.acknowledge(entity="host", label="seen") == 2
        assert {alert.label for alert in engine.alerts.list(entity="host")} == {"seen"}


def test_threads_share_a_client(engine: Client) -> None:
    with ThreadPoolExecutor(8) as pool:
        totals = pool.map(lambda _: engine.hosts.list(limit=1).total, range(40))
        assert set(totals) == {51}


@pytest.mark.anyio
async def test_awaited_as_well(engine: Client) -> None:
    async with flowloom.connect_async() as client:
        flows = await client.flows.list(limit=None)
        assert_type(flows, Rows[Flow])
        assert flows.to_arrow().equals(engine.flows.list(limit=None).to_arrow())
        assert (await client.hosts.get("192.168.10.28")).host == engine.hosts.get("192.168.10.28").host
        assert (await client.history.sql("SELECT 1 AS one"))[0].one == 1
        assert (await client.interfaces.list())[0].name == "office.pcap"
        assert (await client.protocols.list()).total == 19
        assert (await client.alerts.types()).columns == engine.alerts.types().columns
        assert len(await client.checks.list()) == len(engine.checks.list())


def test_types(engine: Client) -> None:
    flow = engine.flows.list(limit=1)[0]
    assert_type(flow, Flow)
    assert_type(flow.bytes, int)
    assert_type(flow.tunnel, "str | None")
    assert_type(flow.first_seen, datetime)
    assert_type(engine.history.sql("SELECT 1"), Rows[Row])
    assert_type(engine.alerts.release(check="none"), int)
    assert_type(iter(engine.hosts.list()), Iterator[Host])


def test_times_without_a_zone_are_local() -> None:
    local = datetime(2026, 1, 5, 9)
    assert _conditions.text(local) == _conditions.text(local.astimezone(timezone.utc))
    with pytest.raises(ValueError, match="cannot compare with nan"):
        _conditions.literal(float("nan"))
    assert _conditions.sql({"a__ne": [1, None], "b": [], "c": True, "d": None, "t": local.astimezone(timezone.utc)})[
        :4
    ] == [
        '"a" NOT IN (1, NULL)',
        '"b" IN (NULL)',
        '"c" = TRUE',
        '"d" IS NULL',
    ]
