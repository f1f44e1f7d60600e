"""The schema that a database is at, and the one that this version of the product needs."""

from pathlib import Path

from sqlalchemy import String, column, inspect, select, table, text
from sqlalchemy.exc import DBAPIError, TimeoutError

from app.core import content_version, dialect
from app.core.db import db
from app.core.errors import Conflict
from app.operations import contents

MIGRATIONS = Path(__file__).parent.parent.parent / "migrations"
QUEUE = "huey_"
OCCUPIED = (
    "%(place)s holds the tables of something else, without %(table)s: is DATABASE_URL right? Nothing was changed."
)


def refuse_foreign(names: set[str]) -> None:
    """Raise Conflict for tables that are not ours; a database without tables is fine."""
    if names and contents.find_missing_table(names):
        raise Conflict(OCCUPIED, place=dialect.describe_database(), table=contents.find_missing_table(names))


def list_tables() -> set[str]:
    """Return the names of the tables of the database, but those of the queue and of the migrations."""
    names = inspect(db.engine).get_table_names()
    return {name for name in names if not name.startswith(QUEUE)} - {contents.MIGRATIONS}


def find_absent_file() -> Path | None:
    """Return the file of SQLite where there is none yet, else None: to look into it would make it."""
    file = dialect.database_file()
    try:
        if file:
            file.stat()
    except FileNotFoundError:
        return file
    except OSError:
        return None  # SQLite says better what is wrong.
    return None


def get_current_revision() -> str:
    """Return the revision the database is at, or an empty string for one without tables."""
    with db.engine.connect() as connection:
        if not inspect(connection).has_table(contents.MIGRATIONS):
            return ""
        query = select(column("version_num", String)).select_from(table(contents.MIGRATIONS))
        return " ".join(sorted(connection.scalars(query)))


def find_state() -> tuple[str, int | None] | None:
    """Return what names the present state of the database: its revision and its content version; None if it is away."""
    if find_absent_file():
        return "", None
    disconnect()
    try:
        revision = get_current_revision()
        with db.engine.connect() as connection:
            is_there = inspect(connection).has_table(content_version.ContentVersion.__tablename__)
            return revision, connection.scalar(text(content_version.SQL)) if is_there else None
    except (DBAPIError, TimeoutError):
        return None
    finally:
        disconnect()


def get_head_revision() -> str:
    """Return the revision of this version of the product."""
    return max(list_known_revisions())


def list_known_revisions() -> set[str]:
    """Return every revision that this version of the product knows: the numbers of its files of migrations."""
    return {file.name[:4] for file in (MIGRATIONS / "versions").glob("[0-9]*.py")}


def describe_difference() -> str:
    """Say in what the database is not at the schema of this version, and what to do; nothing when it is."""
    absent = find_absent_file()
    if absent:
        return f"not there yet, since {absent} does not exist: run `reflexe migrate` first, or correct DATABASE_URL"
    foreign = list_tables()
    if foreign and contents.find_missing_table(foreign):
        return f"that of something else, without the table {contents.find_missing_table(foreign)}: correct DATABASE_URL"
    revision, latest = get_current_revision(), get_head_revision()
    if revision == latest:
        return ""
    if revision and not set(revision.split()) <= list_known_revisions():
        return f"at {revision}, which a newer version made: upgrade the product, or `reflexe restore` an older backup"
    return f"at {revision or 'nothing'}, not {latest}: run `reflexe migrate` first"


def disconnect() -> None:
    """Close our connections, so that the processes we start open their own."""
    db.session.remove()
    db.engine.dispose()
