"""What an engine tells besides the records of the field catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flowloom._fields import Alert, Host
from flowloom._row import Row
from flowloom.rows import Rows


class Application(Row):
    """What a host did with one protocol."""

    __slots__ = ()

    l7_proto: str
    """Protocol and application."""

    flows: int
    """Flows of it."""

    bytes_sent: int
    """Bytes on the wire."""

    bytes_rcvd: int
    """Bytes on the wire."""


class ServiceClass(Row):
    """How much was sent with a DSCP."""

    __slots__ = ()

    dscp: str
    """Class (RFC 2474 and others), or its number."""

    packets: int
    """Packets that were sent with it."""


class Peer(Row):
    """What a host and another one exchange in flows that go on."""

    __slots__ = ()

    ip: str
    """Address of the other host."""

    flows: int
    """Flows that go on between the two."""

    bytes_sent: int
    """Bytes that the host sent to the other."""

    bytes_rcvd: int
    """Bytes that the other sent."""


class AlertCount(Row):
    """How many alerts there are of one kind."""

    __slots__ = ()

    check: str
    """Name of the check."""

    entity: str
    """What they are about."""

    severity: str
    """How bad they are."""

    status: str
    """``engaged``, ``past`` or ``acknowledged``."""

    alerts: int
    """How many there are of all that."""


class AlertType(Row):
    """What one check finds."""

    __slots__ = ()

    check: str
    """Name of the check, as alerts have it."""

    language: str
    """Go, Lua or JavaScript."""

    detects: str
    """What it finds."""

    tune: str
    """How to make it fit a network."""

    entities: list[str]
    """What its alerts are about."""


class CheckCost(Row):
    """A check with what it has cost."""

    __slots__ = ()

    name: str
    """Name of the check."""

    language: str
    """Go, Lua or JavaScript."""

    hooks: list[str]
    """When it runs."""

    detects: str
    """What it finds."""

    tune: str
    """How to make it fit a network."""

    enabled: bool
    """It is to run."""

    score: int
    """Score of its alerts; 0 leaves it to the check."""

    calls: int
    """How often it ran."""

    errors: int
    """How often it failed."""

    alerts: int
    """Alerts that it raised."""

    mean_cost: float
    """Seconds a call."""

    total_cost: float
    """Seconds of all calls."""

    disabled: bool
    """It failed too often in a row."""

    last_error: str | None
    """The latest error."""


class Check(CheckCost):
    """A check with its settings, and what it has cost."""

    __slots__ = ()

    exclude: dict[str, list[str]]
    """What it does not look at: ``hosts`` (addresses and networks), ``domains`` (with all below them)."""

    params: list[dict[str, Any]]
    """Settings of its own: ``name``, ``value``, ``default`` and ``about`` of each."""


class Script(Row):
    """A script that was uploaded."""

    __slots__ = ()

    file: str
    """Its name, as it was uploaded."""

    check: str
    """Name of the check that it makes."""

    size: int
    """Bytes."""

    modified: datetime
    """When it was uploaded."""


class Capture(Row):
    """A capture that was uploaded, and how its analysis stands."""

    __slots__ = ()

    id: int
    """Its number, also as an interface."""

    name: str
    """What it is called."""

    size: int
    """Bytes of the file."""

    uploaded: datetime
    """When it came."""

    state: str
    """``arriving``, ``waiting``, ``running``, ``done`` or ``failed``."""

    error: str | None
    """Why it failed."""

    progress: float
    """How much of it is read, 0 to 1."""

    packets: int
    """Packets read."""

    bytes: int
    """Bytes of these."""

    flows: int
    """Flows that ended."""

    unlisted_flows: int
    """Flows that are counted, but not listed: there were too many."""

    hosts: int
    """Hosts in the table."""

    alerts: int
    """Alerts raised."""

    first_seen: datetime | None
    """Time of the first packet."""

    last_seen: datetime | None
    """Time of the last packet."""

    damage: list[str]
    """What of the file could not be read."""


class CaptureDetails(Capture):
    """A capture, with what was dropped of it."""

    __slots__ = ()

    dropped: dict[str, int]
    """What was dropped or rejected, by reason."""


class Status(Row):
    """How an engine is doing."""

    __slots__ = ()

    version: str
    """Of the program."""

    packets: int
    """Packets captured."""

    bytes: int
    """Bytes captured."""

    active_flows: int
    """Flows that go on."""

    ended_flows: int
    """Flows that ended."""

    hosts: int
    """Hosts in the table."""

    dropped: dict[str, int]
    """What was dropped or rejected, by reason."""

    recipients: list[dict[str, Any]]
    """Who is told of alerts, and how that goes: ``name``, ``kind`` and counters of each."""


@dataclass(frozen=True)
class HostDetails:
    """All about one host.

    Attributes
    ----------
    host : Host
        Its fields.
    applications : Rows of Application
        What it did with each protocol, most bytes first.
    dscp : Rows of ServiceClass
        What it sent with each DSCP class.
    alerts : Rows of Alert
        The alerts about it, the latest first.
    """

    host: Host
    applications: Rows[Application]
    dscp: Rows[ServiceClass]
    alerts: Rows[Alert]


@dataclass(frozen=True)
class DryRun:
    """What a check did with a capture.

    Attributes
    ----------
    check : Check
        The check, with what it has cost.
    alerts : Rows of Alert
        What it has found, up to 1,000 alerts.
    total : int
        How many alerts there are.
    log : list of str
        What it wrote, and its errors.
    packets, flows : int
        Of the capture.
    damage : list of str
        What of the capture could not be read.
    """

    check: Check
    alerts: Rows[Alert]
    total: int
    log: list[str]
    packets: int
    flows: int
    damage: list[str]
