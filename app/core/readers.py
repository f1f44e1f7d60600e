"""One number read from the database beside SQLAlchemy: what is asked at every request must cost next to nothing.

A reader returns None when the database can't be read: whoever asks does without, and a later request tries again.
"""
import os
import sqlite3
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Event, Lock
from typing import Any, Protocol

import psycopg
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGconn

# In seconds: how long a SQLite file that is locked is waited for, how often it is looked whether it is the same file,
# and how long a server that is away is left alone.
WAIT, LOOK, REST = 1.0, 0.25, 1.0
NAME = b"number"


class Reader(Protocol):
    def __call__(self) -> int | None: ...

    def close(self) -> None: ...


class SqliteReader:
    """Read through connections that go from thread to thread, for as long as the file is the same one."""

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
        """Leave the connections to a file that another one took the place of, or that is gone."""
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
            f"{self.file.as_uri()}?mode=rw", uri=True, timeout=WAIT, isolation_level=None, check_same_thread=False)

    def close(self) -> None:
        self._files += 1
        with suppress(IndexError):
            while True:
                self._free.pop().close()


class _Batch:
    """Those who wait for one reading, which has yet to begin."""

    def __init__(self) -> None:
        self.is_empty, self.done = True, Event()
        self.number: int | None = None


class PostgresqlReader:
    """Read through one connection; a reading serves every request that came before it began, and no other."""

    def __init__(self, server: str, options: Mapping[str, Any], sql: str):
        self.server, self.options, self.sql = server, options, sql
        self._door, self._turn = Lock(), Lock()
        self._next = _Batch()
        self._connection: psycopg.Connection | None = None
        self._rests_until = 0.0

    def __call__(self) -> int | None:
        with self._door:
            batch = self._next
            is_first, batch.is_empty = batch.is_empty, False
        if not is_first:
            batch.done.wait()
            return batch.number
        with self._turn:
            with self._door:
                self._next = _Batch()
            try:
                batch.number = self._read()
            finally:
                batch.done.set()
        return batch.number

    def _read(self) -> int | None:
        if time.monotonic() < self._rests_until:
            return None
        try:
            result = self._prepared().exec_prepared(NAME, None)
            if result.status == ExecStatus.TUPLES_OK:
                return int(result.get_value(0, 0) or 0)
        except psycopg.Error:
            pass
        self.close()
        self._rests_until = time.monotonic() + REST
        return None

    def _prepared(self) -> PGconn:
        if self._connection is None:
            self._connection = psycopg.connect(self.server, autocommit=True, **self.options)
            self._connection.pgconn.prepare(NAME, self.sql.encode())
        return self._connection.pgconn

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
