"""Alerts of a running engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowloom._fields import Alert
from flowloom.client import _decode
from flowloom.client._endpoint import Awaiting, Blocking, Endpoint
from flowloom.client._exchange import Exchange, Request
from flowloom.client._lists import Names, listing, place, shape
from flowloom.client.records import AlertCount, AlertType
from flowloom.rows import Rows

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from flowloom.client._fields import AlertConditions


class _Alerts:
    @Endpoint
    def list(
        self,
        *conditions: str,
        columns: Names = None,
        sort: Names = None,
        limit: int | None = 1000,
        capture: int | None = None,
        **fields: Unpack[AlertConditions],
    ) -> Exchange[Rows[Alert]]:
        """List what checks have found, the latest first; parameters are those of `flows.list`.

        Examples
        --------
        >>> for alert in engine.alerts.list(status="engaged", sort="subject"):
        ...     print(alert.severity, alert.check, alert.subject, alert.message, sep=" | ")
        error | dangerous_host | 192.168.10.28 | its flows have a score of 13400
        error | dangerous_host | 192.168.10.5 | its flows have a score of 13550
        """
        return listing(Alert, place("alerts", capture), shape(conditions, fields, columns, sort), limit)

    @Endpoint
    def acknowledge(
        self, *, check: str | None = None, entity: str | None = None, subject: str | None = None, label: str = ""
    ) -> Exchange[int]:
        """Mark alerts as seen to: those that meet all that is given.

        Parameters
        ----------
        check, entity, subject : str, optional
            Name of the check; ``host``, ``flow``, ``interface``, ``network`` or ``system``; what it is about.
            At least one of the three.
        label : str
            A note that is kept with them.

        Returns
        -------
        int
            How many alerts there were.

        Examples
        --------
        >>> engine.alerts.acknowledge(check="port_scan", label="our scanner")
        1
        >>> engine.alerts.list(check="port_scan")[0].label
        'our scanner'
        """
        body = {**_selection("acknowledge", check, entity, subject), "label": label}
        answer = yield Request("POST", "/api/v1/alerts/acknowledge", body=body, safe=False)
        return int(_decode.member(answer, "acknowledged"))

    @Endpoint
    def release(
        self, *, check: str | None = None, entity: str | None = None, subject: str | None = None
    ) -> Exchange[int]:
        """End alerts; a condition that lasts makes another one.

        Parameters
        ----------
        check, entity, subject : str, optional
            As for `acknowledge`.

        Returns
        -------
        int
            How many alerts were engaged.

        Examples
        --------
        >>> engine.alerts.release(check="large_upload")
        0
        """
        answer = yield Request(
            "POST", "/api/v1/alerts/release", body=_selection("release", check, entity, subject), safe=False
        )
        return int(_decode.member(answer, "released"))

    @Endpoint
    def counters(self) -> Exchange[Rows[AlertCount]]:
        """Count the alerts of each kind.

        Examples
        --------
        >>> [(row.check, row.alerts) for row in engine.alerts.counters()]
        [('cleartext_credentials', 2), ('dangerous_host', 2), ('port_scan', 1)]
        """
        answer = yield Request("GET", "/api/v1/alerts/counters")
        return _decode.rows(AlertCount, _decode.member(answer, "rows"))

    @Endpoint
    def types(self) -> Exchange[Rows[AlertType]]:
        """List what alerts there can be.

        Examples
        --------
        >>> print(engine.alerts.types()[0].detects)
        Logins that cross the network unencrypted
        """
        answer = yield Request("GET", "/api/v1/alerts/types")
        return _decode.rows(AlertType, _decode.member(answer, "rows"))


def _selection(do: str, check: str | None, entity: str | None, subject: str | None) -> dict[str, str]:
    chosen = {"check": check, "entity": entity, "subject": subject}
    chosen = {name: value for name, value in chosen.items() if value is not None}
    if not any(chosen.values()):
        raise ValueError(f"cannot {do} alerts without check, entity or subject: that would be all there are")
    return {name: value for name, value in chosen.items() if value}


class Alerts(_Alerts, Blocking):
    """What checks have found."""


class AsyncAlerts(_Alerts, Awaiting):
    """What checks have found."""
