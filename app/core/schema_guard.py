"""The schema that this program knows, and that of the database: a program that meets another one writes nothing.

Every transaction that writes begins by reading the number of the schema, under a lock that whoever changes the schema
takes first: no program commits on a schema that it does not know.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import psycopg
from sqlalchemy import URL, Connection, Engine, Integer, cast, column, event, func, select, table
from sqlalchemy.exc import SQLAlchemyError

from app.core import dialect, table_lock
from app.core.readers import NoAnswer

MIGRATIONS = Path(__file__).parents[2] / "migrations"
# Read when the program starts: what stands in the folder later may be of another version.
KNOWN = frozenset(file.name[:4] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))
MINE = max(KNOWN)
# Where Alembic notes the revision, in the transaction that brings the database there; a copy brings its own back.
TABLE = "alembic_version"
NUMBER = select(func.max(cast(column("version_num"), Integer))).select_from(table(TABLE)).scalar_subquery()
_READ = f"SELECT max(version_num) FROM {TABLE}"
# An option of a connection: it changes the schema, or puts a database back, and nobody writes meanwhile.
CHANGES_SCHEMA = "reflexe_changes_schema"
# What SQLite says of a statement that does not fit its tables: it is wrong, the schema changed, a constraint refuses.
OF_STATEMENTS = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_SCHEMA, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH)
_stops: list[Callable[[str], object]] = []


class OtherSchema(SQLAlchemyError):
    """The database became that of another version while this program ran."""

    def __init__(self, found: int):
        advice = (
            "start the newer version" if found > int(MINE) else "run `reflexe migrate`, or start the version it is of"
        )
        super().__init__(f"The database is now at schema {found:04}, not {MINE}: {advice}.")


def watch(engine: Engine) -> None:
    """Have each transaction that writes compare the schema first, and each statement that fails say if it is another.

    It comes after `dialect.prepare`, which begins the transactions.
    """
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", _explain)


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get(CHANGES_SCHEMA):
        table_lock.keep_writers_out(connection, TABLE)
    elif options.get(dialect.WRITES):
        compare(int(table_lock.begin_with(connection, TABLE, _READ) or 0))


def compare(found: int) -> None:
    """Raise OtherSchema for another schema than ours; a process that serves ends then."""
    if found != int(MINE):
        _refuse(found)


def _refuse(found: int) -> NoReturn:
    refusal = OtherSchema(found)
    while _stops:
        _stops.pop()(str(refusal))
    raise refusal


def stop_with(stop: Callable[[str], object]) -> None:
    """Have this process call `stop` with the reason, once, when it meets another schema: what it serves is over."""
    _stops[:] = [stop]


def _explain(context: Any) -> None:
    """Tell a statement that fails because the tables became others from one that is wrong.

    Whoever changes the schema is at another one by then, and is told what is wrong.
    """
    connection = context.connection
    changes_schema = connection is not None and connection.get_execution_options().get(CHANGES_SCHEMA)
    if not changes_schema and _is_of_statement(context.original_exception):
        verify(context.engine.url)


def _is_of_statement(error: BaseException) -> bool:
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", 0) & 0xFF in OF_STATEMENTS
    return isinstance(error, psycopg.Error) and not isinstance(error, psycopg.OperationalError)


def verify(url: URL) -> None:
    """Raise OtherSchema if the database is at another schema by now; one that can't be read is not judged."""
    found = _read(url)
    if found is not None:
        compare(found)


def describe_other(url: URL) -> str:
    """Say what the schema of the database is and what to do if it is not ours; else nothing."""
    found = _read(url)
    return "" if found in (None, int(MINE)) else str(OtherSchema(found or 0))


def _read(url: URL) -> int | None:
    reader = dialect.reader(url, _READ)
    try:
        return reader()
    except NoAnswer:
        return None
    finally:
        reader.close()
