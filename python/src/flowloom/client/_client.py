"""The client of a running engine."""

from __future__ import annotations

import os
import ssl
from collections.abc import Iterable
from datetime import datetime
from os import PathLike
from types import TracebackType
from typing import TYPE_CHECKING

from flowloom._row import Row
from flowloom.client import _decode
from flowloom.client._alerts import Alerts, AsyncAlerts
from flowloom.client._captures import AsyncCaptures, Captures
from flowloom.client._checks import AsyncChecks, Checks
from flowloom.client._endpoint import Awaiting, Blocking, Endpoint
from flowloom.client._events import AsyncEvents, Events, Subscription, Topic
from flowloom.client._exchange import ARROW, Exchange, Request
from flowloom.client._history import AsyncHistory, History
from flowloom.client._lists import Names
from flowloom.client._session import AsyncSession, Session, Settings
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
from flowloom.client.records import ServiceClass, Status
from flowloom.rows import Rows

if TYPE_CHECKING:
    from typing_extensions import Self


class _Engine:
    @Endpoint
    def timeseries(
        self,
        schema: str,
        *,
        begin: datetime | None = None,
        end: datetime | None = None,
        step: int | None = None,
        interface_id: int | None = None,
        host: str | None = None,
        item: str | None = None,
    ) -> Exchange[Rows[Row]]:
        """Return the points of a series of the history.

        Parameters
        ----------
        schema : str
            Which series: ``iface:traffic``, ``iface:ndpi``, ``host:traffic`` ...
        begin, end : datetime, optional
            Between when; the last hour without.
        step : int, optional
            Seconds that a point covers; as fine as it was kept without.
        interface_id, host, item : optional
            Only points of this interface, host, protocol.

        Returns
        -------
        Rows of Row
            ``time``, ``metric``, ``host``, ``item`` and ``value``: what a counter gained in the step that begins
            then, or the mean of a gauge.

        Examples
        --------
        >>> hosts = engine.timeseries("iface:hosts")
        >>> hosts.columns, hosts[0].metric
        (['time', 'metric', 'host', 'item', 'value'], 'num_hosts')
        """
        given = {
            "schema": schema,
            "begin": None if begin is None else f"{begin.timestamp():f}",
            "end": None if end is None else f"{end.timestamp():f}",
            "step": step,
            "interface_id": interface_id,
            "host": host,
            "item": item,
        }
        params = tuple((name, str(value)) for name, value in given.items() if value is not None)
        answer = yield Request("GET", "/api/v1/timeseries", params, accept=ARROW)
        return _decode.result(answer)

    @Endpoint
    def status(self) -> Exchange[Status]:
        """Tell how the engine is doing.

        Examples
        --------
        >>> status = engine.status()
        >>> status.packets, status.hosts, status.dropped["packet_not_ip"]
        (11251, 51, 24)
        """
        return _decode.row(Status, (yield Request("GET", "/api/v1/status")).json())

    @Endpoint
    def dscp(self) -> Exchange[Rows[ServiceClass]]:
        """Sum up what hosts sent with each DSCP class, most packets first.

        Examples
        --------
        >>> engine.dscp()
        dscp  packets
        BE       6709
        EF       4518
        2 rows
        """
        answer = yield Request("GET", "/api/v1/dscp")
        return _decode.rows(ServiceClass, _decode.member(answer, "rows"))


