"""An engine that has seen the office's capture, which internal/livetest/liveserver serves."""

from __future__ import annotations

import subprocess
from pathlib import Path

SERVER = Path(__file__).parents[2] / "build" / "liveserver"
TOKEN = "the token of tests"


class Served:
    """A served engine."""

    def __init__(self, capture: Path | None = None) -> None:
        if not SERVER.exists():
            raise FileNotFoundError(f"cannot serve an engine without {SERVER}: run make test-python")
        written = [] if capture is None else ["-capture", str(capture)]
        self.process = subprocess.Popen(
            [SERVER, "-token", TOKEN, *written], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.url = self._line()

    def _line(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline().strip()
        assert line, "the served engine has ended"
        return line

    def end_flows(self) -> None:
        """Let so much time pass that all flows end."""
        assert self.process.stdin is not None
        self.process.stdin.write("end\n")
        self.process.stdin.flush()
        assert self._line() == "ended"

    def close(self) -> None:
        self.process.communicate(timeout=20)
        assert self.process.returncode == 0
