"""Values as text, for terminals and notebooks."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import zip_longest
from unicodedata import east_asian_width


def cell(value: object) -> str:
    r"""Return a value as the text of one cell.

    What hosts on the network chose (names, paths) may hold what terminals obey; it is made harmless.

    Examples
    --------
    >>> cell(None), cell(382466.9527), cell(timedelta(seconds=1.5)), cell(["a", "b"]), cell("\x1b[31mred")
    ('', '382466.953', '1.5', 'a;b', '\ufffd[31mred')
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="milliseconds").replace("+00:00", "")
    if isinstance(value, timedelta):
        return f"{value.total_seconds():g}"
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".") if abs(value) >= 1 else f"{value:.3g}"
    if isinstance(value, (list, tuple)):
        return ";".join(map(cell, value))
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in str(value))


def aligned(names: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table whose columns are aligned: numbers to the right.

    Examples
    --------
    >>> print(aligned(["l7_proto", "bytes"], [["TLS", 1465452], ["DNS", 512]]))
    l7_proto    bytes
    TLS       1465452
    DNS           512
    """
    table = list(rows)
    right = [
        any(isinstance(v, (int, float, timedelta)) and not isinstance(v, bool) for v in values if v is not None)
        for values in zip_longest(*table, [None] * len(names))
    ]
    cells = [[cell(name) for name in names], *([cell(v) for v in row] for row in table)]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    lines = []
    for row in cells:
        padded = []
        for text, width, to_right in zip(row, widths, right, strict=True):
            blank = " " * (width - _width(text))
            padded.append(blank + text if to_right else text + blank)
        lines.append("  ".join(padded).rstrip())
    return "\n".join(lines)


def _width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return len(text) if text.isascii() else sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def as_html(names: Sequence[str], rows: Iterable[Sequence[object]], caption: str) -> str:
    """Return a table for a notebook."""
    head = "".join(f"<th>{html.escape(cell(name))}</th>" for name in names)
    body = "".join("<tr>" + "".join(f"<td>{html.escape(cell(v))}</td>" for v in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{html.escape(caption)}</p>"
