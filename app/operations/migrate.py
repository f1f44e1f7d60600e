"""Bring the database to the schema of this version."""
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DBAPIError

from app.core.db import db
from app.core.errors import Conflict

AWAY = "The database can't be used: %(why)s"
MIGRATIONS = Path(__file__).parent.parent.parent / "migrations"


def upgrade() -> tuple[str, str]:
    """Apply what is missing; give the revisions before and after."""
    before = current()
    db.session.remove()
    command.upgrade(_config(), "head")
    return before, current()


def current() -> str:
    """Give the revision the database is at, or an empty string for one without tables."""
    try:
        with db.engine.connect() as connection:
            return " ".join(sorted(MigrationContext.configure(connection).get_current_heads()))
    except DBAPIError as error:
        raise Conflict(AWAY, why=str(error.orig).strip().splitlines()[0]) from error


def head() -> str:
    """Give the revision of this version of the product."""
    return " ".join(sorted(ScriptDirectory.from_config(_config()).get_heads()))


def is_current() -> bool:
    return current() == head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def disconnect() -> None:
    """Close our connections, so that the processes we start open their own."""
    db.session.remove()
    db.engine.dispose()
