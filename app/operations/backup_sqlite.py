"""Copies of a SQLite file: made under its locks, read again from end to end."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from app.core.errors import Invalid
from app.operations.contents import MIGRATIONS, NOT_SOUND, Contents

WAIT = 60
# The byte of an error's code that names its kind.
KIND = 0xFF
# What SQLite says of a damaged file may repeat bytes of it, which are no text.
UNREADABLE = (sqlite3.DatabaseError, UnicodeError)


def copy(source: Path, target: Path) -> None:
    """Copy page by page under SQLite's own locks, so that writers go on, and the copy is of one moment, or none."""
    with closing(sqlite3.connect(source)) as reader, closing(sqlite3.connect(target, timeout=WAIT)) as writer:
        reader.backup(writer)


def compact(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("VACUUM")


def restore(file: Path, present: Path, former: Path | None) -> None:
    """Put a copy in the place of the present database, which is kept as `former`."""
    if former:
        former.touch(mode=0o600, exist_ok=False)
        _set_aside(present, former)
    copy(file, present)


def _set_aside(present: Path, former: Path) -> None:
    """Copy the present database; one that is too damaged for that is moved as it is."""
    try:
        copy(present, former)
    except UNREADABLE as error:
        former.unlink()
        if not _is_damage(error):
            raise
        for file, new_name in zip(list_files(present), list_files(former), strict=True):
            if file.exists():
                os.replace(file, new_name)


def list_files(database: Path) -> list[Path]:
    """Return where SQLite has a database: its file, and what it writes beside it."""
    return [Path(f"{database}{suffix}") for suffix in ("", "-wal", "-shm", "-journal")]


def find_tables(file: Path) -> set[str] | None:
    """Return the names of the tables but that of the migrations, which any product may have; None if it is damaged."""
    try:
        with closing(sqlite3.connect(file)) as connection:
            return set(_names(connection)) - {MIGRATIONS}
    except UNREADABLE as error:
        if _is_damage(error):
            return None
        raise


def _is_damage(error: sqlite3.DatabaseError | UnicodeError) -> bool:
    if isinstance(error, UnicodeError):
        return True
    return error.sqlite_errorcode & KIND in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def read_contents(file: Path) -> Contents:
    """Read a copy from end to end, and return what it holds; refuse one that is damaged or is no database."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
            result = _count_rows(connection)
    except UNREADABLE as error:
        raise Invalid(NOT_SOUND, file=file, why=error) from error
    if verdict != "ok":
        raise Invalid(NOT_SOUND, file=file, why=verdict)
    return result


def _count_rows(connection: sqlite3.Connection) -> Contents:
    rows = {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in _names(connection)}
    found = connection.execute(f"SELECT version_num FROM {MIGRATIONS}").fetchone() if MIGRATIONS in rows else None
    return Contents(found[0] if found else "", rows)


def _names(connection: sqlite3.Connection) -> list[str]:
    return [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
