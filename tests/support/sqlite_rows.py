"""The rows of a database of SQLite in one state, and the way back to them: what its connections prepared stays prepared."""

import sqlite3
from typing import Any

TABLES = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
VIRTUAL = "CREATE VIRTUAL TABLE"


def schema_of(connection: sqlite3.Connection) -> int:
    """Return a number that changes with the tables."""
    return int(connection.execute("PRAGMA schema_version").fetchone()[0])


class Rows:
    """All rows there are; an index of words has tables of its own, which follow from the others."""

    def __init__(self, connection: sqlite3.Connection):
        tables = dict(connection.execute(TABLES).fetchall())
        self.schema = schema_of(connection)
        self._indexes = tuple(name for name, sql in tables.items() if sql.startswith(VIRTUAL))
        self._by_table = {name: _read(connection, name) for name in tables if not name.startswith(self._indexes)}

    def put_back(self, connection: sqlite3.Connection) -> None:
        """Write the tables that differ, and the indexes of words again: a test may have damaged one."""
        connection.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                self._write(connection)
        finally:
            connection.execute("PRAGMA foreign_keys=ON")

    def _write(self, connection: sqlite3.Connection) -> None:
        for name, rows in self._by_table.items():
            if rows and _read(connection, name) != rows:
                connection.execute(f'DELETE FROM "{name}"')
                connection.executemany(f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(rows[0]))})', rows)
            elif not rows and connection.execute(f'SELECT EXISTS (SELECT 1 FROM "{name}")').fetchone()[0]:
                connection.execute(f'DELETE FROM "{name}"')
        for name in self._indexes:
            connection.execute(f"INSERT INTO {name} ({name}) VALUES ('rebuild')")


def _read(connection: sqlite3.Connection, name: str) -> list[Any]:
    return connection.execute(f'SELECT * FROM "{name}" ORDER BY rowid').fetchall()
