"""Objects of JSON to rows."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from fnmatch import fnmatchcase
from types import NoneType
from typing import Any, TypeVar, get_args, get_type_hints

import pyarrow as pa

from flowloom._row import Row
from flowloom.client._exchange import Answer
from flowloom.errors import AnswerError
from flowloom.rows import Rows

R = TypeVar("R", bound=Row)

_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6})\d*)?Z")

_ARROW_TYPES: dict[object, pa.DataType] = {
    bool: pa.bool_(),
    int: pa.uint64(),
    float: pa.float64(),
    str: pa.string(),
    list[str]: pa.list_(pa.string()),
    datetime: pa.timestamp("us", "UTC"),
    timedelta: pa.duration("us"),
}


@functools.cache
def types(kind: type[Row]) -> Mapping[str, object]:
    """Return the types of a row's fields, in order; of one that may be None, its type else."""
    return {name: _present(hint) for name, hint in get_type_hints(kind).items()}


def _present(hint: object) -> object:
    union = get_args(hint)
    return next(t for t in union if t is not NoneType) if NoneType in union else hint


def moment(text: str) -> datetime:
    """Read a time as the engine writes it (RFC 3339 in UTC), cut to microseconds.

    Examples
    --------
    >>> moment("2026-01-05T09:00:53.200901987Z")
    datetime.datetime(2026, 1, 5, 9, 0, 53, 200901, tzinfo=datetime.timezone.utc)
    """
    found = _TIME.fullmatch(text)
    if not found:
        raise ValueError(f"this is no time: {text!r}")
    micros = (found[2] or "").ljust(6, "0")
    return datetime.fromisoformat(found[1]).replace(microsecond=int(micros), tzinfo=timezone.utc)


def row(kind: type[R], members: Any, columns: str = "") -> R:  # noqa: ANN401
    """Make a row of a JSON object; `columns` are the fields that were asked for, all without.

    JSON leaves out what a record does not have, which is None in the row.
    """
    wanted = [name.strip() for name in columns.split(",") if name.strip()]
    values = {}
    try:
        for name, hint in types(kind).items():
            if wanted and not any(fnmatchcase(name, pattern) for pattern in wanted):
                continue
            value = members.get(name)
            if value is not None and hint is datetime:
                value = moment(value)
            elif value is not None and hint is timedelta:
                value = timedelta(seconds=value)
            values[name] = value
    except (AttributeError, TypeError, ValueError, OverflowError) as e:
        raise AnswerError(f"the answer cannot be read: {e}") from e
    return kind(values)


def rows(kind: type[R], objects: Any) -> Rows[R]:  # noqa: ANN401
    """Make a result of a JSON array of objects."""
    if not isinstance(objects, list):
        raise AnswerError("the answer cannot be read: it holds no rows")
    schema = pa.schema([(name, _ARROW_TYPES[hint]) for name, hint in types(kind).items()])
    values = [dict(row(kind, o)) for o in objects]
    try:
        table = pa.Table.from_pylist(values, schema=schema)
    except pa.ArrowException as e:
        raise AnswerError(f"the answer cannot be read: {e}") from e
    return Rows(table, kind, len(values))


def member(answer: Answer, name: str) -> Any:  # noqa: ANN401
    """Return a member of the object that an answer is."""
    try:
        return answer.json()[name]
    except (LookupError, TypeError) as e:
        raise AnswerError(f"the answer has no {name!r}: is this an engine's address?") from e


def result(answer: Answer) -> Rows[Row]:
    """Return what the history found."""
    table = answer.arrow()
    more = answer.headers.get("flowloom-more") == "true"
    return Rows(table, Row, None if more else table.num_rows)
