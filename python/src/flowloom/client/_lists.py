"""Lists, which come by pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

import pyarrow as pa

from flowloom._row import Row
from flowloom.client._conditions import parameters
from flowloom.client._exchange import ARROW, Answer, Exchange, Params, Request
from flowloom.errors import AnswerError
from flowloom.rows import Rows

R = TypeVar("R", bound=Row)

# Rows of a page: the most that an engine gives.
_PAGE = 10_000

Names = str | Iterable[str] | None


def names(given: Names) -> str:
    """Return names as a list with commas."""
    return given if isinstance(given, str) else ",".join(given or ())


def shape(written: Iterable[str], keywords: Mapping[str, object], columns: Names, sort: Names = None) -> Params:
    """Return the parameters that say which rows and columns are wanted."""
    params = parameters(written, keywords)
    params += [(key, value) for key, value in (("columns", names(columns)), ("sort", names(sort))) if value]
    return params


def place(name: str, capture: int | None) -> str:
    """Return the path of a list: of the engine, or of a capture."""
    return f"/api/v1/{name}" if capture is None else f"/api/v1/captures/{int(capture)}/{name}"


def listing(kind: type[R], path: str, params: Params, limit: int | None) -> Exchange[Rows[R]]:
    """Ask for pages until there are `limit` rows, or no more; None for all that the engine gives."""
    pages: list[pa.Table] = []
    found, cursor = 0, ""
    while True:
        size = _PAGE if limit is None else min(_PAGE, limit - found)
        page = [*params, ("limit", str(size)), *([("cursor", cursor)] if cursor else [])]
        answer = yield Request("GET", path, tuple(page), accept=ARROW)
        table = answer.arrow()
        pages.append(table)
        found += table.num_rows
        cursor = answer.headers.get("flowloom-next", "")
        if not cursor or table.num_rows == 0 or found == limit:
            return Rows(pa.concat_tables(pages), kind, _total(answer))


def _total(answer: Answer) -> int:
    try:
        return int(answer.headers["flowloom-total"])
    except (KeyError, ValueError) as e:
        raise AnswerError("the answer does not say how many rows there are: is this an engine's address?") from e