class Client(_Engine, Blocking):
    """A running engine. Threads may share it; it closes as a context manager.

    Attributes
    ----------
    interfaces, networks, hosts, flows, protocols : Interfaces, Networks, Hosts, Flows, Protocols
        What it sees at the moment.
    alerts, checks : Alerts, Checks
        What its checks find, and what they cost.
    captures : Captures
        Captures that it analyses.
    history : History
        What it remembers.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__(Session(settings))
        self.interfaces = Interfaces(self._session)
        self.hosts = Hosts(self._session)
        self.flows = Flows(self._session)
        self.networks = Networks(self._session)
        self.protocols = Protocols(self._session)
        self.alerts = Alerts(self._session)
        self.checks = Checks(self._session)
        self.captures = Captures(self._session)
        self.history = History(self._session)

    def __repr__(self) -> str:
        return f"<Client of {self._session.settings.url}>"

    def events(
        self,
        *conditions: str,
        topics: Topic | Iterable[Topic] | None = None,
        columns: Names = None,
        **fields: object,
    ) -> Events:
        """Tell what happens, as it happens.

        Parameters
        ----------
        *conditions, **fields
            Conditions, as for `flows.list`; all topics have to have the fields.
        topics : str or iterable of str, optional
            ``flows`` (when they end), ``alerts`` (when they begin, end or are acknowledged), ``hosts`` (when they
            are new); all without.
        columns : str or iterable of str, optional
            Fields to tell; all without.

        Returns
        -------
        Events
            An iterator over `Flow`, `Alert`, `Host` and `Missed`. It never ends by itself.

        Examples
        --------
        >>> with engine.events(topics="alerts", check="cleartext_credentials") as events:
        ...     number = engine.alerts.acknowledge(check="cleartext_credentials", label="we know")
        ...     print(number, next(events).label)
        2 we know
        """
        return Events(self._session, Subscription(topics, columns, conditions, fields))

    def close(self) -> None:
        """Close the connections."""
        self._session.http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class AsyncClient(_Engine, Awaiting):
    """A running engine, for asyncio: methods are those of `Client`, and are awaited."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(AsyncSession(settings))
        self.interfaces = AsyncInterfaces(self._session)
        self.hosts = AsyncHosts(self._session)
        self.flows = AsyncFlows(self._session)
        self.networks = AsyncNetworks(self._session)
        self.protocols = AsyncProtocols(self._session)
        self.alerts = AsyncAlerts(self._session)
        self.checks = AsyncChecks(self._session)
        self.captures = AsyncCaptures(self._session)
        self.history = AsyncHistory(self._session)

    def __repr__(self) -> str:
        return f"<AsyncClient of {self._session.settings.url}>"

    def events(
        self,
        *conditions: str,
        topics: Topic | Iterable[Topic] | None = None,
        columns: Names = None,
        **fields: object,
    ) -> AsyncEvents:
        """Tell what happens, as it happens; parameters are those of `Client.events`."""
        return AsyncEvents(self._session, Subscription(topics, columns, conditions, fields))

    async def aclose(self) -> None:
        """Close the connections."""
        await self._session.http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()


def connect(
    url: str | None = None,
    *,
    token: str | None = None,
    username: str | None = None,
    password: str | None = None,
    timeout: float = 30,
    retries: int = 3,
    verify: bool | str | PathLike[str] | ssl.SSLContext = True,
) -> Client:
    """Return the client of a running engine. Nothing is sent yet. Proxies of the environment are not used.

    Parameters
    ----------
    url : str, optional
        Where it answers: ``$FLOWLOOM_URL``, or ``http://127.0.0.1:3000``, without.
    token : str, optional
        What it wants to know: ``$FLOWLOOM_TOKEN`` without, unless there is a user.
    username, password : str, optional
        Instead of the token.
    timeout : float
        Seconds to wait for a connection, and for each answer.
    retries : int
        How often a question is repeated when the engine cannot be reached, is busy (429) or cannot answer at the
        moment (503); with growing pauses, or after what it asks for. What changes something is not repeated.
    verify : bool, path or ssl.SSLContext
        Which certificates to trust over HTTPS: those that Python knows, or those in a PEM file; False for any.

    Raises
    ------
    ValueError
        The parameters do not fit together.

    Examples
    --------
    >>> with connect(token="not the one") as stranger:
    ...     stranger.status()
    Traceback (most recent call last):
    flowloom.errors.AuthenticationError: a user or a token is needed: ...
    """
    return Client(
        _settings(
            url, token=token, username=username, password=password, timeout=timeout, retries=retries, verify=verify
        )
    )


def connect_async(
    url: str | None = None,
    *,
    token: str | None = None,
    username: str | None = None,
    password: str | None = None,
    timeout: float = 30,
    retries: int = 3,
    verify: bool | str | PathLike[str] | ssl.SSLContext = True,
) -> AsyncClient:
    """Return the asynchronous client of a running engine; parameters are those of `connect`.

    Examples
    --------
    >>> import asyncio
    >>> async def busiest():
    ...     async with connect_async() as engine:
    ...         return await engine.hosts.list(columns="ip", limit=1)
    >>> asyncio.run(busiest())[0].ip
    '203.0.113.40'
    """
    return AsyncClient(
        _settings(
            url, token=token, username=username, password=password, timeout=timeout, retries=retries, verify=verify
        )
    )


def _settings(
    url: str | None,
    *,
    token: str | None,
    username: str | None,
    password: str | None,
    timeout: float,
    retries: int,
    verify: bool | str | PathLike[str] | ssl.SSLContext,
) -> Settings:
    if token is None and username is None and password is None:
        token = os.environ.get("FLOWLOOM_TOKEN") or None
    url = url or os.environ.get("FLOWLOOM_URL") or "http://127.0.0.1:3000"
    return Settings(url, token, username, password, timeout, retries, verify)
