"""One record, by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


class Row(Mapping[str, Any]):
    """One record: its values are attributes, and items of a mapping.

    Attributes cannot be changed. What the record could have but has not is ``None``; what was not asked for is no
    attribute. A column that is called like a method of mappings (``values``) is an item only.

    Examples
    --------
    >>> row = Row({"l7_proto": "TLS", "n": 24})
    >>> row.l7_proto, row["n"], dict(row)
    ('TLS', 24, {'l7_proto': 'TLS', 'n': 24})
    """

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, Any]) -> None:
        object.__setattr__(self, "_values", values)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        if name.startswith("_"):  # of Python's own protocols, and before there are values
            raise AttributeError(name)
        try:
            return self._values[name]
        except KeyError:
            has = ", ".join(self._values)
            raise AttributeError(f"this {type(self).__name__} has no {name!r}; it has {has}") from None

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"cannot set {name!r}: a {type(self).__name__} tells what was")

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __reduce__(self) -> tuple[type[Row], tuple[dict[str, Any]]]:
        return type(self), (dict(self._values),)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self._values})

    def __repr__(self) -> str:
        known = (f"{name}={value!r}" for name, value in self._values.items() if value is not None)
        return f"{type(self).__name__}({', '.join(known)})"
