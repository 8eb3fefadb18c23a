"""A progress bar in terminals and notebooks."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flowloom._native import Session

# Seconds between two looks, and before the bar appears: it does not flicker in short runs.
_EVERY = 0.1
_DELAY = 0.5


class Bar:
    """Shows how far a session has come: bytes of captures, packets of interfaces.

    Parameters
    ----------
    session : Session
        What to look at.
    wanted : bool or None
        None shows it where there is a terminal or a notebook.
    """

    def __init__(self, session: Session, wanted: bool | None) -> None:  # noqa: FBT001 # as the option
        from tqdm.auto import tqdm

        self._session = session
        _, _, total = session.progress()
        self._bytes = total > 0
        self._next = 0.0
        self._bar = tqdm(
            total=total or None,
            unit="B" if self._bytes else " packets",
            unit_scale=True,
            delay=_DELAY,
            leave=False,
            disable=None if wanted is None else not wanted,
        )

    def look(self, *, now: bool = False) -> None:
        """Show where it stands, now or if the last look is a while ago."""
        if self._bar.disable or (not now and time.monotonic() < self._next):
            return
        self._next = time.monotonic() + _EVERY
        packets, done, total = self._session.progress()
        if self._bytes:
            self._bar.total = total
            self._bar.set_postfix_str(f"{packets:,} packets", refresh=False)
        self._bar.update((done if self._bytes else packets) - self._bar.n)

    def say(self, text: str) -> None:
        """Write a line to standard error; the bar makes room for it."""
        self._bar.write(text, file=sys.stderr)

    def close(self) -> None:
        """Take the bar away."""
        self._bar.close()
