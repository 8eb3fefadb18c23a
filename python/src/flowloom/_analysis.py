"""An analysis: pulls what the engine finds, answers its questions, and tells of hosts and alerts."""

from __future__ import annotations

import threading
import warnings
import weakref
from collections import deque
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from flowloom._fields import Alert, Flow, Host, Interface, Network, Protocol
from flowloom._native import AskedError, Kind, Question, Session, Signal, load
from flowloom._options import engine_options
from flowloom._progress import Bar
from flowloom.errors import CheckWarning, ClosedError, DamageWarning, EngineError, FileWarning
from flowloom.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType

    import pyarrow as pa
    from typing_extensions import Self

    from flowloom._options import Path

T = TypeVar("T")

# Seconds that a wait in the engine takes at most, so that Ctrl-C is heard.
_PATIENCE = 0.1


class CheckCost(NamedTuple):
    """What a check has cost so far; times are seconds."""

    name: str
    language: str
    calls: int
    errors: int
    alerts: int
    total: float
    mean: float
    disabled: bool
    last_error: str


class Analysis:
    """One analysis of captures or interfaces. Close it, use it with ``with``, or let it go: that frees it, too."""

    def __init__(self, sources: Iterable[Path], options: dict[str, Any]) -> None:
        told, self._checks = engine_options(sources, options)
        self._session = Session(load(), told)
        self._finalizer = weakref.finalize(self, _close, self._session)
        self._bar = Bar(self._session, options.get("progress"))
        self._lock = threading.RLock()
        self._asked: int | None = None  # thread that runs a check
        self._ended = False
        self._kept: deque[pa.RecordBatch] = deque()  # batches that came while we looked for a question
        self._warned: set[str] = set()
        self._scripts = bool(told["checks"])

    def _pull(self) -> pa.RecordBatch | None:
        """Return the next batch of flows, or None at the end. Checks run meanwhile."""
        self._not_within_a_check()
        with self._lock:
            if self._kept:
                return self._kept.popleft()
            while not self._ended:
                try:
                    event = self._session.next(_PATIENCE)
                    self._bar.look()
                    self._tell()
                    if isinstance(event, Question):
                        self._answer(event)
                    elif event is Signal.END:
                        self._end()
                    elif event is not Signal.WAIT:
                        return event
                except ClosedError:  # noqa: PERF203 # each may end it
                    raise
                except EngineError:
                    self._ended = True
                    self._bar.close()
                    raise
                except KeyboardInterrupt:
                    self.stop()
                    raise
            return None

    def _answer(self, question: Question) -> None:
        check = self._checks[question.function]
        self._asked = threading.get_ident()
        try:
            wrong = check.answer(question)
        finally:
            self._asked = None
            question.done()
        if wrong is not None:
            self._warn(check.name, wrong)

    def _warn(self, check: str, wrong: str) -> None:
        """Warn of the first failure of a check."""
        if check not in self._warned:
            self._warned.add(check)
            warnings.warn(f"check {check} failed: {wrong}", CheckWarning, stacklevel=2)

    def _tell(self) -> None:
        """Tell what scripts have said; functions have told themselves."""
        if not self._scripts:
            return
        functions = {check.name for check in self._checks}
        for line in self._session.said():
            if line["check"] in functions:
                continue
            if line["failed"]:
                self._warn(line["check"], line["text"])
            else:
                self._bar.say(f"{line['check']}: {line['text']}")

    def _end(self) -> None:
        self._ended = True
        self._tell()
        self._bar.look(now=True)
        self._bar.close()
        told = self._session.summary()
        for kind, texts in ((DamageWarning, told.get("damage", [])), (FileWarning, told.get("notes", []))):
            for text in texts:
                warnings.warn(text, kind, stacklevel=2)

    def _patiently(self, get: Callable[[], T]) -> T:
        """Get what the engine tells; a check for whose answer it waits runs before."""
        self._not_within_a_check()
        while True:
            try:
                return get()
            except AskedError:  # noqa: PERF203 # each may have to wait
                with self._lock:
                    event = self._session.next(0)
                    if isinstance(event, Question):
                        self._answer(event)
                    elif event is Signal.END:
                        self._end()
                    elif not isinstance(event, Signal):
                        self._kept.append(event)

    def _not_within_a_check(self) -> None:
        if self._asked == threading.get_ident():
            raise EngineError("cannot ask the analysis from within a check: the engine waits for the check")

    def _rows(self, kind: Kind, record: type[Any]) -> Rows[Any]:
        import pyarrow as pa

        batch = self._patiently(lambda: self._session.rows(kind))
        return Rows(pa.Table.from_batches([batch]), record, batch.num_rows)

    @property
    def hosts(self) -> Rows[Host]:
        """The hosts, as they are."""
        return self._rows(Kind.HOSTS, Host)

    @property
    def networks(self) -> Rows[Network]:
        """The local networks that have had hosts."""
        return self._rows(Kind.NETWORKS, Network)

    @property
    def interfaces(self) -> Rows[Interface]:
        """The interfaces of the source; each capture has at least one."""
        return self._rows(Kind.INTERFACES, Interface)

    @property
    def protocols(self) -> Rows[Protocol]:
        """Flows that ended, added up by protocol."""
        return self._rows(Kind.PROTOCOLS, Protocol)

    @property
    def alerts(self) -> Rows[Alert]:
        """What the checks found."""
        return self._rows(Kind.ALERTS, Alert)

    @property
    def active(self) -> Rows[Flow]:
        """The flows that go on; at the end there are none."""
        return self._rows(Kind.FLOWS, Flow)

    @property
    def costs(self) -> list[CheckCost]:
        """What each check has cost."""
        return [CheckCost(**cost) for cost in self._patiently(self._session.costs)]

    def summary(self) -> dict[str, Any]:
        """Return the outcome in a few numbers: packets, bytes, flows, hosts, times, and each drop with its reason."""
        return self._patiently(self._session.summary)

    @property
    def damage(self) -> list[str]:
        """What of the captures could not be read, place by place; what could be read was."""
        damage: list[str] = self.summary().get("damage", [])
        return damage

    @property
    def interrupted(self) -> bool:
        """Whether a capture was not read to its end, because of `stop` or Ctrl-C."""
        return self._session.interrupted()

    def stop(self) -> None:
        """End the reading. What was read is concluded, and is there to be asked for."""
        self._session.cancel()

    def close(self) -> None:
        """Free what the engine holds. Flows and tables that were handed out stay."""
        self._bar.close()
        self._finalizer()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _close(session: Session) -> None:
    """Close a session; in a process that forked it stays with the parent."""
    try:
        session.close()
    except EngineError:
        return
