"""A backup restored for trial: put into a database made for that, compared with what was copied, and dropped."""

import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.core import dialect
from app.core.db import db
from app.core.errors import Conflict
from app.operations import backup_postgresql as postgresql
from app.operations import backup_sqlite as sqlite
from app.operations import postgresql_programs
from app.operations.contents import Contents

DIFFERENT = "A trial of the backup found %(found)s where %(expected)s were copied: its restoration can't be trusted."
BROKEN = "A trial of the backup found a row of %(table)s that leads nowhere."
FAILED = "A trial of the backup failed: %(why)s."
# What the name of a database that is made for a trial ends with: what has that name is dropped.
TRIAL = "_backup_trial"
# Of PostgreSQL's codes: the role may not do it.
NOT_ALLOWED = "42501"
MAY_NOT = "the role of DATABASE_URL may not make a database (ALTER ROLE … CREATEDB)"


def try_out(file: Path, expected: Contents) -> str:
    """Restore a copy beside the present database, compare, and say on what it was tried.

    Raise Conflict for a copy that does not come back whole.
    """
    return _try_on_sqlite(file, expected) if dialect.database_file() else _try_on_postgresql(file, expected)


def _try_on_sqlite(file: Path, expected: Contents) -> str:
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=".trial-") as folder:
        scratch = Path(folder) / "trial.db"
        sqlite.copy(file, scratch)
        _compare(sqlite.read_contents(scratch), expected)
        with closing(sqlite3.connect(scratch)) as connection:
            astray = connection.execute("PRAGMA foreign_key_check").fetchone()
    if astray:
        raise Conflict(BROKEN, table=astray[0])
    return "a file made for that, every row there"


def _try_on_postgresql(file: Path, expected: Contents) -> str:
    """Restore into a database of its own; a role that may not make one leaves the copy read from end to end alone."""
    name = f"{postgresql.name()}{TRIAL}"
    if not make_database(name):
        return f"a reading from end to end: {MAY_NOT}"
    try:
        fill_database(name, file)
        _compare(_count(name, expected), expected)
    finally:
        drop_database(name)
    return f"the database {name}, made for that, every row there"


def make_database(name: str) -> bool:
    """Make an empty database of PostgreSQL, in the place of one that was left; tell whether the role may."""
    try:
        drop_database(name)
        _execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", "") != NOT_ALLOWED:
            raise
        return False
    return True


def drop_database(name: str) -> None:
    _execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _execute(statement: str) -> None:
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(statement))


def fill_database(name: str, file: Path) -> None:
    """Put a copy into a database that was made for it. Raise Conflict."""
    programs = postgresql_programs.get_for_archive(postgresql_programs.get_server_version(), file)
    options = ["--exit-on-error", "--no-owner", "--no-privileges", postgresql.address(name)]
    command = [programs.path("pg_restore"), *options, str(file)]
    result = subprocess.run(command, env=postgresql.environment(), capture_output=True, text=True, check=False)
    if result.returncode:
        raise Conflict(FAILED, why=postgresql.find_reason(result.stderr))


def _count(name: str, expected: Contents) -> Contents:
    """Count the rows of each table of the trial that the copy says it has."""
    engine = db.create_engine(db.engine.url.set(database=name))
    try:
        with engine.connect() as connection:
            rows = {
                table: int(connection.scalar(text(f'SELECT count(*) FROM "{table}"')) or 0) for table in expected.rows
            }
            revision = str(connection.scalar(text("SELECT version_num FROM alembic_version")))
    finally:
        engine.dispose()
    return Contents(revision, rows)


def _compare(found: Contents, expected: Contents) -> None:
    if (found.revision, dict(found.rows)) != (expected.revision, dict(expected.rows)):
        raise Conflict(DIFFERENT, found=found, expected=expected)
