"""Writers of SQLite take turns, in the order in which they came.

By itself SQLite lets each try again, less and less often: who has just come is served before who has waited long.
"""

import os
import time
from collections import deque
from contextlib import ExitStack, suppress
from importlib import import_module
from threading import Condition
from typing import Any

from sqlalchemy import Engine, event

fcntl: Any = import_module("fcntl") if os.name == "posix" else None
# In seconds: how long a turn is waited for, and how often the first in line asks whether other processes are done.
PATIENCE, PAUSE = 10.0, 0.0005
# Two bytes of the file, one to hold while one writes, the other while one waits to be next.
NEXT, NOW = 0, 1
TURN = "reflexe_turn"


class WriterQueue:
    """The turns at one database: threads stand in a line, and the first of each process locks a file for all of them.

    A turn is a courtesy: SQLite guards its file in any case, and waits by itself. So nothing fails here. Who waits
    too long, or can't have the file, goes on without. A process that dies, or forks, leaves its locks.
    """

    def __init__(self, file: str):
        self.file = file
        self._forget()
        if fcntl:
            os.register_at_fork(after_in_child=self._forget)

    def _forget(self) -> None:
        """Empty the line of waiting threads, after a fork: a child has none of its parent's threads."""
        self._changed, self._line, self._hold = Condition(), deque[object](), ExitStack()

    def serve(self, engine: Engine, option: str) -> None:
        """Give a turn to each connection that begins with this option, until it goes back to the pool.

        It does so however its transaction ends. A second transaction of the same connection keeps the turn.
        """

        @event.listens_for(engine, "begin")
        def begin(connection: Any) -> None:
            if connection.get_execution_options().get(option) and not connection.info.get(TURN):
                connection.info[TURN] = self.take()

        @event.listens_for(engine, "checkin")
        def checkin(_connection: Any, record: Any) -> None:
            if record.info.pop(TURN, False):
                self.leave()

    def take(self) -> bool:
        """Wait for a turn; tell whether there is one to leave."""
        until, mine, is_mine = time.monotonic() + PATIENCE, object(), False
        with self._changed:
            self._line.append(mine)
            try:
                is_mine = self._changed.wait_for(lambda: self._line[0] is mine, PATIENCE)
            finally:
                if not is_mine:
                    self._line.remove(mine)
        if is_mine:
            try:
                self._hold = _hold(self.file, until)
            except BaseException:
                self.leave()
                raise
        return is_mine

    def leave(self) -> None:
        """End a turn: the next one begins."""
        self._hold.close()
        with self._changed:
            self._line.popleft()
            self._changed.notify_all()


def _hold(file: str, until: float) -> ExitStack:
    """Lock the file against other processes; return what unlocks it, or does nothing when it could not be locked."""
    if fcntl is None:
        return ExitStack()
    with suppress(OSError), ExitStack() as stack:
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        stack.callback(os.close, handle)
        for part in (NEXT, NOW):
            while not _lock(handle, part):
                if time.monotonic() > until:
                    return ExitStack()
                time.sleep(PAUSE)
        fcntl.lockf(handle, fcntl.LOCK_UN, 1, NEXT)
        return stack.pop_all()
    return ExitStack()


def _lock(handle: int, part: int) -> bool:
    with suppress(BlockingIOError):
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, part)
        return True
    return False
