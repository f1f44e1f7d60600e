"""The processes that serve the site: another is started for each that ends by accident, and all end with the first."""

import ctypes
import logging
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from granian.net import SocketHolder
from granian.server.mp import MPServer

from app.cli import anew
from app.cli.terminal import log

# In seconds: how long all must be well for the next accident to be the first again, and the longest pause after one.
WELL, LONGEST = 60.0, 30.0
PR_SET_PDEATHSIG = 1
# How many may wait to be answered.
BACKLOG = 1024


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

    All accept from one socket, `listener`, which outlives a program that begins anew: nobody is refused meanwhile.
    `former` are the processes of the program before, which end once ours are there.
    """

    def __init__(self, *args: Any, listener: socket.socket, former: Sequence[int] = (), **options: Any):
        super().__init__(*args, **options)
        self.listener, self.former, self.is_over = listener, former, False
        # It says in words of its own what we say below.
        logging.getLogger("_granian").addFilter(lambda record: "Unexpected exit" not in record.getMessage())

    def _init_shared_socket(self) -> None:
        if os.name != "posix":
            self.listener.close()
            super()._init_shared_socket()
            return
        shared: Any = SocketHolder
        self._ssp, self._sso, self._shd = None, self.listener, shared(self.listener.fileno(), False, BACKLOG)

    def startup(self, spawn_target: Any, target_loader: Any) -> None:
        super().startup(spawn_target, target_loader)
        threading.Thread(target=anew.end, args=(self.former,), daemon=True).start()

    def watch(self, data_dir: Path, began: int) -> None:
        """Stop serving once a maintenance that came after we began is over."""
        anew.watch(data_dir, began, self._stop_to_begin_anew)

    def _stop_to_begin_anew(self) -> None:
        self.is_over = True
        self.main_loop_interrupt.set()

    def leave(self) -> anew.Left | None:
        """Return what the next program is left; nothing when this one was told to stop."""
        if not self.is_over or self.interrupt_signal:
            return None
        return anew.Left(self.listener.fileno(), [process.inner.pid for process in self.wrks])

    def shutdown(self, exit_code: int = 0) -> None:
        """End our processes, unless they answer until those of the next program are there."""
        if not self.leave() or os.name != "posix":
            super().shutdown(exit_code)

    def _serve_loop(self, spawn_target: Any, target_loader: Any) -> None:
        pauses = Pauses()
        while not self.interrupt_signal and not self.is_over:
            self.main_loop_interrupt.wait()
            self.main_loop_interrupt.clear()
            if self.reload_signal:
                self._reload(spawn_target, target_loader)
            if self.interrupt_children and not self.interrupt_signal and not self.is_over:
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


def listen(host: str, port: int) -> socket.socket:
    """Listen on an address that nobody else serves. Raise OSError, OverflowError."""
    family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        listener.bind(address)
        listener.listen(BACKLOG)
    except BaseException:
        listener.close()
        raise
    return listener


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
