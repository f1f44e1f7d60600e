"""How much was written since an upgraded site opened again: what is lost by whoever goes back."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select, text

from app.core import content_version, heartbeat
from app.core.db import Model, db
from app.core.errors import Conflict
from app.operations.upgrade_notes import Notes

# What people know by name; all else is "other rows".
NAMES = {"users": "accounts", "ideas": "ideas", "comments": "comments", "votes": "supports"}
OTHER = "other rows"
# What is written while nobody does anything, or beside what was.
OF_MACHINES = (heartbeat.Heartbeat.__tablename__, content_version.ContentVersion.__tablename__)
STILL_WRITTEN = (
    "Something was written after the copy was made: a site of this database is open still, on another machine or with "
    "another DATA_DIR. Stop it and its worker, then run this again. Nothing was changed."
)


@dataclass(frozen=True)
class Losses:
    """How many rows more each kind has, and how many changes readers may have seen."""

    rows: Mapping[str, int]
    changes: int

    def __bool__(self) -> bool:
        return self.changes > 0 or any(self.rows.values())

    def __str__(self) -> str:
        rows = ", ".join(f"{name} {number}" for name, number in self.rows.items() if number)
        changes = f"{self.changes} changes that readers may see" if self.changes else ""
        return f"{rows}; in all, {changes}" if rows and changes else rows or changes


def count() -> tuple[dict[str, int], int]:
    """Return the number of rows of each table and the content version; what only tells of a passage is left out."""
    models = content_version.get_models(Model.registry)
    names = sorted(name for name, model in models.items() if not (model.is_trace or name in OF_MACHINES))
    with db.engine.connect() as connection:
        rows = {
            name: int(connection.scalar(select(func.count()).select_from(models[name].__table__)) or 0)
            for name in names
        }
        content = int(connection.scalar(text(content_version.SQL)) or 0)
    return rows, content


def find_losses(notes: Notes) -> Losses:
    """Compare with what there was when the site opened."""
    rows, content = count()
    more = {name: max(0, number - notes.rows.get(name, 0)) for name, number in rows.items()}
    named = {label: more.pop(name) for name, label in NAMES.items()}
    return Losses(named | {OTHER: sum(more.values())}, max(0, content - notes.content))


def refuse_what_was_written(connection: Connection, content: int | None) -> None:
    """Refuse a database whose content changed since it had this version, under the lock of what comes next.

    Raise Conflict.
    """
    if content is not None and connection.scalar(text(content_version.SQL)) != content:
        raise Conflict(STILL_WRITTEN)
