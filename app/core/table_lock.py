"""A table that every transaction that writes begins by reading, under a lock: whoever changes it has no writer beside.

SQLite has one writer in any case.
"""

import sqlite3
from typing import Any

import psycopg
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import OperationalError

# In seconds: how long whoever keeps writers out waits for those who are at work.
LONGEST_WRITE = 60


def begin_with(connection: Connection, table: str, sql: str) -> Any:
    """Begin a transaction that writes by reading one value, which stays while this transaction does.

    Whoever keeps writers out of `table` is waited for. None where there is no such table. PostgreSQL begins, waits and
    reads in one trip; SQLite has begun.
    """
    link: Any = connection.connection.dbapi_connection
    try:
        if connection.dialect.name == "sqlite":
            return link.execute(sql).fetchone()[0]
        return link.begin_with(f"LOCK TABLE {table} IN ROW SHARE MODE; {sql}")
    except (sqlite3.Error, psycopg.Error) as error:
        if isinstance(error, psycopg.errors.UndefinedTable) or "no such table" in str(error):
            return None
        if getattr(link, "closed", False):
            connection.invalidate(error)
        raise OperationalError("BEGIN", None, error) from error


def keep_writers_out(connection: Connection, table: str) -> None:
    """Wait for whoever writes, and have others wait to begin until this transaction ends; readers go on.

    A database without the table has no writers. SQLite has one writer anyway.
    """
    if connection.dialect.name == "postgresql" and inspect(connection).has_table(table):
        connection.execute(text(f"SET LOCAL lock_timeout = '{LONGEST_WRITE}s'"))
        connection.execute(text(f"LOCK TABLE {table} IN EXCLUSIVE MODE"))
        connection.execute(text("SET LOCAL lock_timeout = 0"))
