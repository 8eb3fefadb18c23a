"""The command line, ``python -m flowloom``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from flowloom.cli import _engine
from flowloom.errors import FlowloomError

_DONE, _FAILED, _INTERRUPTED = 0, 1, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 done, 1 failed; 2 of usage is raised by `argparse`."""
    parser = argparse.ArgumentParser(prog="python -m flowloom", description="Ask a running Flowloom engine.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _engine.add(commands)
    given = parser.parse_args(arguments)
    try:
        given.run(given)
        sys.stdout.flush()
    except (FlowloomError, ValueError, ImportError) as e:
        print(f"flowloom: {e}", file=sys.stderr)
        return _FAILED
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:  # who reads has enough; what is still to be written goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return _DONE
