"""Rows and results."""

from __future__ import annotations

import pickle
import sys
from copy import deepcopy
from datetime import datetime, timedelta, timezone
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from flowloom import Flow, Row, Rows
from flowloom.client import _decode
from flowloom.errors import AnswerError


def rows() -> Rows[Row]:
    table = pa.table(
        {
            "time": pa.array([1_700_000_000_123_456_789, None], pa.timestamp("ns", "UTC")),
            "lasts": pa.array([1_500_000_001, 2], pa.duration("ns")),
            "name": ["<b>it</b>\x1b[2J", "日本"],
            "tags": [["a", "b"], []],
            "n": pa.array([None, 2**63], pa.uint64()),
        }
    )
    return Rows(table, Row, 7)


def test_values_are_python_s() -> None:
    first, second = rows()
    assert first.time == datetime(2023, 11, 14, 22, 13, 20, 123456, tzinfo=timezone.utc)
    assert first.lasts == timedelta(seconds=1.5)
    assert (first.n, second.time, second.n, second.tags) == (None, None, 2**63, [])
    assert rows().to_arrow()["time"].cast(pa.int64())[0].as_py() % 1000 == 789


NUMBERS = [
    pa.int8(),
    pa.uint8(),
    pa.int16(),
    pa.uint16(),
    pa.int32(),
    pa.uint32(),
    pa.int64(),
    pa.uint64(),
    pa.float32(),
]
TIMES = [
    *(pa.timestamp(unit, zone) for unit in ("s", "ms", "us", "ns") for zone in ("UTC", "Europe/Rome", None)),
    *(pa.duration(unit) for unit in ("s", "ms", "us", "ns")),
]


@pytest.mark.parametrize("kind", [*NUMBERS, *TIMES, pa.bool_(), pa.string(), pa.float64()], ids=str)
@pytest.mark.parametrize("gap", [False, True])
def test_values_are_what_arrow_says(kind: pa.DataType, *, gap: bool) -> None:
    numbers = pa.array([0, 1, 2, None if gap else 3, 4, 5, 100] * 300)
    column = numbers.cast(pa.int64()).cast(kind) if kind in TIMES else numbers.cast(kind)
    table = pa.table({"value": column}).slice(3)  # which leaves an offset
    readable: Any = column
    if kind in TIMES:
        micros = pa.timestamp("us", kind.tz) if pa.types.is_timestamp(kind) else pa.duration("us")
        readable = column.cast(micros, safe=False)
    assert [row.value for row in Rows(table, Row, None)] == readable.to_pylist()[3:]


def test_a_result_is_a_sequence() -> None:
    found = rows()
    assert (len(found), found.total, found.more, found.columns[0]) == (2, 7, True, "time")
    assert found[-1] == found[1] == list(found)[1]
    assert list(found[::-1]) == list(found)[::-1]
    assert (found[:1].total, found[:].total) == (2, 7)
    assert found[0] in found
    with pytest.raises(IndexError):
        found[2]


def test_a_result_is_shown() -> None:
    assert repr(rows()).splitlines() == [
        "time                     lasts  name           tags                    n",
        "2023-11-14 22:13:20.123    1.5  <b>it</b>\ufffd[2J  a;b",
        "                             0  日本                 9223372036854775808",
        "2 of 7 rows",
    ]
    html = rows()._repr_html_()
    assert "<td>&lt;b&gt;it&lt;/b&gt;\ufffd[2J</td>" in html
    assert html.endswith("<p>2 of 7 rows</p>")
    many = Rows(pa.table({"n": list(range(100))}), Row, None)
    assert repr(many).splitlines()[-3:] == ["19", "...", "100 rows, and there are more"]
    assert repr(Rows(pa.table({"n": [1]}), Row, 1)).endswith("1 row")


def test_a_result_is_arrow_to_others() -> None:
    assert pa.RecordBatchReader.from_stream(rows()).read_all().equals(rows().to_arrow())


def test_data_frames() -> None:
    frame = rows().to_pandas(types_mapper=pd.ArrowDtype)
    assert frame["n"].sum() == 2**63
    assert rows().to_polars()["n"].to_list() == [None, 2**63]


@pytest.mark.parametrize("name", ["pandas", "polars"])
def test_data_frames_need_their_package(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    found = rows()
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ModuleNotFoundError, match=rf"pip install 'flowloom\[{name}\]'"):
        getattr(found, f"to_{name}")()


def test_a_row_is_a_mapping_that_stays() -> None:
    row = Flow({"cli_ip": "192.0.2.1", "bytes": 7, "tunnel": None})
    assert repr(row) == "Flow(cli_ip='192.0.2.1', bytes=7)"
    assert {**row} == {"cli_ip": "192.0.2.1", "bytes": 7, "tunnel": None}
    assert "cli_ip" in dir(row)
    for copied in (pickle.loads(pickle.dumps(row)), deepcopy(row)):
        assert copied == row
        assert type(copied) is Flow
    with pytest.raises(AttributeError, match="this Flow has no 'srv_ip'; it has cli_ip, bytes, tunnel"):
        row.srv_ip  # noqa: B018
    with pytest.raises(AttributeError, match="cannot set 'bytes'"):
        row.bytes = 8


@pytest.mark.parametrize("text", ["", "2026-01-05", "2026-01-05T09:00:00", "2026-13-05T09:00:00Z", "x" * 1000])
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(AnswerError):
        _decode.row(Flow, {"first_seen": text})
    assert _decode.moment("2026-01-05T09:00:00Z").microsecond == 0
    assert _decode.moment("2026-01-05T09:00:00.5Z").microsecond == 500_000
