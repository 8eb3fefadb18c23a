"""The history of an engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Literal, TypeAlias

from flowloom._row import Row
from flowloom.client import _decode
from flowloom.client._conditions import literal, sql
from flowloom.client._endpoint import Awaiting, Blocking, Endpoint
from flowloom.client._exchange import ARROW, Exchange, Request
from flowloom.rows import Rows

Clause: TypeAlias = "str | Iterable[str] | None"
Where: TypeAlias = "str | Mapping[str, object] | Iterable[str] | None"
Table: TypeAlias = Literal["flows", "alerts", "alert_changes", "samples", "ntopng.flows"]


class _History:
    @Endpoint
    def sql(self, query: str, *, limit: int = 10_000, seconds: float = 30) -> Exchange[Rows[Row]]:
        """Ask the history in SQL.

        Parameters
        ----------
        query : str
            One SELECT, as DuckDB speaks it, over ``flows``, ``alerts``, ``alert_changes``, ``samples`` or
            ``ntopng.flows``.
        limit : int
            Rows to return at most, up to 1,000,000.
        seconds : float
            How long the engine may take, up to 300.

        Returns
        -------
        Rows of Row
            Attributes are the columns. Times are in UTC, durations are seconds.

        Raises
        ------
        QueryError
            The query cannot be run, or takes too long.
        NotFoundError
            The engine keeps no history.

        Examples
        --------
        >>> engine.history.sql('''
        ...     SELECT l7_proto, sum(bytes) AS bytes, count(*) AS flows FROM flows
        ...     GROUP BY ALL ORDER BY bytes DESC LIMIT 3''').to_pandas()
          l7_proto    bytes  flows
        0     HTTP  2698171     19
        1      TLS  1465452     24
        2  Unknown   163838    264
        """
        return _ask(query, limit, seconds)

    @Endpoint
    def query(
        self,
        *,
        select: Clause = "*",
        table: Table = "flows",
        where: Where = None,
        begin: datetime | None = None,
        end: datetime | None = None,
        group_by: Clause = None,
        order_by: Clause = None,
        limit: int = 10_000,
        seconds: float = 30,
    ) -> Exchange[Rows[Row]]:
        """Ask the history by clauses of SQL.

        Parameters
        ----------
        select, group_by, order_by : str or iterable of str, optional
            Expressions, as they stand in SQL.
        table : str
            Where to look: ``flows``, ``alerts``, ``alert_changes``, ``samples`` or ``ntopng.flows``.
        where : str, iterable of str, or mapping, optional
            Conditions in SQL, which all have to hold; or values by field with the endings of `flows.list`, where
            a list holds what a field may be and None stands for missing.
        begin, end : datetime, optional
            Only what lasted at some time between the two.
        limit, seconds
            As for `sql`.

        Examples
        --------
        >>> engine.history.query(
        ...     select=["srv_port", "count(*) AS flows", "sum(bytes) AS bytes"],
        ...     where={"l4_proto": "TCP", "bytes__ge": 1000}, group_by="srv_port", order_by="bytes DESC", limit=3)
        srv_port  flows    bytes
              80     19  2698171
             443     24  1465452
           50021      1   128596
        3 rows, and there are more
        >>> engine.history.query(select="message", table="alerts", where={"check": "port_scan"})[0].message
        '192.168.10.28 tried 20 ports of 192.168.10.5'
        """
        conditions = [*_conditions(where), *_within(table, begin, end)]
        text = f"SELECT {_clause(select) or '*'}\nFROM {table}"
        for word, clause in (
            ("WHERE", " AND ".join(f"({c}\n)" for c in conditions)),
            ("GROUP BY", _clause(group_by)),
            ("ORDER BY", _clause(order_by)),
        ):
            if clause:
                text += f"\n{word} {clause}"
        return _ask(text, limit, seconds)


def _ask(text: str, limit: int, seconds: float) -> Exchange[Rows[Row]]:
    body = {"sql": text, "limit": limit, "seconds": seconds}
    answer = yield Request("POST", "/api/v1/history/query", body=body, accept=ARROW, patience=seconds)
    return _decode.result(answer)


# The columns that say when something began and ended, where they are not first_seen and last_seen.
_BOUNDS = {
    "alert_changes": ("noted", "noted"),
    "samples": ("time", "time"),
    "ntopng.flows": ("FIRST_SEEN", "LAST_SEEN"),
}


def _within(table: str, begin: datetime | None, end: datetime | None) -> Iterator[str]:
    first, last = _BOUNDS.get(table, ("first_seen", "last_seen"))
    if begin is not None:
        yield f"{last} >= {literal(begin)}"
    if end is not None:
        yield f"{first} <= {literal(end)}"


def _clause(given: Clause) -> str:
    return given if isinstance(given, str) else ", ".join(given or ())


def _conditions(where: Where) -> list[str]:
    if where is None:
        return []
    if isinstance(where, str):
        return [where]
    return sql(where) if isinstance(where, Mapping) else list(where)


class History(_History, Blocking):
    """Flows, alerts and series that the engine remembers."""


class AsyncHistory(_History, Awaiting):
    """Flows, alerts and series that the engine remembers."""
