"""python -m flowloom."""

from __future__ import annotations

import csv
import json
import subprocess
import sys

import pytest

from flowloom import Client
from flowloom.cli import main
from stub import Reply, stub


def test_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["flows", "l7_proto=RTP", "--columns", "cli_ip,bytes", "--sort=-bytes", "-n", "1"]) == 0
    shown = capsys.readouterr()
    assert shown.out == "cli_ip          bytes\n192.168.10.62  535000\n"
    assert shown.err == "flowloom: these are the first 1 of 2 rows; --limit shows more\n"


def test_every_list_is_a_command(capsys: pytest.CaptureFixture[str], engine: Client) -> None:
    for name in ("interfaces", "hosts", "networks", "flows", "protocols", "alerts"):
        assert main([name, "--limit", "1"]) == 0
        assert len(capsys.readouterr().out.splitlines()) == 1 + min(1, len(getattr(engine, name).list()))


def test_json_and_csv(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["alerts", "check=cleartext_credentials", "--columns", "first_seen,count,message,label", "-n", "1"]
    assert main([*arguments, "-f", "json"]) == 0
    alert = json.loads(capsys.readouterr().out)
    assert alert["first_seen"] == "2026-01-05T09:01:22.103326Z"
    assert main([*arguments, "-f", "csv"]) == 0
    names, cells = csv.reader(capsys.readouterr().out.splitlines())
    assert names == ["first_seen", "count", "message", "label"]
    assert cells[:3] == [alert["first_seen"], "1", "ben logs in at 192.168.10.5 by POP3"]
    assert main(["flows", "l7_proto=RTP", "-f", "csv", "--columns", "duration,risks,tunnel", "-n", "1"]) == 0
    assert capsys.readouterr().out == "duration,risks,tunnel\n24.99,,\n"


def test_sql(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sql", "SELECT true AS yes, ['a', 'b'] AS l, NULL AS none", "-f", "csv"]) == 0
    assert capsys.readouterr().out == "yes,l,none\ntrue,a;b,\n"
    assert main(["sql", "FROM flows", "--limit", "1"]) == 0
    assert capsys.readouterr().err == "flowloom: these are the first 1 rows; --limit shows more\n"


def test_status(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status"]) == 0
    assert "packets                  11251\n" in capsys.readouterr().out
    told = b'{"version":"1","dropped":{"late":0},"recipients":[{"name":"ops","sent":3,"failed":1}]}'
    with stub(Reply(content=told)) as server:
        assert main(["status", "--url", server.url]) == 0
    assert capsys.readouterr().out.endswith("told ops                 3, 1 failed\n")


def test_events(capsys: pytest.CaptureFixture[str]) -> None:
    told = b'event: host\ndata: {"ip":"192.0.2.1"}\n\nevent: missed\ndata: {"events":3}\n\n'
    replies = Reply(content=told, media="text/event-stream"), Reply(404, b"gone", "text/plain")
    with stub(*replies) as server:
        assert main(["events", "--url", server.url, "--topics", "hosts", "--columns", "ip"]) == 1
    shown = capsys.readouterr()
    assert shown.out == '{"ip": "192.0.2.1"}\n{"missed": 3}\n'
    assert shown.err == "flowloom: answered 404: gone\n"


def test_what_fails(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["hosts", "nosuch=1"]) == 1
    assert capsys.readouterr().err.startswith('flowloom: cannot filter: there is no host field "nosuch"')
    with pytest.raises(SystemExit, match="2"):
        main([])
    monkeypatch.setattr("getpass.getpass", lambda: "a secret")
    assert main(["status", "--username", "anna"]) == 1
    assert "a token is needed" in capsys.readouterr().err

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("flowloom.client.connect", interrupt)
    assert main(["status"]) == 130


def test_who_reads_may_stop() -> None:
    command = f"{sys.executable} -m flowloom flows -f json -n 95 | head -n 1"
    out = subprocess.run(command, shell=True, check=True, capture_output=True, text=True)
    assert (out.stdout.count("\n"), out.stderr) == (1, "")
