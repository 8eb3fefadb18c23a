"""Captures and interfaces, read in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from flowloom import _text
from flowloom._analysis import Analysis
from flowloom._fields import Flow
from flowloom._lazy import objects
from flowloom.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd
    import pyarrow as pa
    from typing_extensions import Self, Unpack

    from flowloom._analysis import CheckCost
    from flowloom._options import Options, Path

__all__ = ["Flows", "Stream", "read", "stream"]


# What a person sees of flows where nobody chose columns.
_TELLING = (
    "first_seen",
    "l4_proto",
    "cli_ip",
    "cli_port",
    "srv_ip",
    "srv_port",
    "l7_proto",
    "server_name",
    "bytes",
    "duration",
)
_SHOWN = 10


class Flows(Analysis, Rows[Flow]):
    """The flows of captures or interfaces, as they are found.

    Flows come while the engine works, and are kept: iterate as often as you like. What needs all of them, such as
    `len`, `to_pandas`, or the hosts of a capture, waits for the end. Of an interface, hosts, alerts and sums are those
    of now.

    Attributes are looked up when they are asked for, so iterating costs only what is used. As any table, flows can be
    given to what takes Arrow: ``duckdb.sql("FROM flows")``.
    """

    def __init__(self, sources: Sequence[Path], options: Options) -> None:
        Analysis.__init__(self, sources, cast("dict[str, Any]", options))
        self._kind = Flow
        self._batches: list[pa.RecordBatch] = []
        self._whole: pa.Table | None = None
        self._live = self._session.live()

    def _batch(self, at: int) -> pa.RecordBatch | None:
        """Return a batch, for which it may have to be waited, or None behind the last."""
        with self._lock:
            while at >= len(self._batches):
                batch = self._pull()
                if batch is None:
                    return None
                self._batches.append(batch)
            return self._batches[at]

    @property
    def _table(self) -> pa.Table:  # type: ignore[override]
        # Of all flows, which may have to be waited for.
        import pyarrow as pa

        with self._lock:
            while self._batch(len(self._batches)) is not None:
                pass
            if self._whole is None:
                self._whole = pa.Table.from_batches(self._batches, self._session.schema())
            return self._whole

    @property
    def _total(self) -> int:  # type: ignore[override] # as above
        return len(self)

    def __iter__(self) -> Iterator[Flow]:
        at = 0
        while (batch := self._batch(at)) is not None:
            yield from objects(Flow, batch)
            at += 1

    def __bool__(self) -> bool:
        return self._batch(0) is not None

    def __repr__(self) -> str:
        found = sum(batch.num_rows for batch in self._batches)
        return f"<{found:,} flows>" if self._ended else f"<{found:,} flows so far>"

    def _repr_html_(self) -> str:
        names = [name for name in _TELLING if name in self.columns] or self.columns[:_SHOWN]
        head = [[getattr(flow, name) for name in names] for flow in self[:_SHOWN]]
        of = f", {_SHOWN} of them shown" if len(self) > _SHOWN else ""
        return _text.as_html(names, head, f"{len(self):,} flows{of}, with {len(names)} of {len(self.columns)} fields")

    def to_pandas(self, **options: Any) -> pd.DataFrame:  # noqa: ANN401
        """Return a pandas DataFrame.

        Parameters
        ----------
        **options
            What `pyarrow.Table.to_pandas` takes: ``types_mapper=pd.ArrowDtype`` keeps integers that may be missing as
            integers, and copies nothing.
        """
        return super().to_pandas(**{"split_blocks": True, **options})  # each column for itself is half the work

    def _rows(self, kind: Any, record: type[Any]) -> Rows[Any]:  # noqa: ANN401 # as the base
        self._complete()
        return super()._rows(kind, record)

    def summary(self) -> dict[str, Any]:  # noqa: D102 # as the base
        self._complete()
        return super().summary()

    @property
    def costs(self) -> list[CheckCost]:  # noqa: D102 # as the base
        self._complete()
        return super().costs

    def _complete(self) -> None:
        """Wait for the end of captures."""
        if not self._live and not self._ended:
            _ = self._table


class Stream(Analysis):
    """The flows of captures or interfaces as record batches of Arrow, each of which is given out once.

    The engine waits for the reader, so memory is bounded however large the captures are. Hosts, alerts and sums are
    those of now; at the end they are complete.
    """

    def __init__(self, sources: Sequence[Path], options: Options) -> None:
        super().__init__(sources, cast("dict[str, Any]", options))

    @property
    def schema(self) -> pa.Schema:
        """The schema of the batches."""
        return self._session.schema()

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> pa.RecordBatch:
        batch = self._pull()
        if batch is None:
            raise StopIteration
        return batch

    def flows(self) -> Iterator[Flow]:
        """Return the flows to come as objects, one after the other."""
        for batch in self:
            yield from objects(Flow, batch)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Give the batches to another library by the Arrow PyCapsule interface."""
        import pyarrow as pa

        reader = pa.RecordBatchReader.from_batches(self.schema, self)
        capsule: object = reader.__arrow_c_stream__(requested_schema)  # type: ignore[no-untyped-call]
        return capsule


def read(*sources: Path, **options: Unpack[Options]) -> Flows:
    """Analyse captures, or what passes on interfaces.

    Parameters
    ----------
    *sources : str or path
        Captures (pcap and pcapng, also compressed with gzip or zstd; ``"-"`` is standard input), which are merged by
        time, or names of interfaces.
    **options : Options
        See `flowloom.Options`.

    Returns
    -------
    Flows
        To iterate over, or to be taken as a whole: ``to_pandas()``, ``to_polars()``, ``to_arrow()``. With ``hosts``,
        ``protocols``, ``interfaces``, ``alerts`` and ``summary()``.

    Raises
    ------
    OptionError
        An option is wrong.
    SourceNotFoundError, SourcePermissionError
        A source is not there, or may not be used.
    NoEngineError
        This installation has no engine.

    Examples
    --------
    >>> import flowloom
    >>> flows = flowloom.read(office)
    >>> len(flows)
    437
    >>> max(flows, key=lambda flow: flow.bytes).l7_proto
    'HTTP'
    >>> flows.to_pandas().groupby("l7_proto").bytes.sum().idxmax()
    'HTTP'
    """
    return Flows(sources, options)


def stream(*sources: Path, **options: Unpack[Options]) -> Stream:
    """Analyse captures or interfaces with bounded memory: flows come as record batches, each once.

    Parameters and exceptions are those of `read`.

    Examples
    --------
    >>> import flowloom
    >>> with flowloom.stream(office, columns=["srv_port", "bytes"], batch_rows=200) as batches:
    ...     [batch.num_rows for batch in batches]
    [200, 200, 37]
    """
    return Stream(sources, options)
