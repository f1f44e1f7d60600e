"""Bring the database to the schema of this version."""

from collections.abc import Callable

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

from app.core import schema_guard
from app.core.db import db
from app.core.errors import Conflict
from app.operations import outages, schema
from app.results import jobs as results
from app.search.index import rebuild

Look = Callable[[Connection], object]
STOPPED = "The migrations stop (%(why)s): is the database that of a newer version?"


def upgrade(
    tell: Callable[[str], object] = lambda _line: None, look: Look = lambda _connection: None
) -> tuple[str, str]:
    """Apply the missing migrations; return the revisions before and after. Raise Conflict for tables not ours.

    A site that was there before search has its texts indexed. `tell` is told of each migration that is done; `look` is
    called first, once nobody can write any more, and may refuse.
    """
    schema.refuse_foreign(schema.list_tables())
    before = schema.get_current_revision()
    db.session.remove()
    try:
        command.upgrade(build_configuration(_report(before, tell), look), "head")
    except CommandError as error:
        raise Conflict(STOPPED, why=outages.first_line(error)) from error
    _fill(tell)
    return before, schema.get_current_revision()


def _report(before: str, tell: Callable[[str], object]) -> Callable[[str], None]:
    """Return what is called with each revision that is reached: the number of the migration, of how many."""
    missing = sorted(name for name in schema.list_known_revisions() if name > before)

    def note(revision: str) -> None:
        number = missing.index(revision) + 1 if revision in missing else len(missing)
        tell(f"Migration {number} of {len(missing)}, to revision {revision}: done, stored once all are.")

    return note


def _fill(tell: Callable[[str], object]) -> None:
    """Have the texts of a site that was there before search indexed, and say how far it is."""
    total, read = rebuild.count_things(), 0

    def note(number: int) -> None:
        nonlocal read
        read += number
        tell(f"Index of search: {read} texts of {total}.")

    rebuild.fill(note)
    results.count_words_first()


def build_configuration(
    note: Callable[[str], None] = lambda _revision: None, look: Look = lambda _connection: None
) -> Config:
    """Return where Alembic finds the migrations; `look` is called before them, `note` with each revision reached."""
    config = Config(attributes={"note": note, "look": look})
    config.set_main_option("script_location", str(schema_guard.MIGRATIONS).replace("%", "%%"))
    return config
