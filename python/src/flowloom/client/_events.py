"""What happens, as it happens: server-sent events."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Literal, TypeAlias

import httpx
from httpx_sse import EventSource, ServerSentEvent

from flowloom._fields import Alert, Flow, Host
from flowloom.client import _decode
from flowloom.client._conditions import parameters
from flowloom.client._exchange import Answer, Exchange, Request
from flowloom.client._lists import Names, names
from flowloom.client._retry import backoff
from flowloom.client._session import AsyncSession, Session, answer, failure, message
from flowloom.errors import AnswerError, FlowloomError

if TYPE_CHECKING:
    from typing_extensions import Self

Topic: TypeAlias = Literal["flows", "alerts", "hosts"]


@dataclass(frozen=True)
class Missed:
    """Events that were left out.

    Attributes
    ----------
    events : int or None
        How many, because they were read too slowly; None when the connection was lost, and nobody counted.
    """

    events: int | None


Event: TypeAlias = Flow | Alert | Host | Missed
"""A flow that ended, an alert that began, ended or was acknowledged, a host that is new, or what was missed."""

_KINDS: dict[str, type[Flow | Alert | Host]] = {"flow": Flow, "alert": Alert, "host": Host}
_MEDIA = "text/event-stream"
# An engine sends something every 15 seconds: when nothing comes for so long, the connection is dead.
_SILENCE = 45.0


class Subscription:
    """What is listened to, and what events mean."""

    def __init__(
        self,
        topics: Topic | Iterable[Topic] | None,
        columns: Names,
        conditions: Iterable[str],
        fields: dict[str, object],
    ) -> None:
        params = parameters(conditions, fields)
        params += [(key, value) for key, value in (("topics", names(topics)), ("columns", names(columns))) if value]
        self.request = Request("GET", "/api/v1/events", tuple(params), accept=_MEDIA, patience=_SILENCE)
        self._columns = names(columns)

    def open(self) -> Exchange[None]:
        opened = yield self.request
        media = opened.headers.get("content-type", "")
        if not media.startswith(_MEDIA):
            raise AnswerError(f"answered {media or 'nothing'}: is this an engine's address?")

    def read(self, sent: ServerSentEvent) -> Event | None:
        """Return what an event tells, None for one of a kind that came after this client."""
        kind = _KINDS.get(sent.event)
        if kind is None and sent.event != "missed":
            return None
        try:
            members = json.loads(sent.data)
            if kind is None:
                return Missed(int(members["events"]))
        except (ValueError, LookupError, TypeError) as e:
            raise AnswerError(f"an event cannot be read: {e}") from e
        return _decode.row(kind, members, self._columns)


class Events:
    """An iterator over what happens.

    As a context manager it listens from where the block begins; else from when the first event is asked for. When
    the connection is lost it connects again, and tells of it with a `Missed`; when `retries` attempts fail, their error
    is raised.
    """

    def __init__(self, session: Session, subscription: Subscription) -> None:
        self._session = session
        self._subscription = subscription
        self._response: httpx.Response | None = None
        self._events = self._listen()

    def __enter__(self) -> Self:
        self._connect()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __iter__(self) -> Iterator[Event]:
        return self

    def __next__(self) -> Event:
        return next(self._events)

    def close(self) -> None:
        """Listen no more."""
        self._events.close()
        if self._response is not None:
            self._response.close()
            self._response = None

    def _listen(self) -> Generator[Event, None, None]:
        quiet = 0  # connections in a row that told nothing
        while True:
            response = self._response or self._connect()
            try:
                for sent in EventSource(response).iter_sse():
                    event = self._subscription.read(sent)
                    quiet = 0
                    if event is not None:
                        yield event
            except httpx.TransportError:
                pass  # as when it ends: below it is tried again
            finally:
                response.close()
            self._response = None
            time.sleep(backoff(quiet))
            quiet += 1
            self._connect()
            yield Missed(None)

    def _connect(self) -> httpx.Response:
        self._session.run(self._subscription.open(), self._open)
        assert self._response is not None  # noqa: S101 # or it had raised
        return self._response

    def _open(self, request: Request) -> Answer | FlowloomError:
        http = self._session.http
        try:
            response = http.send(http.build_request(**message(request, self._session.settings)), stream=True)
            if response.is_success:
                self._response = response
                return Answer(response.status_code, response.headers, b"")
            response.read()
        except httpx.HTTPError as e:
            return failure(e, self._session.settings)
        return answer(response)


class AsyncEvents:
    """An asynchronous iterator over what happens; it is as `Events`."""

    def __init__(self, session: AsyncSession, subscription: Subscription) -> None:
        self._session = session
        self._subscription = subscription
        self._response: httpx.Response | None = None
        self._events = self._listen()

    async def __aenter__(self) -> Self:
        await self._connect()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    def __aiter__(self) -> AsyncIterator[Event]:
        return self

    async def __anext__(self) -> Event:
        return await anext(self._events)

    async def aclose(self) -> None:
        """Listen no more."""
        await self._events.aclose()
        if self._response is not None:
            await self._response.aclose()
            self._response = None

    async def _listen(self) -> AsyncGenerator[Event, None]:
        quiet = 0  # connections in a row that told nothing
        while True:
            response = self._response or await self._connect()
            try:
                async for sent in EventSource(response).aiter_sse():
                    event = self._subscription.read(sent)
                    quiet = 0
                    if event is not None:
                        yield event
            except httpx.TransportError:
                pass  # as when it ends: below it is tried again
            finally:
                await response.aclose()
            self._response = None
            await asyncio.sleep(backoff(quiet))
            quiet += 1
            await self._connect()
            yield Missed(None)

    async def _connect(self) -> httpx.Response:
        await self._session.run(self._subscription.open(), self._open)
        assert self._response is not None  # noqa: S101 # or it had raised
        return self._response

    async def _open(self, request: Request) -> Answer | FlowloomError:
        http = self._session.http
        try:
            response = await http.send(http.build_request(**message(request, self._session.settings)), stream=True)
            if response.is_success:
                self._response = response
                return Answer(response.status_code, response.headers, b"")
            await response.aread()
        except httpx.HTTPError as e:
            return failure(e, self._session.settings)
        return answer(response)
