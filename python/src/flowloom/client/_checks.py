"""Checks and scripts of a running engine."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from os import PathLike
from urllib.parse import quote

from flowloom._fields import Alert
from flowloom.client import _decode
from flowloom.client._endpoint import Awaiting, Blocking, Endpoint
from flowloom.client._exchange import Content, Exchange, Request
from flowloom.client.records import Check, CheckCost, DryRun, Script
from flowloom.rows import Rows

# Seconds that a dry run may take on the engine.
_DRY_RUN = 120.0


def _path(kind: str, name: str) -> str:
    return f"/api/v1/{kind}/" + quote(name, safe="")


def _settings(
    enabled: bool | None,  # noqa: FBT001
    score: int | None,
    exclude: Mapping[str, Iterable[str]] | None,
    params: Mapping[str, object] | None,
) -> dict[str, object]:
    excluded = None if exclude is None else {kind: list(names) for kind, names in exclude.items()}
    given = {"enabled": enabled, "score": score, "exclude": excluded, "params": params}
    return {name: value for name, value in given.items() if value is not None}


class _Checks:
    @Endpoint
    def list(self) -> Exchange[Rows[CheckCost]]:
        """List the checks and what they cost.

        Examples
        --------
        >>> [check.name for check in engine.checks.list() if check.alerts]
        ['cleartext_credentials', 'dangerous_host', 'port_scan']
        """
        answer = yield Request("GET", "/api/v1/checks")
        return _decode.rows(CheckCost, _decode.member(answer, "rows"))

    @Endpoint
    def get(self, name: str) -> Exchange[Check]:
        """Tell of one check, with its settings.

        Examples
        --------
        >>> scan = engine.checks.get("port_scan")
        >>> scan.detects, scan.params[0]["name"]
        ('Clients that try many ports of one host in vain', 'ports')
        """
        answer = yield Request("GET", _path("checks", name))
        return _decode.row(Check, answer.json())

    @Endpoint
    def configure(
        self,
        name: str,
        *,
        enabled: bool | None = None,
        score: int | None = None,
        exclude: Mapping[str, Iterable[str]] | None = None,
        params: Mapping[str, object] | None = None,
    ) -> Exchange[Check]:
        """Switch a check on or off, or change its settings; what is not given stays.

        Parameters
        ----------
        name : str
            Name of the check.
        enabled : bool, optional
            Whether it runs.
        score : int, optional
            Score of its alerts, 1 to 255; 0 leaves it to the check.
        exclude : mapping, optional
            What it is not to look at, in place of what was excluded before: ``hosts`` (addresses and networks),
            ``domains``.
        params : mapping, optional
            Settings of its own; None sets one back to its default.

        Examples
        --------
        >>> check = engine.checks.configure("large_upload", exclude={"hosts": ["192.168.10.6"]}, params={"bytes": 5e8})
        >>> check.exclude["hosts"], check.params[0]["value"]
        (['192.168.10.6'], 500000000)
        """
        answer = yield Request("PUT", _path("checks", name), body=_settings(enabled, score, exclude, params))
        return _decode.row(Check, answer.json())

    @Endpoint
    def scripts(self) -> Exchange[Rows[Script]]:
        """List the scripts that were uploaded."""
        answer = yield Request("GET", "/api/v1/scripts")
        return _decode.rows(Script, _decode.member(answer, "rows"))

    @Endpoint
    def source(self, file: str) -> Exchange[str]:
        """Return the text of a script that was uploaded."""
        answer = yield Request("GET", _path("scripts", file), accept="text/plain")
        return answer.text()

    @Endpoint
    def upload(self, path: str | PathLike[str], *, source: str | None = None) -> Exchange[Check]:
        r"""Upload a script, which runs from then on; it takes the place of one of that name.

        Parameters
        ----------
        path : str or path
            The script: small letters, digits and ``_``, and ``.lua`` or ``.js``.
        source : str, optional
            Its text, if it is not in that file.

        Examples
        --------
        >>> source = "-- @hook flow_end\nif flow.srv_port() == 23 then flow.triggerAlert(100, 'telnet') end"
        >>> engine.checks.upload("telnet.lua", source=source).hooks
        ['flow_end']
        >>> engine.checks.source("telnet.lua") == source
        True
        >>> engine.checks.remove("telnet.lua")
        """
        script = Content.of(path, source)
        answer = yield Request("PUT", _path("scripts", script.name), content=script)
        return _decode.row(Check, answer.json())

    @Endpoint
    def remove(self, file: str) -> Exchange[None]:
        """Remove a script that was uploaded, and its check."""
        yield Request("DELETE", _path("scripts", file))

    @Endpoint
    def dry_run(
        self,
        check: str | PathLike[str],
        capture: int | str | PathLike[str],
        *,
        source: str | None = None,
        score: int | None = None,
        exclude: Mapping[str, Iterable[str]] | None = None,
        params: Mapping[str, object] | None = None,
    ) -> Exchange[DryRun]:
        """Try a check on a capture; the engine takes no notice.

        Parameters
        ----------
        check : str or path
            A script, which ends in ``.lua`` or ``.js``, or the name of a check that the engine has.
        capture : int, str or path
            The number of a capture that was uploaded, or a file of at most 256 MiB.
        source : str, optional
            Text of the script, if it is not in that file.
        score, exclude, params
            Settings, as for `configure`.

        Examples
        --------
        >>> run = engine.checks.dry_run("cleartext_credentials", office)
        >>> run.packets, run.total, run.alerts[0].subject
        (11251, 2, 'TCP 192.168.10.27:49557 > 192.168.10.6:21')
        """
        form = _form(check, capture, source)
        if settings := _settings(None, score, exclude, params):
            form.append(("settings", json.dumps(settings)))
        answer = yield Request("POST", "/api/v1/scripts/dry-run", form=tuple(form), safe=False, patience=_DRY_RUN)
        return DryRun(
            check=_decode.row(Check, _decode.member(answer, "check")),
            alerts=_decode.rows(Alert, _decode.member(answer, "alerts")),
            **{name: _decode.member(answer, name) for name in ("total", "log", "packets", "flows", "damage")},
        )


def _form(
    check: str | PathLike[str], capture: int | str | PathLike[str], source: str | None
) -> list[tuple[str, str | Content]]:
    script = Content.of(check, source)
    is_script = script.name.endswith((".lua", ".js"))
    return [
        ("script", script) if is_script else ("check", str(check)),
        ("capture_id", str(capture)) if isinstance(capture, int) else ("capture", Content.of(capture)),
    ]


class Checks(_Checks, Blocking):
    """The checks, and the scripts that are some of them."""


class AsyncChecks(_Checks, Awaiting):
    """The checks, and the scripts that are some of them."""
