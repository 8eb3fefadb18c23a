"""Checks in Python: functions that the engine calls with what it sees, and that raise alerts.

A check looks at one flow or host at a time:

>>> import flowloom
>>> @flowloom.check.flow_end
... def upload(flow):
...     "Uploads to remote servers"
...     if flow.srv_location == "remote" and flow.cli2srv_bytes > 100_000:
...         flow.alert(100, f"{flow.cli_ip} sent {flow.cli2srv_bytes} bytes")

or, as that is faster, at up to 512 in one go, as Arrow or pandas have them. What it returns are scores, or whether to
alert at all, one a row, and the messages if they are not all the same:

>>> @flowloom.check.flow_end(batch="pandas", columns=["srv_location", "cli2srv_bytes"])
... def uploads(flows):
...     return (flows.srv_location == "remote") & (flows.cli2srv_bytes > 100_000), "uploads much"

They run where they are named: ``flowloom.read("office.pcap", checks=[upload, uploads, "shipped"])``, in the thread that
reads, one after the other, in an order that does not depend on the number of workers.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal, overload

from flowloom import _fields
from flowloom._lazy import Columns, Lazy
from flowloom._native import Kind
from flowloom.errors import ClosedError, OptionError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from flowloom._native import Question

__all__ = [
    "Check",
    "Flow",
    "Host",
    "Interface",
    "Network",
    "flow_detected",
    "flow_end",
    "flow_periodic",
    "host_minute",
    "interface_minute",
    "network_minute",
]

_FOREVER = 2**63 - 1
_SECOND = 1_000_000_000
_DEFAULT_SCORE = 100
_HIGHEST_SCORE = 255


class _Subjects(Columns):
    """The subjects of a question; their columns are asked for one by one."""

    def __init__(self, question: Question) -> None:
        self.question_ = question

    def __getattr__(self, name: str) -> list[Any]:
        if name.startswith("_") or name not in self.names_():
            raise AttributeError(name)
        try:
            batch = self.question_.columns(name)
        except ClosedError:
            raise ClosedError(
                f"cannot look up {name} any more: a check's subjects are there while it runs; keep a copy, dict(flow)"
            ) from None
        column: list[Any] = getattr(Columns(batch), name)
        setattr(self, name, column)
        return column

    def names_(self) -> list[str]:
        return _NAMES[self.question_.kind]


class _Subject(Lazy):
    """What a check looks at. It can be asked while the check runs; what is to be kept is copied."""

    __slots__ = ()

    _columns: _Subjects

    def alert(self, score: int, message: str) -> None:
        """Raise an alert with a score of 1 to 255. Of several in one run the last counts."""
        self._columns.question_.alert(self._row, int(score), message)

    def skip(self, seconds: float | None = None) -> None:
        """Do not run this check on this subject for so many seconds, or never again."""
        question = self._columns.question_
        question.skip(self._row, _FOREVER if seconds is None else question.now + int(seconds * _SECOND))


class Flow(_Subject, _fields.Flow):
    """A flow that a check looks at."""

    __slots__ = ()


class Host(_Subject, _fields.Host):
    """A host that a check looks at."""

    __slots__ = ()


class Interface(_Subject, _fields.Interface):
    """An interface that a check looks at."""

    __slots__ = ()


class Network(_Subject, _fields.Network):
    """A local network that a check looks at."""

    __slots__ = ()


_RECORDS: dict[Kind, type[Flow | Host | Interface | Network]] = {
    Kind.FLOWS: Flow,
    Kind.HOSTS: Host,
    Kind.INTERFACES: Interface,
    Kind.NETWORKS: Network,
}
_NAMES = {
    Kind.FLOWS: list(_fields.Flow.__annotations__),
    Kind.HOSTS: list(_fields.Host.__annotations__),
    Kind.INTERFACES: list(_fields.Interface.__annotations__),
    Kind.NETWORKS: list(_fields.Network.__annotations__),
}


class Check:
    """A function with what the engine needs to know of it. It can be called like the function."""

    def __init__(  # the settings of a check
        self,
        function: Callable[..., Any],
        hook: str,
        *,
        name: str | None = None,
        detects: str | None = None,
        score: int = _DEFAULT_SCORE,
        batch: Literal["arrow", "pandas"] | None = None,
        columns: Sequence[str] = (),
    ) -> None:
        if batch not in (None, "arrow", "pandas"):
            raise OptionError(f"cannot give a check batches of {batch!r}: choose arrow or pandas")
        if not 1 <= score <= _HIGHEST_SCORE:
            raise OptionError(f"cannot raise alerts of score {score}: choose 1 to {_HIGHEST_SCORE}")
        self.function = function
        self.hook = hook
        self.name: str = name or str(getattr(function, "__name__", type(function).__name__))
        self.detects = detects or (function.__doc__ or "").strip().split("\n", maxsplit=1)[0].rstrip(".")
        self.score = score
        self.batch = batch
        self.columns = tuple(columns)
        self.__doc__ = function.__doc__
        self.__wrapped__ = function

    def __call__(self, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401, D102 # the function's own
        return self.function(*arguments, **named)

    def __repr__(self) -> str:
        return f"<check {self.name} on {self.hook}>"

    def description(self) -> dict[str, object]:
        """Return what the engine is told."""
        return {"name": self.name, "language": "Python", "hooks": [self.hook], "detects": self.detects}

    def answer(self, question: Question) -> str | None:
        """Run on the subjects of a question. Return what went wrong first, if something did."""
        return self._on_each(question) if self.batch is None else self._on_all(question)

    def _on_each(self, question: Question) -> str | None:
        kind, columns, first = _RECORDS[question.kind], _Subjects(question), None
        for row in range(question.count):
            try:
                self.function(kind(columns, row))
            except Exception as wrong:  # noqa: PERF203 # whatever it is, it is the check's
                what = self._place(wrong)
                question.fail(row, what)
                first = first or what
        return first

    def _on_all(self, question: Question) -> str | None:
        try:
            rows = question.columns(*self.columns)
            self._verdict(question, self.function(rows.to_pandas() if self.batch == "pandas" else rows))
        except Exception as wrong:  # whatever it is, it is the check's
            what = self._place(wrong)
            question.fail(-1, what)
            return what
        return None

    def _verdict(self, question: Question, result: object) -> None:
        """Raise the alerts that a result asks for."""
        if result is None:
            return
        scores, messages = result if isinstance(result, tuple) else (result, self.detects or self.name)
        values = _values(scores)
        texts = [messages] * len(values) if isinstance(messages, str) else _values(messages)
        if len(values) != question.count or len(texts) != question.count:
            raise ValueError(
                f"a check of {question.count} rows returned {len(values)} scores and {len(texts)} messages"
            )
        for row, (score, text) in enumerate(zip(values, texts, strict=True)):
            if score is True:
                question.alert(row, self.score, str(text))
            elif _is_there(score) and score:
                question.alert(row, int(score), str(text))

    def _place(self, wrong: Exception) -> str:
        """Say what went wrong, and in which of the user's lines."""
        told = f"{type(wrong).__name__}: {wrong}"
        code = getattr(self.function, "__code__", None)
        frames = traceback.extract_tb(wrong.__traceback__)
        own = [frame for frame in frames if code is not None and frame.filename == code.co_filename]
        return f"{told} ({own[-1].filename}:{own[-1].lineno}, in {own[-1].name})" if own else told


