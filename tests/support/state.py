"""How a database returns to its reference state between two tests."""

import atexit
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, Pool, QueuePool, event, text

from tests.support import postgresql

PATIENCE = 20
"""How many seconds a thread of the test before has to put its connection back."""
REFERENCE = "reference"
LARGE = text(
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = CAST('public' AS regnamespace)"
    " AND pg_relation_size(oid) > 250000"
)
"""The tables of PostgreSQL that a test made large, in bytes: later tests would read through the rows that were deleted."""


class State(Protocol):
    engine: Engine

    def __init__(self, engine: Engine): ...

    def keep(self, name: str) -> None: ...

    def restore(self, name: str = ...) -> None: ...

    def copy(self, name: str, folder: Path) -> str: ...


class SqliteState:
    """Keep the whole of a database in memory under a name, and copy its pages back."""

    def __init__(self, engine: Engine):
        self.engine = engine
        self._kept: dict[str, sqlite3.Connection] = {}
        self._pools: set[Pool] = {engine.pool}
        # Before those who may fail to make a connection ready.
        event.listen(engine, "connect", lambda _connection, _record: self._pools.add(engine.pool), insert=True)
        self.keep(REFERENCE)

    def keep(self, name: str) -> None:
        """Keep the database as it is now, under this name."""
        if name not in self._kept:
            self._kept[name] = sqlite3.connect(":memory:", check_same_thread=False)
            atexit.register(self._kept[name].close)
        with self._connected() as connection:
            connection.backup(self._kept[name])

    def restore(self, name: str = REFERENCE) -> None:
        """Put back what was kept under this name: rows, tables and indexes of words."""
        _wait_for_connections(self.engine)
        self._close_forgotten()
        with self._connected() as connection:
            self._kept[name].backup(connection)

    def _close_forgotten(self) -> None:
        """Close what was in use when its pool was disposed of, and came back to it since: nobody else would."""
        for pool in self._pools - {self.engine.pool}:
            pool.dispose()

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        with closing(self.engine.raw_connection()) as connection:
            assert isinstance(connection.driver_connection, sqlite3.Connection)
            yield connection.driver_connection

    def copy(self, name: str, folder: Path) -> str:
        """Make another database in this state; return its address."""
        file = folder / f"{name}.db"
        with closing(sqlite3.connect(file)) as target:
            self._kept[REFERENCE].backup(target)
        return f"sqlite:///{file}"


class PostgresqlState:
    """Keep the rows of a state in a schema aside; a function empties what was filled and puts back what was written in."""

    def __init__(self, engine: Engine):
        self.engine = engine
        engine.dispose()
        self.template = f"{engine.url.database}_template"
        postgresql.create(self.template, like=engine.url.database)
        self.keep(REFERENCE)
        engine.dispose()

    def keep(self, name: str) -> None:
        """Keep the rows as they are now, under this name."""
        with self.engine.begin() as connection:
            tables = (
                connection.execute(
                    text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
                )
                .scalars()
                .all()
            )
            connection.execute(text(f'DROP SCHEMA IF EXISTS "{name}" CASCADE'))
            connection.execute(text(f'CREATE SCHEMA "{name}"'))
            connection.execute(text(f'CREATE TABLE "{name}".written_by (name text PRIMARY KEY, transaction xid)'))
            body = "\n".join(_restore(connection, name, table) for table in tables)
            sequences = connection.execute(
                text(
                    "SELECT sequencename, coalesce(last_value, 1), last_value IS NOT NULL FROM pg_sequences"
                    " WHERE schemaname = 'public'"
                )
            ).all()
            body += "\n".join(
                f"PERFORM setval('public.\"{sequence}\"', {value}, {str(is_called).lower()});"
                for sequence, value, is_called in sequences
            )
            connection.execute(
                text(
                    f'CREATE FUNCTION "{name}".restore() RETURNS void LANGUAGE plpgsql'
                    " SET session_replication_role = replica AS $$ BEGIN\n"
                    f"{body.replace(':', chr(92) + ':')}\nEND $$"
                )
            )

    def restore(self, name: str = REFERENCE) -> None:
        """Put back the rows that were kept under this name."""
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f'SELECT "{name}".restore()'))
            for table in connection.scalars(LARGE).all():
                connection.execute(text(f'VACUUM public."{table}"'))

    def copy(self, name: str, folder: Path) -> str:
        """Make another database in this state; return its address."""
        name = postgresql.own(name)
        postgresql.create(name, like=self.template)
        return postgresql.address(name)


def _wait_for_connections(engine: Engine) -> None:
    """Wait until no thread uses the database: it would write in the next state, or spoil a file that is replaced."""
    pool, until = engine.pool, time.monotonic() + PATIENCE
    assert isinstance(pool, QueuePool)
    while pool.checkedout():
        if time.monotonic() > until:
            raise RuntimeError(f"The test before left a connection open: {pool.status()}")
        time.sleep(0.01)


def _columns(connection: Connection, table: str) -> str:
    """List the columns that are written: those that the engine computes follow by themselves."""
    names = connection.execute(
        text(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = :table"
            " AND is_generated = 'NEVER' ORDER BY ordinal_position"
        ),
        {"table": table},
    ).scalars()
    return ", ".join(f'"{name}"' for name in names)


def _restore(connection: Connection, schema: str, table: str) -> str:
    """Copy the rows of a table aside, and return the SQL that puts them back: it writes nothing where nobody wrote.

    A row knows the transaction that wrote it (`xmin`). A table is as it was where it has as many rows as its copy, all
    written by the transaction that put them there. That is '0', none, until the first time.
    """
    number = connection.scalar(text(f'SELECT count(*) FROM public."{table}"'))
    if not number:
        return f'IF EXISTS (SELECT FROM public."{table}") THEN DELETE FROM public."{table}"; END IF;'
    columns = _columns(connection, table)
    connection.execute(text(f'CREATE TABLE "{schema}"."{table}" AS SELECT * FROM public."{table}"'))
    connection.execute(text(f"INSERT INTO \"{schema}\".written_by VALUES (:table, '0')"), {"table": table})
    return f"""
        IF (SELECT count(*) <> {number} OR count(*) FILTER (WHERE t.xmin <> w.transaction) > 0
            FROM public."{table}" t, "{schema}".written_by w WHERE w.name = '{table}') THEN
          DELETE FROM public."{table}";
          INSERT INTO public."{table}" ({columns}) SELECT {columns} FROM "{schema}"."{table}";
          UPDATE "{schema}".written_by SET transaction = CAST(pg_current_xact_id() AS xid) WHERE name = '{table}';
        END IF;"""
