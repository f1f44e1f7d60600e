"""Bring the database to the schema of this version."""
from alembic import command
from alembic.config import Config
from alembic.util import CommandError

from app.core.db import db
from app.core.errors import Conflict
from app.operations import outages, schema
from app.search import rebuild

STOPPED = "The migrations stop (%(why)s): is the database that of a newer version?"


def upgrade() -> tuple[str, str]:
    """Apply the missing migrations; return the revisions before and after. Raise Conflict for tables not ours.

    A site that was there before search has its texts indexed.
    """
    schema.refuse_foreign(schema.tables())
    before = schema.current()
    db.session.remove()
    try:
        command.upgrade(configuration(), "head")
    except CommandError as error:
        raise Conflict(STOPPED, why=outages.first_line(error)) from error
    rebuild.fill()
    return before, schema.current()


def configuration() -> Config:
    """Return where Alembic finds the migrations."""
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS).replace("%", "%%"))
    return config
