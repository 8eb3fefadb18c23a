"""What `import flowloom` gives."""

from __future__ import annotations

import subprocess
import sys

import pytest

import flowloom
from flowloom import errors


def test_public_names_exist() -> None:
    assert set(flowloom._HOMES) | {"__version__", "check"} == set(flowloom.__all__)
    for name in flowloom.__all__:
        assert getattr(flowloom, name) is not None
    assert set(flowloom.__all__) <= set(dir(flowloom))
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        flowloom.nonsense  # noqa: B018


def test_import_loads_nothing_heavy() -> None:
    script = "import sys, flowloom; print(*sorted({'httpx', 'pyarrow', 'pandas', 'polars'} & set(sys.modules)))"
    out = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert out.stdout.strip() == ""


@pytest.mark.parametrize(
    ("status", "kind", "also"),
    [
        (400, errors.QueryError, ValueError),
        (401, errors.AuthenticationError, errors.ResponseError),
        (403, errors.PermissionDeniedError, PermissionError),
        (404, errors.NotFoundError, LookupError),
        (422, errors.QueryError, ValueError),
        (429, errors.RateLimitedError, errors.ResponseError),
        (503, errors.ServerError, errors.ResponseError),
        (418, errors.ResponseError, errors.FlowloomError),
    ],
)
def test_status_codes_have_their_exceptions(status: int, kind: type[Exception], also: type[Exception]) -> None:
    e = errors.ResponseError.of(status, "why", 1.5)
    assert type(e) is kind
    assert isinstance(e, also)
    assert (e.status, e.detail, e.retry_after, str(e)) == (status, "why", 1.5, "why")
