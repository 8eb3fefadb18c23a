"""libflowloom, the engine in this process. Nothing else knows of the library.

Texts and numbers cross as C has them; rows cross as Arrow, without a copy.
"""

from __future__ import annotations

import ctypes
import enum
import json
import os
import sys
from ctypes import POINTER, byref, c_char, c_char_p, c_int, c_int64, c_uint64, c_void_p
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flowloom.errors import (
    ClosedError,
    EngineError,
    EngineFaultError,
    NoEngineError,
    OptionError,
    SourceNotFoundError,
    SourcePermissionError,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa


class Kind(enum.IntEnum):
    """Kinds of rows, as flowloom.h numbers them."""

    FLOWS = 0
    HOSTS = 1
    INTERFACES = 2
    PROTOCOLS = 3
    ALERTS = 4
    NETWORKS = 5


class Signal(enum.Enum):
    """What may come in place of a batch or a question."""

    END = 3
    WAIT = 4


_BATCH = 1
_QUESTION = 2


class AskedError(EngineError):
    """The engine waits for the answer to a question of a check; `Session.next` brings it."""


_ERRORS: dict[int, type[EngineError]] = {
    -2: OptionError,
    -3: SourceNotFoundError,
    -4: SourcePermissionError,
    -5: ClosedError,
    -6: EngineFaultError,
    -7: AskedError,
}


class _ArrowArray(ctypes.Structure):
    """The struct of the Arrow C data interface, of which only the size matters here."""

    _fields_ = (("content", c_char * 80),)


class _ArrowSchema(ctypes.Structure):
    _fields_ = (("content", c_char * 72),)


class _Subjects(ctypes.Structure):
    _fields_ = (
        ("function", c_int64),
        ("rows", c_int64),
        ("count", c_int64),
        ("now", c_int64),
        ("hook", c_char * 16),
    )
    function: int
    rows: int
    count: int
    now: int
    hook: bytes


# What functions of flowloom.h take before the error.
_SIGNATURES: dict[str, tuple[Any, ...]] = {
    "open": (c_char_p, POINTER(c_uint64)),
    "next": (c_uint64, c_int64, c_void_p, POINTER(c_uint64)),
    "schema": (c_uint64, c_int, c_void_p),
    "rows": (c_uint64, c_int, c_void_p, c_void_p),
    "summary": (c_uint64, POINTER(c_void_p)),
    "costs": (c_uint64, POINTER(c_void_p)),
    "said": (c_uint64, POINTER(c_void_p)),
    "progress": (c_uint64, POINTER(c_uint64), POINTER(c_int64), POINTER(c_int64)),
    "cancel": (c_uint64,),
    "live": (c_uint64,),
    "interrupted": (c_uint64,),
    "close": (c_uint64,),
    "question_subjects": (c_uint64, POINTER(_Subjects)),
    "question_columns": (c_uint64, c_char_p, c_void_p, c_void_p),
    "question_alert": (c_uint64, c_int64, c_int64, c_char_p),
    "question_skip": (c_uint64, c_int64, c_int64),
    "question_fail": (c_uint64, c_int64, c_char_p),
    "question_done": (c_uint64,),
}


def _file() -> Path:
    """Return where the library is in this package."""
    suffix = {"darwin": ".dylib", "win32": ".dll"}.get(sys.platform, ".so")
    return Path(__file__).with_name(f"libflowloom{suffix}")


class Library:
    """The functions of flowloom.h. Those that can fail raise an `EngineError`."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            raise NoEngineError(
                "cannot analyse in this process: this installation of flowloom has no engine, as it was installed "
                "from source or for another platform. Install a wheel for this platform (make wheel), or ask a running "
                "engine with flowloom.connect(url)"
            )
        try:
            self._lib = ctypes.CDLL(str(path))
        except OSError as why:
            raise NoEngineError(f"cannot analyse in this process: the engine cannot be loaded: {why}") from why
        self._functions: dict[str, Any] = {}
        self._lib.flowloom_free.argtypes = (c_void_p,)
        self._lib.flowloom_free.restype = None
        self._lib.flowloom_version.restype = c_char_p
        self._lib.flowloom_handles.restype = c_int64
        for name, arguments in _SIGNATURES.items():
            function = getattr(self._lib, f"flowloom_{name}")
            function.argtypes = (*arguments, POINTER(c_void_p))
            self._functions[name] = function
        self._pid = os.getpid()

    @property
    def version(self) -> str:
        """Version of the engine."""
        version: bytes = self._lib.flowloom_version()
        return version.decode()

    @property
    def handles(self) -> int:
        """Number of sessions and questions that are open."""
        count: int = self._lib.flowloom_handles()
        return count

    def call(self, name: str, *arguments: Any) -> int:  # noqa: ANN401 # whatever the function takes
        """Call a function that can fail, and return what it brings."""
        if os.getpid() != self._pid:
            raise EngineError(
                "cannot analyse in a forked process: the engine's threads stayed with the parent. Start processes with "
                "multiprocessing.set_start_method('spawn'), or import flowloom only in the child"
            )
        error = c_void_p()
        code: int = self._functions[name](*arguments, byref(error))
        if code >= 0:
            return code
        raise _ERRORS.get(code, EngineError)(self.text(error))

    def text(self, pointer: c_void_p) -> str:
        """Return a text that came out of the library, and free it."""
        text = ctypes.string_at(pointer).decode(errors="replace") if pointer.value else ""
        self._lib.flowloom_free(pointer)
        return text


class Session:
    """One analysis. What it finds is pulled with `next`."""

    def __init__(self, library: Library, options: Mapping[str, object]) -> None:
        handle = c_uint64()
        library.call("open", json.dumps(options).encode(), byref(handle))
        self._library = library
        self._handle = handle
        self._flows: pa.Schema | None = None

    def schema(self) -> pa.Schema:
        """Return the schema of the batches of `next`."""
        import pyarrow as pa

        if self._flows is None:
            schema = _ArrowSchema()
            self._library.call("schema", self._handle, Kind.FLOWS, byref(schema))
            self._flows = pa.Schema._import_from_c(ctypes.addressof(schema))
        return self._flows

    def next(self, patience: float) -> pa.RecordBatch | Question | Signal:
        """Wait for so many seconds for what comes next; less than 0 for as long as it takes."""
        import pyarrow as pa

        schema = self.schema()
        batch, question = _ArrowArray(), c_uint64()
        code = self._library.call("next", self._handle, int(patience * 1000), byref(batch), byref(question))
        if code == _BATCH:
            return pa.RecordBatch._import_from_c(ctypes.addressof(batch), schema)
        if code == _QUESTION:
            return Question(self._library, question)
        return Signal(code)

    def rows(self, kind: Kind) -> pa.RecordBatch:
        """Return what the engine has of one kind of rows."""
        return _batch(self._library, "rows", self._handle, kind)

    def _json(self, name: str) -> Any:  # noqa: ANN401 # whatever the function tells
        text = c_void_p()
        self._library.call(name, self._handle, byref(text))
        return json.loads(self._library.text(text))

    def summary(self) -> dict[str, Any]:
        """Return the outcome in a few numbers."""
        summary: dict[str, Any] = self._json("summary")
        return summary

    def costs(self) -> list[dict[str, Any]]:
        """Return what each check has cost."""
        costs: list[dict[str, Any]] = self._json("costs")
        return costs

    def said(self) -> list[dict[str, Any]]:
        """Return what checks have said since the last call: `check`, `failed`, `text`."""
        said: list[dict[str, Any]] = self._json("said")
        return said

    def progress(self) -> tuple[int, int, int]:
        """Return the packets read, and the bytes of input read of how many (0: nobody knows)."""
        packets, done, total = c_uint64(), c_int64(), c_int64()
        self._library.call("progress", self._handle, byref(packets), byref(done), byref(total))
        return packets.value, done.value, total.value

    def cancel(self) -> None:
        """End the reading; what was read is concluded."""
        self._library.call("cancel", self._handle)

    def live(self) -> bool:
        """Report whether the source is the wire."""
        return bool(self._library.call("live", self._handle))

    def interrupted(self) -> bool:
        """Report whether a capture was not read to its end because of `cancel`."""
        return bool(self._library.call("interrupted", self._handle))

    def close(self) -> None:
        """Free the session."""
        self._library.call("close", self._handle)


class Question:
    """A run of one of our checks on some subjects: the engine waits until it is done."""

    def __init__(self, library: Library, handle: c_uint64) -> None:
        self._library = library
        self._handle = handle
        subjects = _Subjects()
        library.call("question_subjects", handle, byref(subjects))
        self.function = subjects.function
        self.kind = Kind(subjects.rows)
        self.count = subjects.count
        self.now = subjects.now
        self.hook = subjects.hook.decode()

    def columns(self, *names: str) -> pa.RecordBatch:
        """Return fields of all subjects by their names, all when none are named."""
        return _batch(self._library, "question_columns", self._handle, ",".join(names).encode())

    def alert(self, subject: int, score: int, message: str) -> None:
        """Raise an alert about a subject."""
        self._library.call("question_alert", self._handle, subject, score, message.encode(errors="replace"))

    def skip(self, subject: int, until: int) -> None:
        """Keep the check from a subject until a time in nanoseconds since the epoch."""
        self._library.call("question_skip", self._handle, subject, until)

    def fail(self, subject: int, what: str) -> None:
        """Say that the check failed on a subject, or as a whole if that is -1."""
        self._library.call("question_fail", self._handle, subject, what.encode(errors="replace"))

    def done(self) -> None:
        """Let the engine go on."""
        self._library.call("question_done", self._handle)


def _batch(library: Library, name: str, *arguments: Any) -> pa.RecordBatch:  # noqa: ANN401 # the function's
    import pyarrow as pa

    batch, schema = _ArrowArray(), _ArrowSchema()
    library.call(name, *arguments, byref(batch), byref(schema))
    of = pa.Schema._import_from_c(ctypes.addressof(schema))
    return pa.RecordBatch._import_from_c(ctypes.addressof(batch), of)


_loaded: list[Library] = []


def load() -> Library:
    """Return the library, which is loaded once."""
    if not _loaded:
        _loaded.append(Library(_file()))
    return _loaded[0]


def engine_version() -> str:
    """Return the version of the engine in this process.

    Examples
    --------
    >>> import flowloom
    >>> isinstance(flowloom.engine_version(), str)
    True
    """
    return load().version
