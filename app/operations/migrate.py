"""Bring the database to the schema of this version."""
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.core.db import db

MIGRATIONS = Path(__file__).parent.parent.parent / "migrations"


def upgrade() -> tuple[str, str]:
    """Apply what is missing; give the revisions before and after."""
    before = current()
    db.session.remove()
    command.upgrade(_config(), "head")
    return before, current()


def current() -> str:
    """Give the revision the database is at, or an empty string for one without tables."""
    with db.engine.connect() as connection:
        return " ".join(sorted(MigrationContext.configure(connection).get_current_heads()))


def head() -> str:
    """Give the revision of this version of the product."""
    return " ".join(sorted(ScriptDirectory.from_config(_config()).get_heads()))


def known() -> set[str]:
    """Return every revision that this version of the product knows."""
    return {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def difference() -> str:
    """Say in what the database is not at the schema of this version, and what to do; nothing when it is."""
    found, wanted = current(), head()
    if found == wanted:
        return ""
    if found and not set(found.split()) <= known():
        return f"at {found}, which a newer version made: upgrade the product, or `reflexe restore` an older backup"
    return f"at {found or 'nothing'}, not {wanted}: run `reflexe migrate` first"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def disconnect() -> None:
    """Close our connections, so that the processes we start open their own."""
    db.session.remove()
    db.engine.dispose()
