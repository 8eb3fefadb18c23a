"""Rows of an Arrow batch, whose columns become Python's values when somebody looks at them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

import pyarrow as pa

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)

# How numbers lie in memory, as `struct` writes it.
_NUMBERS = {
    pa.int8(): "b",
    pa.uint8(): "B",
    pa.int16(): "h",
    pa.uint16(): "H",
    pa.int32(): "i",
    pa.uint32(): "I",
    pa.int64(): "q",
    pa.uint64(): "Q",
    pa.float32(): "f",
    pa.float64(): "d",
}


def _numbers(column: pa.Array[Any], form: str, width: int) -> list[Any]:
    _, data = column.buffers()
    assert data is not None  # noqa: S101 # numbers that are all there have memory
    begin = column.offset * width
    view = memoryview(data)[begin : begin + len(column) * width]
    return view.cast("B").cast(form).tolist()  # type: ignore[call-overload,no-any-return]


def values(column: pa.Array[Any]) -> list[Any]:
    """Return the values of a column; times are cut to microseconds, which is what Python's own have.

    What has no gaps is read as it lies in memory: one by one takes ten times as long.
    """
    kind = column.type
    if pa.types.is_timestamp(kind):
        column = column.cast(pa.timestamp("us", kind.tz), safe=False)
    elif pa.types.is_duration(kind):
        column = column.cast(pa.duration("us"), safe=False)
    if column.null_count or not len(column):
        return list(column.to_pylist())
    if form := _NUMBERS.get(kind):
        return _numbers(column, form, kind.bit_width // 8)
    if pa.types.is_timestamp(kind) and kind.tz == "UTC":
        return [_EPOCH + timedelta(microseconds=n) for n in _numbers(column, "q", 8)]
    if pa.types.is_duration(kind):
        return [timedelta(microseconds=n) for n in _numbers(column, "q", 8)]
    return list(column.to_pylist())


class _Columns(dict[str, list[Any]]):
    """The columns of a batch as lists, each made when it is first asked for."""

    def __init__(self, batch: pa.RecordBatch) -> None:
        self.batch = batch
        self.names = {name: i for i, name in enumerate(batch.schema.names)}

    def __missing__(self, name: str) -> list[Any]:
        column = self[name] = values(self.batch.column(self.names[name]))
        return column


class Record(Mapping[str, Any]):
    """One row of a batch."""

    __slots__ = ("_columns", "_place")

    def __init__(self, columns: _Columns, place: int) -> None:
        self._columns = columns
        self._place = place

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401
        return self._columns[name][self._place]

    def __contains__(self, name: object) -> bool:
        return name in self._columns.names

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns.names)

    def __len__(self) -> int:
        return len(self._columns.names)


def records(batch: pa.RecordBatch) -> Iterator[Record]:
    """Yield the rows of a batch."""
    columns = _Columns(batch)
    for place in range(batch.num_rows):
        yield Record(columns, place)
