"""People who wrote elsewhere: a name in a source, without an account."""

from sqlalchemy import select, tuple_

from app.accounts.models.people import ImportedAuthor
from app.core.db import db
from app.core.dialect import insert_once

Name = tuple[str, str]


def get_or_add_authors(names: list[Name]) -> dict[Name, int]:
    """Return the id of each (source, name), adding those that are not here yet; a step of an import's command."""
    names = list(dict.fromkeys(names))
    ids = _find(names)
    for source, name in names:
        if (source, name) not in ids:
            insert_once(ImportedAuthor, source=source, name=name)
    return ids if len(ids) == len(names) else _find(names)


def _find(names: list[Name]) -> dict[Name, int]:
    key = tuple_(ImportedAuthor.source, ImportedAuthor.name)
    rows = db.session.execute(
        select(ImportedAuthor.source, ImportedAuthor.name, ImportedAuthor.id).where(key.in_(names))
    )
    return {(source, name): row_id for source, name, row_id in rows}
