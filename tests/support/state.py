"""How a database returns to its reference state between two tests."""
import shutil
import time
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, QueuePool, text

from tests.support import postgresql

PATIENCE = 20
"""How many seconds a thread of the test before has to put its connection back."""


class State(Protocol):
    engine: Engine

    def __init__(self, engine: Engine): ...

    def restore(self) -> None: ...

    def copy(self, name: str, folder: Path) -> str: ...


class SqliteState:
    """Keep a copy of the file, and copy it back."""

    def __init__(self, engine: Engine):
        self.engine = engine
        self.file = Path(str(engine.url.database))
        self.template = self.file.with_suffix(".template")
        self.keep(self.template)

    def keep(self, copy: Path) -> None:
        """Copy the file as it is now, for `restore`."""
        _wait_for_connections(self.engine)
        with self.engine.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.engine.dispose()
        shutil.copyfile(self.file, copy)

    def restore(self, copy: Path | None = None) -> None:
        """Put the reference state back, or another one that was kept."""
        _wait_for_connections(self.engine)
        self.engine.dispose()
        for suffix in ("-wal", "-shm"):
            Path(f"{self.file}{suffix}").unlink(missing_ok=True)
        shutil.copyfile(copy or self.template, self.file)

    def copy(self, name: str, folder: Path) -> str:
        """Make another database in this state; return its address."""
        file = folder / f"{name}.db"
        shutil.copyfile(self.template, file)
        return f"sqlite:///{file}"


class PostgresqlState:
    """Keep the reference rows in a schema aside; one function empties what was filled and puts them back."""

    def __init__(self, engine: Engine):
        self.engine = engine
        engine.dispose()
        self.template = f"{engine.url.database}_template"
        postgresql.create(self.template, like=engine.url.database)
        with engine.begin() as connection:
            tables = connection.execute(text(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")).scalars().all()
            connection.execute(text("CREATE SCHEMA reference"))
            for table in tables:
                connection.execute(text(f'CREATE TABLE reference."{table}" AS SELECT * FROM public."{table}"'))
            body = "\n".join(
                _restore(table, connection.scalar(text(f'SELECT NOT EXISTS (SELECT FROM public."{table}")')), _columns(connection, table))
                for table in tables)
            sequences = connection.execute(text(
                "SELECT sequencename, coalesce(last_value, 1), last_value IS NOT NULL FROM pg_sequences"
                " WHERE schemaname = 'public'")).all()
            body += "\n".join(
                f"PERFORM setval('public.\"{name}\"', {value}, {str(is_called).lower()});"
                for name, value, is_called in sequences)
            connection.execute(text(
                "CREATE FUNCTION reference.restore() RETURNS void LANGUAGE plpgsql"
                " SET session_replication_role = replica AS $$ BEGIN\n"
                f"{body.replace(':', chr(92) + ':')}\nEND $$"))
        engine.dispose()

    def restore(self) -> None:
        with self.engine.begin() as connection:
            connection.execute(text("SELECT reference.restore()"))

    def copy(self, name: str, folder: Path) -> str:
        """Make another database in this state; return its address."""
        name = postgresql.own(name)
        postgresql.create(name, like=self.template)
        return postgresql.address(name)


def _wait_for_connections(engine: Engine) -> None:
    """Wait until no thread uses the file: whoever has it open while it is replaced reads it in pieces, and spoils it for others."""
    pool, until = engine.pool, time.monotonic() + PATIENCE
    assert isinstance(pool, QueuePool)
    while pool.checkedout():
        if time.monotonic() > until:
            raise RuntimeError(f"The test before left a connection open: {pool.status()}")
        time.sleep(0.01)


def _columns(connection: Connection, table: str) -> str:
    """List the columns that are written: those that the engine computes follow by themselves."""
    names = connection.execute(text(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = :table"
        " AND is_generated = 'NEVER' ORDER BY ordinal_position"), {"table": table}).scalars()
    return ", ".join(f'"{name}"' for name in names)


def _restore(table: str, is_empty: bool, columns: str) -> str:
    """Write the rows anew only where they differ: a reference that nobody touched costs a comparison."""
    ours, reference = f'public."{table}"', f'reference."{table}"'
    if is_empty:
        return f"IF EXISTS (SELECT FROM {ours}) THEN DELETE FROM {ours}; END IF;"
    return (
        f"IF EXISTS (SELECT t::text FROM {ours} t EXCEPT SELECT t::text FROM {reference} t)"
        f" OR (SELECT count(*) FROM {ours}) <> (SELECT count(*) FROM {reference}) THEN"
        f" DELETE FROM {ours}; INSERT INTO {ours} ({columns}) SELECT {columns} FROM {reference}; END IF;")
