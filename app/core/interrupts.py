"""Signals of the terminal: Ctrl+C while a command is still being loaded, and a connection that is cut.

Loading takes a second: Ctrl+C says one line, where Python prints a traceback.
"""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# As shells have it: 128 and the number of the signal.
INTERRUPTED = 130
# What Python calls a program whose package it is loading, and what ours is called.
NAMES = ("-m", "reflexe")


def watch() -> None:
    """End in one line on Ctrl+C from now on, if this process is a command of ours: nothing is open yet."""
    if Path(sys.argv[0] if sys.argv else "").name in NAMES:
        signal.signal(signal.SIGINT, _end)


def _end(*_args: Any) -> None:
    os.write(2, b"Stopped.\n")
    os._exit(INTERRUPTED)


def leave() -> None:
    """Leave Ctrl+C to the command, which is loaded."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@contextmanager
def outlasting_terminal() -> Iterator[None]:
    """Go on meanwhile when the terminal goes (a connection that is cut): nobody is there to end what would stop."""
    hangup = getattr(signal, "SIGHUP", None)
    if hangup is None:
        yield
        return
    before = signal.signal(hangup, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(hangup, before)
