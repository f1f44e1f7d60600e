"""The processes that serve the site: another is started for each that ends by accident, and all end with the first."""

import ctypes
import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from granian.server.mp import MPServer

from app.cli.terminal import log
from app.core import schema_guard, version

# In seconds: how long all must be well for the next accident to be the first again, and the longest pause after one.
WELL, LONGEST = 60.0, 30.0
# In seconds: how long an answer has to leave.
SOON = 1.0
PR_SET_PDEATHSIG = 1


class Pauses:
    """How long to wait before something is started again: not at all, then longer each time, until it has been well."""

    def __init__(self) -> None:
        self._last, self._pause = -WELL, 0.0

    def next(self, now: float) -> float:
        """Return the pause after an accident, in seconds."""
        self._pause = min(LONGEST, self._pause * 2 or 1.0) if now - self._last < WELL else 0.0
        self._last = now + self._pause
        return self._pause


def describe_pause(pause: float) -> str:
    return f"in {pause:.0f} s" if pause else "now"


class Server(MPServer):
    """The server, which never gives its processes up; the library ends all of them when one ends twice in 5 s.

    `find_end` says why another one would be of no use, if it would be: then all end, with the exit code 1.
    """

    def __init__(self, *args: Any, find_end: Callable[[], str], **options: Any):
        super().__init__(*args, **options)
        self.find_end = find_end
        # It says in words of its own what we say below.
        logging.getLogger("_granian").addFilter(lambda record: "Unexpected exit" not in record.getMessage())

    def _serve_loop(self, spawn_target: Any, target_loader: Any) -> None:
        pauses = Pauses()
        while not self.interrupt_signal:
            self.main_loop_interrupt.wait()
            self.main_loop_interrupt.clear()
            if self.reload_signal:
                self._reload(spawn_target, target_loader)
            if self.interrupt_children and not self.interrupt_signal:
                if reason := self.find_end():
                    log(f"{reason} The site stops.")
                    return
                self._rest(pauses.next(time.monotonic()))
                indexes = sorted(set(self.interrupt_children))
                self.interrupt_children.clear()
                if not self.interrupt_signal:
                    self._respawn_workers(indexes, spawn_target, target_loader)

    def _rest(self, pause: float) -> None:
        """Say that a process ended, and wait before another one is started; a signal to stop ends the wait."""
        log(f"A process of the site ended by accident: another one starts {describe_pause(pause)}.")
        until = time.monotonic() + pause
        while not self.interrupt_signal and time.monotonic() < until:
            self.main_loop_interrupt.wait(until - time.monotonic())
            self.main_loop_interrupt.clear()


def find_end(url: Any) -> str:
    """Say why a process that is started now would be of no use, if so: it would read the files of another version."""
    return schema_guard.describe_other(url) or version.describe_change()


def end_soon(_reason: str) -> None:
    """End this process, as its parent would, once what it is answering has left; the parent finds and says why."""
    timer = threading.Timer(SOON, os.kill, (os.getpid(), signal.SIGTERM))
    timer.daemon = True
    timer.start()


def end_with(parent: int) -> None:
    """Have this process end with the one that started it, however that one ends: it would go on holding the port."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    else:
        threading.Thread(target=_wait_for_parent, daemon=True).start()
    if os.getppid() != parent:
        os._exit(1)


def _wait_for_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)
