"""What is asked and answered, without a connection.

A method of a resource is a generator: it yields a `Request`, is sent the `Answer`, and returns what it makes of
it. It may yield a `Pause` between. So each stands once, and `flowloom.client._session` carries it out, blocking or not.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import pyarrow as pa

from flowloom.errors import AnswerError, ResponseError

T = TypeVar("T")

ARROW = "application/vnd.apache.arrow.stream"
JSON = "application/json"
Params: TypeAlias = "list[tuple[str, str]]"

_SUCCESS = range(200, 300)
_REFUSAL = 400
# How much of a file is read at a time.
_PIECE = 1 << 18
# How much is shown of an answer that explains nothing.
_QUOTED = 200


@dataclass(frozen=True)
class Content:
    """What is sent: a file, or bytes under the name of one."""

    name: str
    source: Path | bytes

    @staticmethod
    def of(path: str | PathLike[str], source: str | None = None) -> Content:
        """Return the content of a file, or a text as if it stood in one."""
        path = Path(path)
        return Content(path.name, path if source is None else source.encode())

    def whole(self) -> bytes:
        """Return all of it."""
        return self.source if isinstance(self.source, bytes) else self.source.read_bytes()

    def __iter__(self) -> Iterator[bytes]:
        if isinstance(self.source, bytes):
            yield self.source
            return
        with self.source.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece


@dataclass(frozen=True)
class Pause:
    """So many seconds are to pass."""

    seconds: float


@dataclass(frozen=True)
class Request:
    """A question.

    Attributes
    ----------
    method, path : str
        As in HTTP; the path is below that of the engine.
    params : list of tuple of str
        Of the query string, in order.
    body : mapping, optional
        What is sent as JSON.
    content : Content, optional
        Or what is sent as it is.
    form : list of tuple, optional
        Or the parts of a form: names, with texts or files.
    accept : str
        Media type of the answer.
    safe : bool
        Whether it can be asked again when it is unknown what became of it.
    patience : float
        Seconds that the engine may take beyond the time that the client grants any request.
    """

    method: str
    path: str
    params: tuple[tuple[str, str], ...] = ()
    body: Mapping[str, Any] | None = None
    content: Content | None = None
    form: tuple[tuple[str, str | Content], ...] = ()
    accept: str = JSON
    safe: bool = True
    patience: float = 0.0


@dataclass(frozen=True)
class Answer:
    """An answer: status code, headers (by names in lower case) and content."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def retry_after(self) -> float | None:
        """Seconds until it makes sense to ask again, if the engine says so in seconds (RFC 9110, 10.2.3)."""
        text = self.headers.get("retry-after", "")
        return float(text) if text.isascii() and text.isdigit() else None

    def check(self) -> None:
        """Raise what the answer says is wrong."""
        if self.status in _SUCCESS:
            return
        if self.status < _REFUSAL:
            raise AnswerError(f"answered {self.status}, as no engine does: is the address right?")
        raise ResponseError.of(self.status, self._detail(), self.retry_after)

    def _detail(self) -> str:
        """Return the text of a problem (RFC 9457), or what there is instead."""
        if self._is("application/problem+json"):
            try:
                problem = json.loads(self.content)
            except ValueError:
                problem = None
            if isinstance(problem, dict) and (text := problem.get("detail") or problem.get("title")):
                return str(text)
        return f"answered {self.status}: {self.content[:_QUOTED].decode(errors='replace').strip() or 'no reason given'}"

    def _is(self, media: str) -> bool:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower() == media

    def text(self) -> str:
        """Return the text that the answer is."""
        if not self._is("text/plain"):
            raise AnswerError(f"answered {self.headers.get('content-type', 'nothing')}: is this an engine's address?")
        return self.content.decode(errors="replace")

    def json(self) -> Any:  # noqa: ANN401
        """Return the object that the answer is."""
        if not self._is(JSON):
            raise AnswerError(f"answered {self.headers.get('content-type', 'nothing')}: is this an engine's address?")
        try:
            return json.loads(self.content)
        except ValueError as e:
            raise AnswerError(f"the answer cannot be read: {e}") from e

    def arrow(self) -> pa.Table:
        """Return the Arrow table that the answer is."""
        if not self._is(ARROW):
            raise AnswerError(f"answered {self.headers.get('content-type', 'nothing')}: is this an engine's address?")
        try:
            with pa.ipc.open_stream(self.content) as stream:
                table = stream.read_all()
            table.validate(full=True)
        except (pa.ArrowException, OSError, ValueError) as e:
            raise AnswerError(f"the answer cannot be read: {e}") from e
        return table


Exchange: TypeAlias = Generator["Request | Pause", Answer, T]
"""How a method asks, and what it returns in the end."""
