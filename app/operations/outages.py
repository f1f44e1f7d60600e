"""What the world around does to us – a full disk, a server that is away – said in one line, with what to do."""

import errno
import sqlite3
from typing import Any

import psycopg
from redis.exceptions import RedisError
from sqlalchemy.exc import DBAPIError, TimeoutError

from app.core.schema_guard import OtherSchema

ROOM = "make room on the disk, then run it again"
AGAIN = "run it again in a moment"
OWNER = "it and its folder must belong to the user who runs this, on a disk that takes writes"
DAMAGED = "restore the last backup with `reflexe restore`"
SQLITE = {
    sqlite3.SQLITE_FULL: ROOM,
    sqlite3.SQLITE_IOERR: "the disk is full or failing: make room, then look at its health",
    sqlite3.SQLITE_READONLY: OWNER,
    sqlite3.SQLITE_CANTOPEN: OWNER,
    sqlite3.SQLITE_PERM: OWNER,
    sqlite3.SQLITE_BUSY: f"somebody else has been writing for long; {AGAIN}",
    sqlite3.SQLITE_LOCKED: f"somebody else has been writing for long; {AGAIN}",
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
}
POSTGRESQL = {
    psycopg.errors.DiskFull.sqlstate: "make room on the disk of PostgreSQL",
    psycopg.errors.ReadOnlySqlTransaction.sqlstate: (
        "it takes no writes: is this a standby, or is default_transaction_read_only on?"
    ),
    psycopg.errors.InsufficientPrivilege.sqlstate: "the user of DATABASE_URL must own the database",
    psycopg.errors.LockNotAvailable.sqlstate: "stop the site and the worker, then run it again",
}
ADVICE = {
    errno.ENOSPC: ROOM,
    errno.EDQUOT: ROOM,
    errno.EFBIG: ROOM,
    errno.EACCES: OWNER,
    errno.EPERM: OWNER,
    errno.EROFS: OWNER,
    errno.ENOENT: "give a folder that is there",
    errno.ENOTDIR: "give a folder that is one",
}
AWAY = "start PostgreSQL, or correct DATABASE_URL"


def explain(error: BaseException) -> str | None:
    """Return what happened and what to do, on one line; None when the fault is ours, which asks for its traceback."""
    if isinstance(error, DBAPIError) and error.orig is not None:
        return explain(error.orig)
    if isinstance(error, OtherSchema):
        return str(error)
    if isinstance(error, TimeoutError):
        return f"Every connection to the database is taken: {AGAIN}."
    if isinstance(error, sqlite3.Error):
        return _sqlite(error)
    if isinstance(error, psycopg.Error):
        return _postgresql(error)
    if isinstance(error, RedisError):
        return f"The queue can't be used ({first_line(error)}): start Redis, or correct REDIS_URL."
    # Whoever reads the answer may stop reading: that is no outage.
    return _system(error) if isinstance(error, OSError) and not isinstance(error, BrokenPipeError) else None


def _sqlite(error: sqlite3.Error) -> str | None:
    # The low byte is the kind; 1 is a statement of ours that is wrong.
    advice = SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    return f"The database can't be used ({first_line(error)}): {advice}." if advice else None


def _postgresql(error: psycopg.Error) -> str | None:
    is_ours = isinstance(error, psycopg.IntegrityError | psycopg.DataError | psycopg.ProgrammingError)
    advice = POSTGRESQL.get(error.sqlstate or "", None if is_ours else AWAY)
    return f"The database can't be used ({first_line(error)}): {advice}." if advice else None


def _system(error: OSError) -> str:
    place = f"{error.filename}: " if error.filename else ""
    advice = ADVICE.get(error.errno or 0, "look at it, then run it again")
    return f"{place}{(error.strerror or str(error)).lower()}: {advice}."


def explain_reason(error: OSError | sqlite3.Error) -> str:
    """Return why a file can't be written, in a few words."""
    return ((error.strerror if isinstance(error, OSError) else None) or first_line(error)).lower()


def first_line(error: Any) -> str:
    """Return the first line of what an error says that says something."""
    lines = [text.strip() for text in str(error).splitlines() if text.strip()]
    details = [text for text in lines if not text.endswith(":")]
    return (details or lines or [type(error).__name__])[0].rstrip(".")
