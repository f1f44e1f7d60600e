"""What a long command says while it works: what is done, and a sign of life between two lines."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from app.cli.terminal import tell

# In seconds: how often something is said, at the least and at the most.
LEAST, MOST = 5.0, 0.5


class Progress:
    """Says each line with the time since the beginning; of many in a moment, the last one that comes in time."""

    def __init__(self) -> None:
        self.begin = time.monotonic()
        self._said_at = self.begin - MOST
        self._over = threading.Event()
        self._lock = threading.Lock()

    def say(self, line: str) -> None:
        """Say a line, unless one was said just now."""
        if time.monotonic() - self._said_at >= MOST:
            self._write(line)

    def tell(self, line: str) -> None:
        """Say a line, whatever was said just now."""
        self._write(line)

    def _write(self, line: str) -> None:
        with self._lock:
            self._said_at = time.monotonic()
            tell(f"{line} ({self._said_at - self.begin:.0f} s)")

    def live(self) -> None:
        """Say that the work goes on, each time that nothing was said for a while."""
        while not self._over.wait(0.2):
            if time.monotonic() - self._said_at >= LEAST:
                self._write("At work...")

    def end(self) -> None:
        self._over.set()


@contextmanager
def show_progress() -> Iterator[Progress]:
    """Show how far a long work is, on stderr."""
    progress = Progress()
    life = threading.Thread(target=progress.live, daemon=True)
    life.start()
    try:
        yield progress
    finally:
        progress.end()
        life.join()
