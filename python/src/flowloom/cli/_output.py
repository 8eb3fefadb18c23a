"""Rows as a table, lines of JSON, or CSV."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from flowloom import _text
from flowloom.rows import Rows


def plain(value: object) -> object:
    """Return a value as JSON and CSV have it: times as in RFC 3339, durations in seconds."""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, timedelta):
        return value.total_seconds()
    return str(value)


def json_line(row: Mapping[str, object]) -> str:
    """Return one row as an object, without what it does not have."""
    return json.dumps({name: v for name, v in row.items() if v is not None}, default=plain, ensure_ascii=False)


def _json(rows: Rows[Any]) -> None:
    for row in rows:
        print(json_line(row))


def _csv(rows: Rows[Any]) -> None:
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(rows.columns)
    for row in rows:
        out.writerow([_csv_cell(v) for v in row.values()])


def _csv_cell(value: object) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ";".join(map(str, value))
    return "" if value is None else value if isinstance(value, (int, float)) else plain(value)


def _table(rows: Rows[Any]) -> None:
    print(_text.aligned(rows.columns, (list(row.values()) for row in rows)))
    if rows.more:
        of = "" if rows.total is None else f" of {rows.total}"
        print(f"flowloom: these are the first {len(rows)}{of} rows; --limit shows more", file=sys.stderr)


FORMATS: dict[str, Callable[[Rows[Any]], None]] = {"table": _table, "json": _json, "csv": _csv}