def _is_there(score: Any) -> bool:  # noqa: ANN401 # of any library
    """Tell a score from None, NaN and the NA of pandas, of which nobody knows whether it is equal."""
    try:
        return score is not None and bool(score == score)  # noqa: PLR0124 # NaN is not
    except TypeError:
        return False


def _values(column: Any) -> list[Any]:  # noqa: ANN401 # arrays of any library
    for method in ("to_pylist", "tolist", "to_list"):
        if hasattr(column, method):
            values: list[Any] = getattr(column, method)()
            return values
    if not isinstance(column, Iterable):
        raise TypeError(f"a check of batches returns a score or message for each row, not {column!r}")
    return list(column)


class Hook:
    """A decorator for checks that run on one occasion."""

    def __init__(self, name: str, doc: str) -> None:
        self.name = name
        self.__doc__ = doc

    @overload
    def __call__(self, function: Callable[..., Any], /) -> Check: ...
    @overload
    def __call__(
        self,
        /,
        *,
        name: str | None = None,
        detects: str | None = None,
        score: int = _DEFAULT_SCORE,
        batch: Literal["arrow", "pandas"] | None = None,
        columns: Sequence[str] = (),
    ) -> Callable[[Callable[..., Any]], Check]: ...
    def __call__(self, function: Callable[..., Any] | None = None, /, **settings: Any) -> Check | Callable[..., Check]:
        """Make a check of a function.

        Parameters
        ----------
        name : str
            What alerts and settings call it; the function's name by default.
        detects : str
            What it finds, in a sentence; the first line of its docstring by default.
        score : int
            The score of its alerts where it returns only whether to alert.
        batch : {"arrow", "pandas"}
            Call it with a ``pyarrow.RecordBatch`` or a DataFrame in place of one subject.
        columns : sequence of str
            The fields that the batch has, all by default; fewer are much faster.
        """
        if function is None:
            return lambda function: Check(function, self.name, **settings)
        return Check(function, self.name)

    def __repr__(self) -> str:
        return f"<hook {self.name}>"


flow_detected = Hook("flow_detected", "Once for each flow, when its protocol is known or given up.")
flow_periodic = Hook("flow_periodic", "Each minute for a flow that goes on.")
flow_end = Hook("flow_end", "Once for each flow, when it is over.")
host_minute = Hook("host", "Each minute, and at the end of the input, for every host.")
interface_minute = Hook("interface", "Each minute, and at the end of the input, for every interface.")
network_minute = Hook(
    "network", "Each minute, and at the end of the input, for every local network that has had hosts."
)
