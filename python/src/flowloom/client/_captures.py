"""Captures that a running engine analyses beside what it sees."""

from __future__ import annotations

import time
from os import PathLike

from flowloom.client import _decode
from flowloom.client._endpoint import Awaiting, Blocking, Endpoint
from flowloom.client._exchange import Content, Exchange, Pause, Request
from flowloom.client.records import Capture, CaptureDetails
from flowloom.errors import TimedOutError
from flowloom.rows import Rows

# Seconds: between two looks at a capture, and that the engine may take to write one down.
_LOOK, _WRITE = 0.2, 60.0


class _Captures:
    @Endpoint
    def list(self) -> Exchange[Rows[Capture]]:
        """List the captures that were uploaded."""
        answer = yield Request("GET", "/api/v1/captures")
        return _decode.rows(Capture, _decode.member(answer, "rows"))

    @Endpoint
    def get(self, number: int) -> Exchange[CaptureDetails]:
        """Tell how a capture stands."""
        answer = yield Request("GET", f"/api/v1/captures/{int(number)}")
        return _decode.row(CaptureDetails, answer.json())

    @Endpoint
    def upload(self, path: str | PathLike[str], *, name: str | None = None) -> Exchange[CaptureDetails]:
        """Upload a capture, which is analysed then.

        Parameters
        ----------
        path : str or path
            A file, pcap or pcapng, also compressed.
        name : str, optional
            What it is called; as the file without.

        Returns
        -------
        CaptureDetails
            Its ``id`` is the number by which lists know it: ``engine.flows.list(capture=...)``.

        Examples
        --------
        >>> capture = engine.captures.upload(office)
        >>> done = engine.captures.wait(capture.id)
        >>> done.state, done.packets, done.flows, done.dropped["packet_not_ip"]
        ('done', 11251, 437, 24)
        >>> engine.alerts.list(check="port_scan", capture=capture.id)[0].message
        '192.168.10.28 tried 20 ports of 192.168.10.5'
        >>> engine.captures.delete(capture.id)
        """
        content = Content.of(path)
        answer = yield Request(
            "POST",
            "/api/v1/captures",
            (("name", content.name if name is None else name),),
            content=content,
            safe=False,
            patience=_WRITE,
        )
        return _decode.row(CaptureDetails, answer.json())

    @Endpoint
    def wait(self, number: int, *, timeout: float = 300) -> Exchange[CaptureDetails]:
        """Wait until a capture is analysed, or could not be.

        Parameters
        ----------
        number : int
            Number of the capture.
        timeout : float
            Seconds to wait at most.

        Raises
        ------
        TimedOutError
            It goes on.
        """
        end = time.monotonic() + timeout
        while True:
            answer = yield Request("GET", f"/api/v1/captures/{int(number)}")
            capture = _decode.row(CaptureDetails, answer.json())
            if capture.state in {"done", "failed"}:
                return capture
            if time.monotonic() > end:
                raise TimedOutError(f"capture {number} was read to {capture.progress:.0%} in {timeout:g} seconds")
            yield Pause(_LOOK)

    @Endpoint
    def delete(self, number: int) -> Exchange[None]:
        """Delete a capture, and end its analysis."""
        yield Request("DELETE", f"/api/v1/captures/{int(number)}")


class Captures(_Captures, Blocking):
    """Captures that were uploaded."""


class AsyncCaptures(_Captures, Awaiting):
    """Captures that were uploaded."""
