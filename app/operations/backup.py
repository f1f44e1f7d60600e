"""Copy the database to a file while the site runs, and put such a copy back."""
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from app.core import clock, dialect
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.operations import migrate

NO_TOOL = "%(tool)s is not installed here: it comes with PostgreSQL's client programs."
FAILED = "%(tool)s failed: %(why)s"
NOT_SOUND = "%(file)s is not a sound copy: %(why)s"


def backup(file: Path) -> None:
    """Write a verified copy of the whole database to `file`, readable by its owner alone."""
    part = file.with_name(f".{file.name}.part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    try:
        source = dialect.database_file()
        if source:
            _copy(source, part)
            _compact(part)
            _verify(part)
        else:
            _postgres("pg_dump", "--format=custom", "--no-owner", f"--file={part}")
        os.replace(part, file)
    finally:
        part.unlink(missing_ok=True)


def restore(file: Path) -> Path | None:
    """Put the database of `file` in the place of the present one; give where the former one was kept.

    On PostgreSQL the former one is not kept: back it up before.
    """
    present = dialect.database_file()
    if present is None:
        _postgres("pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", str(file))
        return None
    _verify(file)
    kept = present.with_name(f"{present.name}.before-{clock.now():%Y%m%dT%H%M%S}")
    kept.touch(mode=0o600)
    _copy(present, kept)
    migrate.disconnect()
    _copy(file, present)
    return kept


def _copy(source: Path, target: Path) -> None:
    """Copy page by page under SQLite's own locks, so that writers go on and the copy is of one moment."""
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target, timeout=60)) as written:
        read.backup(written)


def _compact(file: Path) -> None:
    with closing(sqlite3.connect(file)) as copy:
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("VACUUM")


def _verify(file: Path) -> None:
    """Refuse a file that is not a whole database of this product."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as copy:
            (found,) = copy.execute("PRAGMA integrity_check").fetchone()
            copy.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError as error:
        raise Invalid(NOT_SOUND, file=file, why=error) from error
    if found != "ok":
        raise Invalid(NOT_SOUND, file=file, why=found)


def _postgres(tool: str, *options: str) -> None:
    """Run a client program of PostgreSQL; the password goes through the environment, never the command line."""
    if shutil.which(tool) is None:
        raise Conflict(NO_TOOL, tool=tool)
    url = db.engine.url
    place = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    environment = os.environ | ({"PGPASSWORD": str(url.password)} if url.password else {})
    done = subprocess.run([tool, f"--dbname={place}", *options], env=environment, capture_output=True, text=True)
    if done.returncode:
        raise Conflict(FAILED, tool=tool, why=(done.stderr.strip().splitlines() or ["no word"])[-1])
