"""Results: rows that are also an Arrow table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

import pyarrow as pa

from flowloom import _text
from flowloom._columns import records
from flowloom._row import Row

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

R = TypeVar("R", bound=Row)

# How many rows are shown where a person looks at a result.
_SHOWN = 20
# How many rows become Python's values together: a row that is kept keeps the others of its batch.
_BATCH = 1024


class Rows(Sequence[R], Generic[R]):
    """What a question found: a sequence of typed rows over an Arrow table.

    Times of rows are `datetime` in UTC and durations `timedelta`, both cut to microseconds; the Arrow table has
    the nanoseconds.

    Parameters
    ----------
    table : pyarrow.Table
        The data.
    kind : type
        Class of the rows.
    total : int or None
        How many rows there are in all, of which the table may hold the first; None if there are more than the
        table has, and nobody counted.

    Examples
    --------
    >>> import pyarrow as pa
    >>> rows = Rows(pa.table({"l7_proto": ["TLS", "DNS"], "flows": [24, 31]}), Row, 2)
    >>> rows
    l7_proto  flows
    TLS          24
    DNS          31
    2 rows
    >>> rows[1].flows, [row.l7_proto for row in rows], int(rows.to_pandas()["flows"].sum())
    (31, ['TLS', 'DNS'], 55)
    """

    def __init__(self, table: pa.Table, kind: type[R], total: int | None) -> None:
        self._table = table
        self._kind = kind
        self._total = total

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return list(self._table.column_names)

    @property
    def total(self) -> int | None:
        """How many rows there are in all; None if there are more than these, and nobody counted."""
        return self._total

    @property
    def more(self) -> bool:
        """Whether there are rows beyond these."""
        return self._total is None or self._total > len(self)

    def to_arrow(self) -> pa.Table:
        """Return the Arrow table, which is not copied."""
        return self._table

    def to_pandas(self, **options: Any) -> pd.DataFrame:  # noqa: ANN401
        """Return a pandas DataFrame.

        Parameters
        ----------
        **options
            What `pyarrow.Table.to_pandas` takes: ``types_mapper=pd.ArrowDtype`` keeps integers that may be
            missing as integers.
        """
        try:
            return self._table.to_pandas(**options)
        except ModuleNotFoundError as e:
            raise ModuleNotFoundError("pandas is needed for this: pip install 'flowloom[pandas]'", name=e.name) from e

    def to_polars(self) -> pl.DataFrame:
        """Return a polars DataFrame."""
        try:
            import polars as pl
        except ModuleNotFoundError as e:
            raise ModuleNotFoundError("polars is needed for this: pip install 'flowloom[polars]'", name=e.name) from e
        frame = pl.from_arrow(self._table)
        assert isinstance(frame, pl.DataFrame)  # noqa: S101 # of a table it makes a frame
        return frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Give the rows to another library by the Arrow PyCapsule interface."""
        stream: object = self.to_arrow().__arrow_c_stream__(requested_schema)  # type: ignore[no-untyped-call]
        return stream

    def __len__(self) -> int:
        return int(self._table.num_rows)

    def __iter__(self) -> Iterator[R]:
        for batch in self._table.to_batches(max_chunksize=_BATCH):
            for record in records(batch):
                yield self._kind(record)

    @overload
    def __getitem__(self, index: int) -> R: ...
    @overload
    def __getitem__(self, index: slice) -> Rows[R]: ...
    def __getitem__(self, index: int | slice) -> R | Rows[R]:
        wanted = range(len(self))[index]
        if isinstance(wanted, int):
            return next(iter(Rows(self._table.slice(wanted, 1), self._kind, 1)))
        table = self._table.take(pa.array(wanted, pa.int64()))
        return Rows(table, self._kind, len(self) if len(table) < len(self) else self._total)

    def _caption(self) -> str:
        if self._total is None:
            return f"{len(self)} rows, and there are more"
        of = f" of {self._total}" if self.more else ""
        return f"{len(self)}{of} row{'' if self._total == 1 else 's'}"

    def _head(self) -> list[list[object]]:
        return [list(row.values()) for row in self[:_SHOWN]]

    def __repr__(self) -> str:
        more = ["..."] if len(self) > _SHOWN else []
        return "\n".join([_text.aligned(self.columns, self._head()), *more, self._caption()])

    def _repr_html_(self) -> str:
        return _text.as_html(self.columns, self._head(), self._caption())
