"""What the notebooks stand on: generated captures, and an engine of their own on loopback."""

from __future__ import annotations

import os
import re
import secrets
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import matplotlib.pyplot as plt

import flowloom

ROOT = Path(__file__).resolve().parents[1]
ENGINE = ROOT / "bin" / "flowloom"
_PATIENCE = 20  # seconds that an engine has to begin and to end
_LONGEST = "1h"  # that an engine runs whose notebook was killed

plt.style.use(Path(__file__).with_name("flowloom.mplstyle"))


def capture(scenario: str, seed: int = 1) -> Path:
    """Return a generated capture, which is made if it is not there; another seed is another day."""
    path = ROOT / "build" / f"{scenario}-{seed}.pcap"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            made = Path(folder) / path.name
            maketrace = ["go", "run", "./internal/tracegen/maketrace"]
            command = [*maketrace, "-scenario", scenario, "-seed", str(seed), "-o", str(made)]
            subprocess.run(command, cwd=ROOT, check=True)
            made.replace(path)
    return path


@contextmanager
def engine(source: Path, *flags: str) -> Iterator[flowloom.Client]:
    """Run an engine that replays a capture, and return its client. It ends with the block.

    Flags are those of ``flowloom run``. Meanwhile `flowloom.connect` finds it, as ``$FLOWLOOM_URL`` and
    ``$FLOWLOOM_TOKEN`` have its address and its token.
    """
    if not ENGINE.exists():
        raise FileNotFoundError(f"cannot run an engine without {ENGINE}: run make build")
    os.environ["FLOWLOOM_TOKEN"] = secrets.token_hex()
    with tempfile.TemporaryDirectory() as data:
        command = [str(ENGINE), "run", "-i", str(source), "--listen", "127.0.0.1:0", "--data", data, "--flush", "1s"]
        log = Path(data, "log")
        with log.open("w") as errors:
            process = subprocess.Popen(
                [*command, "--duration", _LONGEST, *flags], stdout=subprocess.DEVNULL, stderr=errors
            )
        try:
            os.environ["FLOWLOOM_URL"] = _address(process, log)
            with flowloom.connect() as client:
                yield client
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    """Wait until an engine tells where it answers."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if told := re.search(r"answers on (http://\S+)", log.read_text()):
            return told[1]
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError(f"the engine does not answer: {log.read_text()}")
