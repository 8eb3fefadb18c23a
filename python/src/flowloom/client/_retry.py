"""When and how long to wait before asking again."""

from __future__ import annotations

import random
from collections.abc import Generator
from typing import TypeVar

from flowloom.client._exchange import Answer, Exchange, Pause, Request
from flowloom.errors import FlowloomError, UnreachableError

T = TypeVar("T")

# Seconds: the first pause, the longest of our own, and the longest that an engine can ask for.
_FIRST, _LONGEST, _PATIENCE = 0.25, 8.0, 60.0
# It has too much to do (429), or cannot at the moment (503).
_LATER = frozenset({429, 503})


def backoff(attempt: int) -> float:
    """Return how many seconds to wait after an attempt, counted from 0: twice as many each time.

    Half of it is by chance, so that clients that an engine failed together do not come back together.
    """
    return min(_FIRST * 2.0**attempt, _LONGEST) * random.uniform(0.5, 1.0)  # noqa: S311


def _pause(outcome: Answer | FlowloomError, attempt: int) -> float | None:
    """Return how long to wait before the next attempt, None if it would not help."""
    if isinstance(outcome, UnreachableError):
        return backoff(attempt)
    if isinstance(outcome, Answer) and outcome.status in _LATER:
        asked = outcome.retry_after
        if asked is None:
            return backoff(attempt)
        return asked if asked <= _PATIENCE else None
    return None


def converse(exchange: Exchange[T], retries: int) -> Generator[Request | Pause, Answer | FlowloomError | None, T]:
    """Run an exchange to its end: yield what to do next, be sent what came of it.

    Requests are repeated up to `retries` times when the engine could not be reached or was busy, if that is
    `safe`. Other failures are raised.
    """
    try:
        step = next(exchange)
        while True:
            while isinstance(step, Pause):
                yield step
                step = next(exchange)
            step = exchange.send((yield from _attempts(step, retries)))
    except StopIteration as end:
        value: T = end.value
        return value


def _attempts(request: Request, retries: int) -> Generator[Request | Pause, Answer | FlowloomError | None, Answer]:
    attempt = 0
    while True:
        outcome = yield request
        assert outcome is not None  # noqa: S101 # only a pause has no outcome
        pause = _pause(outcome, attempt) if request.safe and attempt < retries else None
        if pause is None:
            if isinstance(outcome, FlowloomError):
                raise outcome
            outcome.check()
            return outcome
        attempt += 1
        yield Pause(pause)
