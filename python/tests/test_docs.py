"""The pages are true: their examples are run, and they leave nothing out."""

from __future__ import annotations

import doctest
import inspect
import re
import shlex
from pathlib import Path
from types import SimpleNamespace

import pytest
from ntopng import historical, host, interface, ntopng

import flowloom
from flowloom.cli import main
from served import Served

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {DOCS / "python.md": 13, DOCS.parent / "python" / "README.md": 2}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_examples_of_a_page(page: Path, fresh: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLOWLOOM_URL", fresh.url)
    sessions = re.findall(r"^```pycon\n(.*?)^```$", page.read_text(), re.DOTALL | re.MULTILINE)
    example = doctest.DocTestParser().get_doctest("\n".join(sessions), {}, page.name, str(page), 0)
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
    report: list[str] = []
    result = runner.run(example, out=report.append, clear_globs=False)
    engine = example.globs["engine"]
    assert isinstance(engine, flowloom.Client)
    engine.close()
    assert result.failed == 0, "".join(report)
    assert result.attempted >= PAGES[page]


def test_the_loop_over_events() -> None:
    (block,) = re.findall(
        r"^```python\n(for event in .*?)^```$", (DOCS / "python.md").read_text(), re.DOTALL | re.MULTILINE
    )
    told = [
        flowloom.Alert({"severity": "critical", "message": "it burns"}),
        flowloom.Alert({"severity": "info", "message": "all is well"}),
        flowloom.Flow({"cli_ip": "192.0.2.1", "server_name": "www.example.com"}),
        flowloom.Flow({"cli_ip": "192.0.2.2", "server_name": None}),
        flowloom.Missed(3),
    ]
    said: list[object] = []
    engine = SimpleNamespace(events=lambda topics: told if topics == ["flows", "alerts"] else [])
    names = {"flowloom": flowloom, "engine": engine, "page_somebody": said.append, "print": lambda *a: said.append(a)}
    exec(block, names)
    assert said == ["it burns", ("192.0.2.1", "www.example.com"), ("not all was told:", 3)]


def test_commands(capsys: pytest.CaptureFixture[str]) -> None:
    shell = "\n".join(
        re.findall(r"^```console\n(.*?)^```$", (DOCS / "python.md").read_text(), re.DOTALL | re.MULTILINE)
    )
    commands = re.findall(r"^\$ python -m flowloom ([^\n>]*)([^\n]*)\n((?:[^$\n].*\n)*)", shell, re.MULTILINE)
    assert len(commands) == 4
    for command, _, expected in commands:
        if command.startswith("events"):
            continue  # it never ends
        assert main(shlex.split(command)) == 0
        shown = capsys.readouterr().out
        assert expected in ("", shown)


def test_every_method_of_the_official_client_has_its_counterpart() -> None:
    page = (DOCS / "python.md").read_text()
    for kind in (ntopng.Ntopng, interface.Interface, host.Host, historical.Historical):
        for name, _ in inspect.getmembers(kind, inspect.isfunction):
            assert name.startswith("_") or re.search(rf"\b{name}\b", page), f"{kind.__name__}.{name}"


def test_every_name_of_the_table_exists() -> None:
    page = (DOCS / "python.md").read_text()
    names = set(re.findall(r"\bengine((?:\.\w+)+)\(", page))
    assert len(names) > 12
    with flowloom.connect() as engine:
        for name in names:
            found: object = engine
            for part in name[1:].split("."):
                found = getattr(found, part)


def test_every_exception_is_told_of() -> None:
    page = (DOCS / "python.md").read_text() + (DOCS / "python-engine.md").read_text()
    for name in flowloom.__all__:
        kind = getattr(flowloom, name)
        if isinstance(kind, type) and issubclass(kind, Exception):
            assert f"`{name}`" in page or f"`flowloom.{name}`" in page
