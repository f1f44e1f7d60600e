"""Bring the database to the schema of this version."""
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from app.core import dialect
from app.core.db import db
from app.core.errors import Conflict
from app.operations import contents

MIGRATIONS = Path(__file__).parent.parent.parent / "migrations"
QUEUE = "huey_"
OCCUPIED = ("%(place)s holds the tables of something else, without %(table)s: is DATABASE_URL right? Nothing was "
            "changed.")


def upgrade() -> tuple[str, str]:
    """Apply the missing migrations; return the revisions before and after. Raise Conflict for tables not ours."""
    refuse_foreign(tables())
    before = current()
    db.session.remove()
    command.upgrade(_config(), "head")
    return before, current()


def refuse_foreign(names: set[str]) -> None:
    """Raise Conflict for tables that are not ours; a database without tables is fine."""
    if names and contents.lacking(names):
        raise Conflict(OCCUPIED, place=dialect.place(), table=contents.lacking(names))


def tables() -> set[str]:
    """Return the names of the tables of the database, but those of the queue and of the migrations."""
    names = inspect(db.engine).get_table_names()
    return {name for name in names if not name.startswith(QUEUE)} - {contents.MIGRATIONS}


def absent() -> Path | None:
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


def current() -> str:
    """Return the revision the database is at, or an empty string for one without tables."""
    with db.engine.connect() as connection:
        return " ".join(sorted(MigrationContext.configure(connection).get_current_heads()))


def head() -> str:
    """Return the revision of this version of the product."""
    return " ".join(sorted(ScriptDirectory.from_config(_config()).get_heads()))


def known_revisions() -> set[str]:
    """Return every revision that this version of the product knows."""
    return {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def difference() -> str:
    """Say in what the database is not at the schema of this version, and what to do; nothing when it is."""
    if absent():
        return f"not there yet, since {absent()} does not exist: run `reflexe migrate` first, or correct DATABASE_URL"
    foreign = tables()
    if foreign and contents.lacking(foreign):
        return f"that of something else, without the table {contents.lacking(foreign)}: correct DATABASE_URL"
    revision, latest = current(), head()
    if revision == latest:
        return ""
    if revision and not set(revision.split()) <= known_revisions():
        return f"at {revision}, which a newer version made: upgrade the product, or `reflexe restore` an older backup"
    return f"at {revision or 'nothing'}, not {latest}: run `reflexe migrate` first"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def disconnect() -> None:
    """Close our connections, so that the processes we start open their own."""
    db.session.remove()
    db.engine.dispose()
