"""Network traffic as flows, hosts and alerts.

`read` and `stream` analyse in this process, `connect` asks a running engine. Names are loaded when they are first used,
so that ``import flowloom`` is quick.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flowloom import check
    from flowloom._analysis import CheckCost
    from flowloom._fields import Alert, Flow, Host, Interface, Network, Protocol
    from flowloom._native import engine_version
    from flowloom._options import Options
    from flowloom._row import Row
    from flowloom.client import AsyncClient, Client, Missed, connect, connect_async
    from flowloom.errors import (
        AnswerError,
        AuthenticationError,
        CheckWarning,
        ClosedError,
        DamageWarning,
        EngineError,
        EngineFaultError,
        FileWarning,
        FlowloomError,
        NoEngineError,
        NotFoundError,
        OptionError,
        PermissionDeniedError,
        QueryError,
        RateLimitedError,
        ResponseError,
        ServerError,
        SourceNotFoundError,
        SourcePermissionError,
        TimedOutError,
        UnreachableError,
    )
    from flowloom.flows import Flows, Stream, read, stream
    from flowloom.rows import Rows

    __version__: str

# The module of each public name.
_HOMES = {
    "Alert": "_fields",
    "AnswerError": "errors",
    "AsyncClient": "client",
    "AuthenticationError": "errors",
    "CheckCost": "_analysis",
    "CheckWarning": "errors",
    "Client": "client",
    "ClosedError": "errors",
    "DamageWarning": "errors",
    "EngineError": "errors",
    "EngineFaultError": "errors",
    "FileWarning": "errors",
    "Flow": "_fields",
    "FlowloomError": "errors",
    "Flows": "flows",
    "Host": "_fields",
    "Interface": "_fields",
    "Missed": "client",
    "Network": "_fields",
    "NoEngineError": "errors",
    "NotFoundError": "errors",
    "OptionError": "errors",
    "Options": "_options",
    "PermissionDeniedError": "errors",
    "Protocol": "_fields",
    "QueryError": "errors",
    "RateLimitedError": "errors",
    "ResponseError": "errors",
    "Row": "_row",
    "Rows": "rows",
    "ServerError": "errors",
    "SourceNotFoundError": "errors",
    "SourcePermissionError": "errors",
    "Stream": "flows",
    "TimedOutError": "errors",
    "UnreachableError": "errors",
    "connect": "client",
    "connect_async": "client",
    "engine_version": "_native",
    "read": "flows",
    "stream": "flows",
}

__all__ = [
    "Alert",
    "AnswerError",
    "AsyncClient",
    "AuthenticationError",
    "CheckCost",
    "CheckWarning",
    "Client",
    "ClosedError",
    "DamageWarning",
    "EngineError",
    "EngineFaultError",
    "FileWarning",
    "Flow",
    "FlowloomError",
    "Flows",
    "Host",
    "Interface",
    "Missed",
    "Network",
    "NoEngineError",
    "NotFoundError",
    "OptionError",
    "Options",
    "PermissionDeniedError",
    "Protocol",
    "QueryError",
    "RateLimitedError",
    "ResponseError",
    "Row",
    "Rows",
    "ServerError",
    "SourceNotFoundError",
    "SourcePermissionError",
    "Stream",
    "TimedOutError",
    "UnreachableError",
    "__version__",
    "check",
    "connect",
    "connect_async",
    "engine_version",
    "read",
    "stream",
]


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import version

        value: object = version("flowloom")
    elif name == "check":
        value = importlib.import_module("flowloom.check")
    elif name in _HOMES:
        value = getattr(importlib.import_module(f"flowloom.{_HOMES[name]}"), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
