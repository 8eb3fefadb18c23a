"""Commands that ask a running engine."""

from __future__ import annotations

import argparse
import getpass
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flowloom.cli._output import FORMATS, json_line

if TYPE_CHECKING:
    from flowloom.client import Client
    from flowloom.rows import Rows

# What is shown of each list unless the user says which columns.
_LISTS = {
    "interfaces": ("interfaces that are captured on", "id,name,link_type,packets,bytes,dropped_packets,throughput"),
    "hosts": ("hosts that were seen", "ip,name,bytes_sent,bytes_rcvd,active_flows,peers,country"),
    "networks": ("local networks", "cidr,name,hosts,ingress_bytes,egress_bytes,inner_bytes,throughput"),
    "flows": ("flows that go on", "l4_proto,cli_ip,srv_ip,srv_port,l7_proto,server_name,bytes,duration"),
    "protocols": ("flows that ended, by protocol", "l7_proto,l7_category,flows,packets,bytes,risky_flows"),
    "alerts": ("what checks have found", "first_seen,severity,check,subject,message,status,label"),
}

_EXAMPLES = """\
examples:
  python -m flowloom flows srv_port=443 'bytes>=1000000' --sort=-bytes
  python -m flowloom hosts is_local=true --columns 'ip,bytes*' --format csv
  python -m flowloom sql 'SELECT l7_proto, sum(bytes) b FROM flows GROUP BY ALL ORDER BY b DESC'
"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    for name, (what, columns) in _LISTS.items():
        parser = _command(commands, name, f"list the {what}" if name != "alerts" else f"list {what}", _list)
        _add_conditions(parser)
        parser.add_argument("--columns", default=columns, help="fields to show (default: %(default)s)")
        parser.add_argument("--sort", help="fields to sort by; --sort=-bytes for descending")
        _add_shape(parser, limit=20)
        parser.set_defaults(list=name)
    parser = _command(commands, "sql", "ask the history", _sql)
    parser.add_argument("query", help="one SELECT over flows, alerts, alert_changes, samples or ntopng.flows")
    parser.add_argument("--seconds", type=float, default=30, help="how long it may take (default: %(default)s)")
    _add_shape(parser, limit=10_000)
    parser = _command(commands, "events", "print what happens, as it happens, as lines of JSON", _events)
    _add_conditions(parser)
    parser.add_argument("--topics", help="flows, alerts, hosts (default: all)")
    parser.add_argument("--columns", help="fields to print (default: all)")
    _command(commands, "status", "print how the engine is doing", _status)


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    summary: str,
    run: Callable[[argparse.Namespace], None],
) -> argparse.ArgumentParser:
    parser = commands.add_parser(
        name,
        help=summary,
        description=summary[0].upper() + summary[1:] + ".",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--url", help="where the engine answers (default: $FLOWLOOM_URL, or http://127.0.0.1:3000)")
    parser.add_argument("--token", help="what it wants to know (default: $FLOWLOOM_TOKEN)")
    parser.add_argument("--username", help="instead of the token; the password is asked for")
    parser.add_argument("--ca", metavar="FILE", help="trust the certificates in this PEM file")
    parser.set_defaults(run=run)
    return parser


def _add_conditions(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "conditions", nargs="*", help="field=value; also !=, >=, <= and ~= (contains), in quotes for the shell"
    )


def _add_shape(parser: argparse.ArgumentParser, limit: int) -> None:
    parser.add_argument("--limit", "-n", type=int, default=limit, help="rows to show (default: %(default)s)")
    parser.add_argument("--format", "-f", choices=FORMATS, default="table", help="(default: %(default)s)")


def _connect(given: argparse.Namespace) -> Client:
    from flowloom.client import connect

    password = None if given.username is None else getpass.getpass()
    return connect(given.url, token=given.token, username=given.username, password=password, verify=given.ca or True)


def _list(given: argparse.Namespace) -> None:
    with _connect(given) as engine:
        rows: Rows[Any] = getattr(engine, given.list).list(
            *given.conditions, columns=given.columns, sort=given.sort, limit=given.limit
        )
    FORMATS[given.format](rows)


def _sql(given: argparse.Namespace) -> None:
    with _connect(given) as engine:
        rows = engine.history.sql(given.query, limit=given.limit, seconds=given.seconds)
    FORMATS[given.format](rows)


def _events(given: argparse.Namespace) -> None:
    from flowloom.client import Missed

    with (
        _connect(given) as engine,
        engine.events(*given.conditions, topics=given.topics, columns=given.columns) as events,
    ):
        for event in events:
            print(json_line({"missed": event.events} if isinstance(event, Missed) else event), flush=True)


def _status(given: argparse.Namespace) -> None:
    with _connect(given) as engine:
        status = engine.status()
    lines = {name: value for name, value in status.items() if name not in {"dropped", "recipients"}}
    lines["dropped"] = ""
    lines.update({f"  {reason}": number for reason, number in status.dropped.items() if number})
    lines.update({f"told {r['name']}": f"{r['sent']}, {r['failed']} failed" for r in status.recipients})
    for name, value in lines.items():
        print(f"{name:<24} {value}".rstrip())
