"""What a copy of the database holds, told from the copy itself."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.core import schema_guard

# The table of the migrations, which says nothing of whose they are; those that every version of ours has, and that no
# other product has together.
MIGRATIONS = schema_guard.TABLE
OURS = (
    "users",
    "communities",
    "territories",
    "ideas",
    "revisions",
    "threads",
    "comments",
    "votes",
    "outbox",
    "versions",
)

NOT_SOUND = "%(file)s is not a sound copy (%(why)s). Nothing was changed."


def find_missing_table(found: Collection[str]) -> str:
    """Name the first of our tables that is not among these; nothing when all are."""
    return next((name for name in OURS if name not in found), "")


@dataclass(frozen=True)
class Contents:
    """The revision of the schema, and how many rows each table has."""

    revision: str
    rows: Mapping[str, int]

    def __str__(self) -> str:
        names = {"users": "accounts", "ideas": "ideas", "comments": "comments"}
        return ", ".join([f"revision {self.revision}", *(f"{name} {self.rows[key]}" for key, name in names.items())])
