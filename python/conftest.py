"""Tests and examples ask an engine that has seen the office's capture."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from flowloom import Client, connect
from served import TOKEN, Served


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The capture, once an engine is served."""
    return tmp_path_factory.mktemp("captures") / "office.pcap"


@pytest.fixture(scope="session")
def served(office: Path) -> Iterator[Served]:
    """One engine for all tests that leave it as it is."""
    server = Served(office)
    yield server
    server.close()


@pytest.fixture
def fresh() -> Iterator[Served]:
    """An engine for one test, which may change it."""
    server = Served()
    yield server
    server.close()


@pytest.fixture(scope="session")
def engine(served: Served) -> Iterator[Client]:
    """The client of the engine for all."""
    with connect(served.url, token=TOKEN) as client:
        yield client


@pytest.fixture
def anyio_backend() -> str:
    """What runs tests that are coroutines."""
    return "asyncio"


@pytest.fixture(autouse=True)
def _examples(
    doctest_namespace: dict[str, object],
    engine: Client,
    served: Served,
    office: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Examples know `engine`, connect() finds it, and `office` is the capture."""
    doctest_namespace.update(engine=engine, office=office)
    monkeypatch.setenv("FLOWLOOM_URL", served.url)
    monkeypatch.setenv("FLOWLOOM_TOKEN", TOKEN)
