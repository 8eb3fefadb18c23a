"""The client of a running engine."""

from flowloom.client._alerts import Alerts, AsyncAlerts
from flowloom.client._captures import AsyncCaptures, Captures
from flowloom.client._checks import AsyncChecks, Checks
from flowloom.client._client import AsyncClient, Client, connect, connect_async
from flowloom.client._events import AsyncEvents, Event, Events, Missed, Topic
from flowloom.client._history import AsyncHistory, History
from flowloom.client._tables import (
    AsyncFlows,
    AsyncHosts,
    AsyncInterfaces,
    AsyncNetworks,
    AsyncProtocols,
    Flows,
    Hosts,
    Interfaces,
    Networks,
    Protocols,
)
from flowloom.client.records import (
    AlertCount,
    AlertType,
    Application,
    Capture,
    CaptureDetails,
    Check,
    CheckCost,
    DryRun,
    HostDetails,
    Peer,
    Script,
    ServiceClass,
    Status,
)

__all__ = [
    "AlertCount",
    "AlertType",
    "Alerts",
    "Application",
    "AsyncAlerts",
    "AsyncCaptures",
    "AsyncChecks",
    "AsyncClient",
    "AsyncEvents",
    "AsyncFlows",
    "AsyncHistory",
    "AsyncHosts",
    "AsyncInterfaces",
    "AsyncNetworks",
    "AsyncProtocols",
    "Capture",
    "CaptureDetails",
    "Captures",
    "Check",
    "CheckCost",
    "Checks",
    "Client",
    "DryRun",
    "Event",
    "Events",
    "Flows",
    "History",
    "HostDetails",
    "Hosts",
    "Interfaces",
    "Missed",
    "Networks",
    "Peer",
    "Protocols",
    "Script",
    "ServiceClass",
    "Status",
    "Topic",
    "connect",
    "connect_async",
]
