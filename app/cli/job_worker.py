"""The worker as a child of `reflexe run`: it ends with its parent, and comes back when it ends by accident."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

from app.cli.processes import Pauses, describe_pause
from app.cli.terminal import log


class JobWorker:
    """A process that reads our side of a pipe, whose end stops it, and that is started again until we stop it.

    `find_end` says why another one would be of no use, if so: then `end_reason` says it, and we are asked to end.
    """

    def __init__(self, command: list[str], folder: Path, *, find_end: Callable[[], str]):
        self.command, self.folder = command, folder
        self.find_end, self.end_reason = find_end, ""
        self._stopping = threading.Event()
        self._lock = threading.Lock()

    def start(self) -> None:
        self._begin()
        threading.Thread(target=self._keep, daemon=True).start()

    def _begin(self) -> None:
        # Ctrl+C is for us: a group of its own, so that the present job ends before it does.
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, cwd=self.folder, process_group=0)

    def _keep(self) -> None:
        """Start another one each time that it ends, later each time."""
        pauses = Pauses()
        while True:
            self.process.wait()
            pause = pauses.next(time.monotonic())
            if self._stopping.is_set():
                return
            self.end_reason = self.find_end()
            if self.end_reason:
                os.kill(os.getpid(), signal.SIGTERM)
                return
            log(f"The worker ended by accident: another one starts {describe_pause(pause)}.")
            self._stopping.wait(pause)
            with self._lock:
                if self._stopping.is_set():
                    return
                self._begin()

    def stop(self, patience: float) -> None:
        """Let the present job end, for so many seconds."""
        with self._lock:
            self._stopping.set()
        assert self.process.stdin
        self.process.stdin.close()
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
