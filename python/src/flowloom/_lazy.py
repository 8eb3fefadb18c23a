"""Rows over columns: a column becomes a list when it is first asked for, and a row is a place in it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import repeat
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from flowloom._columns import values
from flowloom._fields import Alert, Flow, Host, Interface, Network, Protocol
from flowloom._row import Row

if TYPE_CHECKING:
    import pyarrow as pa

R = TypeVar("R", bound=Row)

_set = object.__setattr__


class Columns:
    """The columns of a batch as attributes, which are lists and made when they are first asked for."""

    def __init__(self, batch: pa.RecordBatch) -> None:
        self._batch = batch

    def __getattr__(self, name: str) -> list[Any]:
        batch: pa.RecordBatch = self.__dict__["_batch"]
        at = batch.schema.get_field_index(name)
        if at < 0:
            raise AttributeError(name)
        column = values(batch.column(at))
        setattr(self, name, column)
        return column

    def names_(self) -> list[str]:
        """Return the names of the fields that the rows have."""
        names: list[str] = self._batch.schema.names
        return names


class Lazy(Row):
    """A row that looks its values up."""

    __slots__ = ("_columns", "_row")

    _plain: ClassVar[type[Row]]  # the class that holds its values
    _columns: Columns
    _row: int

    def __init__(self, columns: Columns, row: int) -> None:
        _set(self, "_columns", columns)
        _set(self, "_row", row)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        if name == "_values":  # what the base class goes by
            return self.to_dict()
        try:
            return getattr(self._columns, name)[self._row]
        except AttributeError:
            names = ", ".join(self._columns.names_())
            raise AttributeError(f"this {type(self).__name__} has no {name!r}; it has {names}") from None

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401
        try:
            return getattr(self._columns, name)[self._row]
        except AttributeError:
            raise KeyError(name) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns.names_())

    def __len__(self) -> int:
        return len(self._columns.names_())

    def __reduce__(self) -> tuple[type[Row], tuple[dict[str, Any]]]:
        return self._plain, (self.to_dict(),)

    def to_dict(self) -> dict[str, Any]:
        """Return the values by the names of their fields."""
        return {name: getattr(self._columns, name)[self._row] for name in self._columns.names_()}


def lazy(kind: type[R]) -> type[R]:
    """Return a class like this one whose rows look their values up."""
    return cast(
        "type[R]", type(kind.__name__, (Lazy, kind), {"__slots__": (), "__doc__": kind.__doc__, "_plain": kind})
    )


_LAZY: dict[type[Row], type[Row]] = {kind: lazy(kind) for kind in (Alert, Flow, Host, Interface, Network, Protocol)}


def objects(kind: type[R], batch: pa.RecordBatch) -> Iterator[R]:
    """Return the rows of a batch as objects."""
    return map(cast("Any", _LAZY[kind]), repeat(Columns(batch)), range(batch.num_rows))
