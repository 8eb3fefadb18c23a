"""Conditions on fields, as parameters of a query and in SQL."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, timezone
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import TypeAlias

Address: TypeAlias = "str | IPv4Address | IPv6Address | IPv4Network | IPv6Network"
"""An address, or the network that it is in."""
Moment: TypeAlias = "datetime | str"
"""A time: a `datetime` (of the local time zone, if it has none), or a text as in RFC 3339."""
Span: TypeAlias = "timedelta | float"
"""A duration; a number is seconds."""

# What stands before the equals sign of a parameter, and what SQL writes, for each ending of a keyword.
_OPERATORS = {"": ("", "="), "ne": ("!", "<>"), "ge": (">", ">="), "le": ("<", "<="), "contains": ("~", "contains")}


def _split(keyword: str) -> tuple[str, str]:
    """Return the field and the operator of a keyword as ``bytes__ge``."""
    name, _, ending = keyword.partition("__")
    if ending not in _OPERATORS or keyword.endswith("__"):
        raise ValueError(f"cannot compare by {keyword!r}: a field ends in nothing, __ne, __ge, __le or __contains")
    return name, ending


def utc(moment: datetime) -> datetime:
    """Return the same moment in UTC; without a time zone it is local time."""
    return moment.astimezone(timezone.utc)


def text(value: object) -> str:
    """Return a value as the engine reads it.

    Examples
    --------
    >>> text(True), text(timedelta(minutes=1)), text(datetime(2026, 1, 5, 9, tzinfo=timezone.utc))
    ('true', '60.0', '2026-01-05T09:00:00Z')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return utc(value).isoformat().replace("+00:00", "Z")
    if isinstance(value, timedelta):
        return str(value.total_seconds())
    return str(value)


def parameters(written: Iterable[str], keywords: Mapping[str, object]) -> list[tuple[str, str]]:
    """Return conditions as parameters of a list.

    Parameters
    ----------
    written : iterable of str
        Conditions as they stand in a query: ``bytes>=1000``.
    keywords : mapping
        Values by field, which ends in an operator if they are not to be equal.

    Examples
    --------
    >>> parameters(["bytes>=1000"], {"server_name__contains": "example", "is_local": True})
    [('bytes>', '1000'), ('server_name~', 'example'), ('is_local', 'true')]
    """
    params = []
    for condition in written:
        key, equals, wanted = condition.partition("=")
        if not equals:
            raise ValueError(f"cannot use the condition {condition!r}: write it as field=value, !=, >=, <= or ~=")
        params.append((key.strip(), wanted.strip()))
    for keyword, value in keywords.items():
        name, ending = _split(keyword)
        if value is None:
            raise ValueError(f"cannot compare {keyword} with None: leave it out; the history can say what is missing")
        params.append((name + _OPERATORS[ending][0], text(value)))
    return params


def literal(value: object) -> str:
    """Return a value in SQL.

    Examples
    --------
    >>> print(literal("it's"), literal(None), literal(timedelta(seconds=2)))
    'it''s' NULL 2.0
    """
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, timedelta):
        return repr(value.total_seconds())
    if isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)):
        return repr(value)
    if isinstance(value, float):
        raise ValueError(f"cannot compare with {value}")
    if isinstance(value, datetime):
        return f"TIMESTAMP '{utc(value).replace(tzinfo=None).isoformat(sep=' ')}'"
    return "'" + str(value).replace("'", "''") + "'"


def sql(keywords: Mapping[str, object]) -> list[str]:
    r"""Return conditions in SQL.

    Examples
    --------
    >>> sql({"srv_port": [80, 443], "bytes__ge": 1000, "server_name__contains": "Example", "end_reason__ne": None})
    ['"srv_port" IN (80, 443)', '"bytes" >= 1000', 'contains(lower("server_name"), lower(\'Example\'))',
     '"end_reason" IS NOT NULL']
    """
    conditions = []
    for keyword, value in keywords.items():
        name, ending = _split(keyword)
        column = '"' + name.replace('"', '""') + '"'
        operator = _OPERATORS[ending][1]
        if ending == "contains":
            conditions.append(f"contains(lower({column}), lower({literal(str(value))}))")
        elif value is None:
            conditions.append(f"{column} IS {'NOT ' if ending == 'ne' else ''}NULL")
        elif isinstance(value, (list, tuple, set, frozenset)):
            values = ", ".join(map(literal, value)) or "NULL"
            conditions.append(f"{column} {'NOT IN' if ending == 'ne' else 'IN'} ({values})")
        else:
            conditions.append(f"{column} {operator} {literal(value)}")
    return conditions
