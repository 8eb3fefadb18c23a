"""The connection to an engine: carries out exchanges, blocking or not."""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from os import PathLike
from typing import Any, TypeVar

import httpx

from flowloom.client._exchange import Answer, Content, Exchange, Pause, Request
from flowloom.client._retry import converse
from flowloom.errors import FlowloomError, TimedOutError, UnreachableError

T = TypeVar("T")


@dataclass(frozen=True)
class Settings:
    """How to reach an engine."""

    url: str
    token: str | None = field(repr=False)
    username: str | None
    password: str | None = field(repr=False)
    timeout: float
    retries: int
    verify: bool | str | PathLike[str] | ssl.SSLContext

    def __post_init__(self) -> None:
        url = httpx.URL(self.url)
        if url.scheme not in {"http", "https"} or not url.host:
            raise ValueError(f"cannot connect to {self.url!r}: write it as http://127.0.0.1:3000")
        if url.userinfo:  # it would stand in messages
            raise ValueError("cannot take a password from the URL: give username= and password=")
        if self.token is not None and not (self.token.isascii() and self.token.isprintable() and self.token.strip()):
            raise ValueError("cannot use this token: one is letters, digits and signs of ASCII in one line")
        if (self.username is None) != (self.password is None):
            raise ValueError("cannot log in with half of it: give both username and password")
        if self.token is not None and self.username is not None:
            raise ValueError("cannot log in twice: give a token, or username and password")
        if self.timeout <= 0 or self.retries < 0:
            raise ValueError("cannot wait so: timeout is above 0 seconds, retries are 0 or more")

    def options(self) -> dict[str, Any]:
        """Return what both of httpx's clients are made from."""
        headers = {"User-Agent": "flowloom-python"}
        if self.token is not None:
            headers["Authorization"] = f"Token {self.token}"
        auth = None if self.username is None else httpx.BasicAuth(self.username, self.password or "")
        return {
            "base_url": self.url,
            "headers": headers,
            "auth": auth,
            "timeout": self.timeout,
            "verify": self._verify(),
            # What reaches the engine is what was asked for: neither the environment nor a redirection decides.
            "trust_env": False,
            "follow_redirects": False,
        }

    def _verify(self) -> bool | ssl.SSLContext:
        if isinstance(self.verify, (bool, ssl.SSLContext)):
            return self.verify
        try:
            return ssl.create_default_context(cafile=self.verify)
        except OSError as e:
            raise ValueError(f"cannot read the certificates of {self.verify}: {e}") from e


def message(request: Request, settings: Settings) -> dict[str, Any]:
    """Return a request as httpx takes it."""
    return {
        "method": request.method,
        "url": request.path,
        "params": list(request.params),
        "json": request.body,
        # Parts without a file name, so that it is a form of several parts also when it has no file.
        "files": [(n, (v.name, v.whole()) if isinstance(v, Content) else (None, v)) for n, v in request.form] or None,
        "headers": {"Accept": request.accept},
        "timeout": httpx.Timeout(settings.timeout, read=settings.timeout + request.patience),
    }


def failure(error: httpx.HTTPError, settings: Settings) -> FlowloomError:
    """Return what an error of httpx means."""
    if isinstance(error, httpx.TimeoutException):
        result: FlowloomError = TimedOutError(
            f"the engine at {settings.url} did not answer in time: give connect() a longer timeout"
        )
    else:
        reason = str(error) or type(error).__name__
        hint = "; verify= says which certificates to trust" if "CERTIFICATE" in reason else ""
        result = UnreachableError(f"cannot reach an engine at {settings.url}: {reason}{hint}")
    result.__cause__ = error
    return result


async def _read(content: Content) -> AsyncIterator[bytes]:
    pieces = iter(content)
    while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
        yield piece


def answer(response: httpx.Response) -> Answer:
    """Return a response that was read."""
    headers: Mapping[str, str] = {name.lower(): value for name, value in response.headers.items()}
    return Answer(response.status_code, headers, response.content)


class Session:
    """A connection whose methods block. Threads may share it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.http = httpx.Client(**settings.options())

    def run(self, exchange: Exchange[T], send: Callable[[Request], Answer | FlowloomError] | None = None) -> T:
        """Carry out an exchange and return its result; `send` sends a request if not as usual."""
        send = send or self._send
        steps = converse(exchange, self.settings.retries)
        outcome: Answer | FlowloomError | None = None
        try:
            while True:
                step = steps.send(outcome)
                if isinstance(step, Pause):
                    time.sleep(step.seconds)
                    outcome = None
                else:
                    outcome = send(step)
        except StopIteration as end:
            value: T = end.value
            return value

    def _send(self, request: Request) -> Answer | FlowloomError:
        try:
            return answer(
                self.http.request(content=request.content and iter(request.content), **message(request, self.settings))
            )
        except httpx.HTTPError as e:
            return failure(e, self.settings)


class AsyncSession:
    """A connection whose methods are awaited."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.http = httpx.AsyncClient(**settings.options())

    async def run(
        self, exchange: Exchange[T], send: Callable[[Request], Awaitable[Answer | FlowloomError]] | None = None
    ) -> T:
        """Carry out an exchange and return its result; `send` sends a request if not as usual."""
        send = send or self._send
        steps = converse(exchange, self.settings.retries)
        outcome: Answer | FlowloomError | None = None
        try:
            while True:
                step = steps.send(outcome)
                if isinstance(step, Pause):
                    await asyncio.sleep(step.seconds)
                    outcome = None
                else:
                    outcome = await send(step)
        except StopIteration as end:
            value: T = end.value
            return value

    async def _send(self, request: Request) -> Answer | FlowloomError:
        try:
            content = None if request.content is None else _read(request.content)
            return answer(await self.http.request(content=content, **message(request, self.settings)))
        except httpx.HTTPError as e:
            return failure(e, self.settings)
