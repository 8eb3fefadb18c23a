"""What `read` and `stream` can be told."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable
from datetime import timedelta
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypedDict

from flowloom.check import Check
from flowloom.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    Path: TypeAlias = "str | os.PathLike[str]"
    Seconds: TypeAlias = "float | timedelta"
    Checks: TypeAlias = "Path | Check | ModuleType"


class Options(TypedDict, total=False):
    """The options of `flowloom.read` and `flowloom.stream`; what is left out has the engine's default.

    Attributes
    ----------
    filter : str
        Look only at packets that match this expression of pcap (``"tcp port 443"``).
    columns : sequence of str
        Fields that flows have; ``"cli2srv_*"`` stands for all that begin so. Fewer are faster.
    checks : str, path, Check, module or sequence of them
        Checks to run: ``"shipped"``, scripts, folders of scripts, functions decorated with `flowloom.check`, or modules
        that have such functions.
    check_settings : path
        YAML file with settings of checks.
    idle_timeout, active_timeout : float or timedelta
        End flows that are idle for so many seconds, or a record of those that go on for so long.
    workers : int
        Number of workers, one for each processor by default.
    max_flows, max_hosts : int
        How many are kept at a time; beyond, the oldest go.
    detection : bool
        Look for protocols and applications, as by default. Without, flows have no names.
    keep_tunnels : bool
        Count tunnelled packets as flows of the tunnel, not of what it carries.
    order : {"time", "given"}
        Several captures are merged by time, or read one after the other.
    rules : path
        Protocols and applications of your own.
    local_nets : sequence of str
        Local networks, ``"10.0.0.0/8"`` or ``"10.0.0.0/8=office"``.
    geoip, mac_vendors : sequence of paths
        Files about addresses and network cards.
    blacklists : sequence of paths
        Files of addresses, names and fingerprints to be wary of.
    batch_rows : int
        How many flows a batch has.
    duration : float or timedelta
        End the capture on an interface after so many seconds.
    snaplen, ring : int
        Keep so many bytes of each frame; so many MiB of memory for frames that wait.
    promiscuous : bool
        Capture all that passes, as by default, or only what is for this machine.
    progress : bool
        Show a progress bar; by default where there is a terminal or a notebook to show it in.
    """

    filter: str
    columns: str | Sequence[str]
    checks: Checks | Sequence[Checks]
    check_settings: Path
    idle_timeout: Seconds
    active_timeout: Seconds
    workers: int
    max_flows: int
    max_hosts: int
    detection: bool
    keep_tunnels: bool
    order: str
    rules: Path
    local_nets: str | Sequence[str]
    geoip: Path | Sequence[Path]
    blacklists: Path | Sequence[Path]
    mac_vendors: Path | Sequence[Path]
    batch_rows: int
    duration: Seconds
    snaplen: int
    ring: int
    promiscuous: bool
    progress: bool | None


_SECONDS = ("idle_timeout", "active_timeout", "duration")
_PATHS = ("check_settings", "rules")
_PATH_LISTS = ("geoip", "blacklists", "mac_vendors")
_NEGATED = {"detection": "no_detection", "promiscuous": "not_promiscuous"}
_NAMES = Options.__optional_keys__


def engine_options(sources: Iterable[Path], options: dict[str, Any]) -> tuple[dict[str, object], list[Check]]:
    """Return the options as libflowloom takes them, and the checks that are functions."""
    unknown = sorted(options.keys() - _NAMES)
    if unknown:
        raise TypeError(f"there is no option {', '.join(unknown)}: there are {', '.join(sorted(_NAMES))}")
    told: dict[str, object] = {"sources": [os.fsdecode(source) for source in sources]}
    for name, value in options.items():
        if value is None or name in ("checks", "progress"):
            continue
        if name in _NEGATED:
            told[_NEGATED[name]] = not value
        else:
            told[name] = _plain(name, value)
    scripts, functions = _sorted_out(options.get("checks") or ())
    told["checks"] = scripts
    told["functions"] = [check.description() for check in functions]
    return told, functions


def _plain(name: str, value: Any) -> object:  # noqa: ANN401 # any option
    if name in _SECONDS:
        return _seconds(name, value)
    if name in _PATHS:
        return os.fspath(value)
    if name in _PATH_LISTS:
        return [os.fspath(path) for path in ([value] if isinstance(value, (str, os.PathLike)) else value)]
    return [value] if name in ("columns", "local_nets") and isinstance(value, str) else value


def _seconds(name: str, value: object) -> float:
    """Return a time that the engine can wait for: 0 would be its default."""
    seconds = value.total_seconds() if isinstance(value, timedelta) else value
    if not isinstance(seconds, (int, float)) or not (seconds > 0 and math.isfinite(seconds)):
        raise OptionError(f"cannot use {value!r} as {name}: give seconds above 0, or a timedelta")
    return seconds


def _sorted_out(checks: Any) -> tuple[list[str], list[Check]]:  # noqa: ANN401 # as Options tells
    """Tell scripts from functions."""
    scripts: list[str] = []
    functions: list[Check] = []
    single = isinstance(checks, (str, os.PathLike, Check, ModuleType)) or not isinstance(checks, Iterable)
    for check in [checks] if single else checks:
        if isinstance(check, Check):
            functions.append(check)
        elif isinstance(check, ModuleType):
            functions += [value for value in vars(check).values() if isinstance(value, Check)]
        elif isinstance(check, (str, os.PathLike)):
            scripts.append(os.fspath(check))
        else:
            raise OptionError(
                f"cannot use {check!r} as a check: decorate the function with flowloom.check.flow_end or another hook"
            )
    return scripts, functions
