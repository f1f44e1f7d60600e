"""The only room that knows SQLite from PostgreSQL; it returns answers, never result objects."""

import sqlite3
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import URL, Engine, Select, String, bindparam, cast, event, func, insert, inspect, literal, select, text
from sqlalchemy.engine import create_engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool
from sqlalchemy.sql.elements import ColumnElement

from app.core import connection_timeouts, spellings, upserts
from app.core.content_version import WRITTEN
from app.core.db import db
from app.core.readers import PostgresqlReader, Reader, SqliteReader
from app.core.writer_queue import WriterQueue

WRITES = "reflexe_writes"
POSTGRESQL = "postgresql+psycopg"
# In seconds and milliseconds: to begin a connection, and to hear again from one that fell silent.
PATIENCE = {"connect_timeout": 5, "tcp_user_timeout": 20_000}
# How many statements keep their SQL: the platform has more than the 500 that are usual.
STATEMENTS = 4000
# What is deleted is overwritten: without that its words would stay in the file until the place serves again.
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=20000",
    "cache_size=-16000",
    "secure_delete=ON",
)


def server_address(url: URL) -> str:
    """Return what PostgreSQL's own library connects to; nothing for SQLite."""
    is_file = url.get_backend_name() == "sqlite"
    return "" if is_file else url.set(drivername="postgresql").render_as_string(hide_password=False)


def engine_options(url: URL) -> dict[str, Any]:
    """Return the options for an engine on this address; a server that is away is given up on after a few seconds."""
    common = {"query_cache_size": STATEMENTS, "hide_parameters": True}
    if url.get_backend_name() == "sqlite":
        return common | {"connect_args": {"timeout": 20, "cached_statements": STATEMENTS}}
    return common | {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 10, "connect_args": PATIENCE}


def reader(url: URL, sql: str) -> Reader:
    """Return what reads one number with this statement, on connections of its own."""
    if url.get_backend_name() == "sqlite":
        return SqliteReader(str(url.database), sql)
    return PostgresqlReader(server_address(url), PATIENCE, sql)


def describe_database() -> str:
    """Name the database to an operator, without its password."""
    url = db.engine.url
    if url.get_backend_name() == "sqlite":
        return f"SQLite in {url.database}"
    host = url.query.get("host") or url.host or "this machine"
    return f"PostgreSQL {url.database or url.username or ''} on {host}"


def prepare(engine: Engine) -> None:
    """Have transactions begin and end as each engine needs.

    SQLite begins them itself: a read is BEGIN, a write is BEGIN IMMEDIATE when its turn has come. PostgreSQL ends a
    read by COMMIT.
    """
    if engine.dialect.name != "sqlite":
        event.listen(engine, "do_connect", connection_timeouts.connect)
        event.listen(engine, "rollback", _end_reading)
        return
    WriterQueue(f"{engine.url.database}-writers").serve(engine, WRITES)

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        _keep_plans(connection)

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        writes = connection.get_execution_options().get(WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _keep_plans(connection: Any) -> None:
    """Have SQLite plan a statement once, not at each run because a value might match a partial index (Python 3.12).

    A statement that is to walk such an index writes its condition into the SQL (`db.constant`).
    """
    if sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_QPSG, True)


def _end_reading(connection: Any) -> None:
    """Commit what only read: after a rollback psycopg forgets every statement that it had prepared.

    What it can't commit is left to the rollback that follows.
    """
    if connection.invalidated or connection.get_execution_options().get(WRITES) or connection.info.get(WRITTEN):
        return
    link = connection.connection.dbapi_connection
    if link.info.transaction_status == TransactionStatus.INTRANS:
        with suppress(psycopg.Error):
            link.commit()


def insert_once(table: Any, **values: Any) -> bool:
    """Insert the row unless it is already there; tell whether it went in."""
    return _write(upserts.once, table, tuple(values), values=values).scalar() is not None


def insert_once_where(
    condition: ColumnElement[bool], table: Any, computed: tuple[tuple[str, ColumnElement[Any]], ...] = (), **values: Any
) -> bool:
    """Insert the row as `insert_once` does, where a condition on other rows holds.

    `computed`: columns with an expression. These and the condition, built once, read the row by `upserts.given`.
    """
    found = _write(upserts.once_where, table, tuple(values), condition, computed, values=upserts.values_given(values))
    return found.scalar() is not None


def insert_each_once(table: Any, rows: Sequence[dict[str, Any]]) -> None:
    """Insert many rows that all name the same columns, but those that are there; give them in the order of all writers.

    Two writers of the same rows wait for one another in that order.
    """
    db.session.flush()
    connection = db.session.connection()
    connection.execute(upserts.each_once(connection.dialect, inspect(table).local_table, tuple(rows[0])), rows)


def insert_each(table: Any, columns: tuple[str, ...], rows: Select[Any]) -> None:
    """Insert what a SELECT gives, unless it is already there.

    The SELECT has a WHERE: SQLite would take this ON for that of a JOIN. SQLAlchemy keeps this statement in its cache,
    since both engines read the same words, at the end of the SELECT.
    """
    statement = insert(inspect(table).local_table).from_select(
        columns, rows.suffix_with("ON CONFLICT DO NOTHING"), include_defaults=False
    )
    db.session.flush()
    db.session.connection().execute(statement)


