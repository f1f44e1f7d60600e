"""One number read from the database beside SQLAlchemy: what is asked at every request must cost next to nothing.

A reader returns None when the database can't be read: whoever asks does without, and a later request tries again. One
that is there and says nothing would be waited for without end: that is Silence, whoever asks.
"""

import os
import selectors
import sqlite3
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from selectors import EVENT_READ
from threading import Lock
from typing import Any, Protocol

import psycopg
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGconn

# In seconds: how long a SQLite file that is locked is waited for, how often it is looked whether it is the same file,
# and how long a server that is away is left alone.
WAIT, LOOK, REST = 1.0, 0.25, 1.0
# In seconds: how long a server that says nothing is waited for.
PATIENCE = 3
NAME = b"number"
# One that asks the system nothing when it is made.
Waiter = getattr(selectors, "PollSelector", selectors.DefaultSelector)


class NoAnswer(Exception):
    """The database server took a question and did not answer it in time."""


class Reader(Protocol):
    """`may_wait`: a reading asks a server, which may be slow to answer."""

    may_wait: bool

    def __call__(self) -> int | None: ...

    def close(self) -> None: ...


class SqliteReader:
    """Read through connections that go from thread to thread, for as long as the file is the same one."""

    may_wait = False

    def __init__(self, file: str, sql: str):
        self.file, self.sql = Path(file).absolute(), sql
        self._free: list[sqlite3.Connection] = []
        self._identity: tuple[int, int] | None = None
        # How many files there were: a connection to an earlier one is not used again.
        self._files, self._look_at = 0, 0.0

    def __call__(self) -> int | None:
        if time.monotonic() >= self._look_at:
            self._look()
        files = self._files
        try:
            connection = self._take()
        except sqlite3.Error:
            return None
        try:
            # All of it: a reading that is left open would see this moment for ever.
            ((number,),) = connection.execute(self.sql).fetchall()
        except sqlite3.Error:
            connection.close()
            return None
        if files == self._files:
            self._free.append(connection)
        else:
            connection.close()
        return int(number or 0)

    def _look(self) -> None:
        """Drop the pooled connections when the database file was replaced or removed."""
        self._look_at = time.monotonic() + LOOK
        with suppress(OSError):
            found = os.stat(self.file)
            if self._identity == (found.st_dev, found.st_ino):
                return
            self._identity = (found.st_dev, found.st_ino)
        self.close()

    def _take(self) -> sqlite3.Connection:
        with suppress(IndexError):
            return self._free.pop()
        return sqlite3.connect(
            f"{self.file.as_uri()}?mode=rw", uri=True, timeout=WAIT, isolation_level=None, check_same_thread=False
        )

    def close(self) -> None:
        self._files += 1
        with suppress(IndexError):
            while True:
                self._free.pop().close()


class PostgresqlReader:
    """Read through one connection, one reading at a time; a server that says nothing is waited for `PATIENCE`."""

    may_wait = True

    def __init__(self, server: str, options: Mapping[str, Any], sql: str):
        self.server, self.options, self.sql = server, {**options, "connect_timeout": PATIENCE}, sql
        self._turn = Lock()
        self._connection: psycopg.Connection | None = None
        self._rests_until, self._is_silent = 0.0, False

    def __call__(self) -> int | None:
        with self._turn:
            if time.monotonic() >= self._rests_until:
                found = self._try()
                if found is not None:
                    return found
            if self._is_silent:
                raise NoAnswer()
            return None

    def _try(self) -> int | None:
        """Read the number; None, and why, when it can't be read."""
        self._is_silent = False
        try:
            return self._read()
        except (NoAnswer, psycopg.errors.ConnectionTimeout):
            self._is_silent = True
        except psycopg.Error:
            pass
        self.close()
        self._rests_until = time.monotonic() + REST
        return None

    def _read(self) -> int | None:
        link = self._prepared()
        link.send_query_prepared(NAME, None)
        _wait(link)
        result = link.get_result()
        while link.get_result():
            pass
        is_read = result is not None and result.status == ExecStatus.TUPLES_OK
        return int(result.get_value(0, 0) or 0) if result and is_read else None

    def _prepared(self) -> PGconn:
        if self._connection is None:
            self._connection = psycopg.connect(self.server, autocommit=True, **self.options)
            link = self._connection.pgconn
            link.send_prepare(NAME, self.sql.encode())
            _wait(link)
            while link.get_result():
                pass
        return self._connection.pgconn

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _wait(link: PGconn) -> None:
    """Wait for the answer of the server. Raise Silence when none comes."""
    link.flush()
    until = time.monotonic() + PATIENCE
    while link.is_busy():
        with Waiter() as selector:
            selector.register(link.socket, EVENT_READ)
            if not selector.select(max(0.0, until - time.monotonic())):
                raise NoAnswer()
        link.consume_input()