def upsert(table: Any, *key: str, **values: Any) -> None:
    """Insert the row, or give its values to the one that has the same key (the columns of a unique constraint)."""
    _write(upserts.upsert, table, tuple(values), key, values=values)


def _write(build: Callable[..., Any], table: Any, *shape: Any, values: dict[str, Any]) -> Any:
    db.session.flush()
    connection = db.session.connection()
    return connection.execute(build(connection.dialect, inspect(table).local_table, *shape), values)


def delete_once(statement: Any) -> bool:
    """Run a DELETE; tell whether a row went."""
    return db.session.scalar(statement.returning(literal(1))) is not None


def add_many(table: Any, column: str, rows: Sequence[dict[str, Any]]) -> None:
    """Add to the counters of a table; each row is its key and what to add to `column`, and is made when absent.

    Give them in the order of all writers, so that none waits for one that waits for it.
    """
    connection = db.session.connection()
    connection.execute(upserts.add(connection.dialect, table, column), rows)


def contains(column: Any, word: str) -> ColumnElement[bool]:
    """Match rows whose column holds the word literally."""
    clause: ColumnElement[bool] = column.contains(word, autoescape=True)
    return clause


def text_after(column: Any, word: str, size: int) -> ColumnElement[str]:
    """Return so many letters after a word that the column holds."""
    return func.substr(column, spellings.Position(column, literal(word)) + len(word), size)


def among(column: Any, ids: Any) -> ColumnElement[bool]:
    """Match the rows whose number another query selects, each found by its number, once.

    Neither engine knows how many there will be, nor turns the two into a join that reads the whole table.
    """
    return spellings.Among(column, ids.correlate(None).scalar_subquery())


def has_row(query: Select[Any]) -> ColumnElement[bool]:
    """Match the rows for which a SELECT, correlated to them, finds something: it is asked of one row after the other.

    PostgreSQL may read all that an EXISTS could find first, and join it.
    """
    return query.limit(1).scalar_subquery().is_not(None)


def unindexed(column: Any) -> Any:
    """Return a column that no index answers for: what tests the rows that something else finds."""
    return func.coalesce(column, column)


def as_text(column: Any) -> ColumnElement[str]:
    """Read any column as text, so that selects of several types can be joined."""
    return cast(column, String)


def lock(statement: Select[Any], *models: Any) -> Select[Any]:
    """Lock the rows that are read until the transaction ends (SQLite: the whole database is ours already).

    Rows that refer to them may still come meanwhile: they wait for a row that goes, not for one that changes.
    """
    return statement.with_for_update(of=list(models) or None, key_share=True)


def lock_rows(table: Any, ids: Any, *, from_links: bool = False) -> None:
    """Lock these rows (ids, or a SELECT of them) until the transaction ends, in the order of ids, without reading them.

    `from_links`: rows that refer to them wait as well, and those that were on their way have come. SQLite has one
    writer anyway.
    """
    if db.engine.dialect.name == "postgresql":
        query = select(table.c.id).where(table.c.id.in_(ids)).order_by(table.c.id)
        db.session.execute(query.with_for_update() if from_links else lock(query))


def lock_table(table: Any) -> None:
    """Let nobody write in a table until the transaction ends; who was writing has ended (SQLite has one writer)."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text(f"LOCK TABLE {table.name} IN SHARE MODE"))


def take_turn(*names: str) -> None:
    """Wait until no other transaction holds these names, one after the other, and hold them until ours ends.

    SQLite has one writer anyway.
    """
    if names and db.engine.dialect.name == "postgresql":
        db.session.execute(_select_turns(len(names)), {f"name_{n}": name for n, name in enumerate(names)})


@cache
def _select_turns(number: int) -> Select[Any]:
    names = (bindparam(f"name_{n}", type_=String) for n in range(number))
    return select(*(func.pg_advisory_xact_lock(func.hashtextextended(name, 0)) for name in names))


def is_alive() -> bool:
    """Tell whether the database answers."""
    return db.session.scalar(func.coalesce(literal(1), literal(0)).select()) == 1


def is_passing(error: OperationalError) -> bool:
    """Tell whether the same command may succeed if it is run again (deadlock, serialization)."""
    return getattr(error.orig, "sqlstate", None) in {"40P01", "40001"}


def database_file() -> Path | None:
    """Return the file the database is in, when it is in one (SQLite)."""
    url = db.engine.url
    return Path(url.database).absolute() if url.get_backend_name() == "sqlite" and url.database else None


def list_faults() -> list[str]:
    """Return what the engine itself finds broken in its storage (PostgreSQL checks its own while it runs)."""
    if database_file() is None:
        return []
    # A connection that remembers the index of words as it was before others wrote calls it malformed: take a new one.
    with create_engine(db.engine.url, poolclass=NullPool).connect() as connection:
        found = [str(row[0]) for row in connection.execute(text("PRAGMA integrity_check"))]
    orphans = db.session.execute(text("PRAGMA foreign_key_check")).all()
    return [fault for fault in found if fault != "ok"] + [f"{row[0]} {row[1]}: no such {row[2]}" for row in orphans]
