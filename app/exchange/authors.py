"""People who wrote elsewhere: a name in a source, without an account."""
from sqlalchemy import select, tuple_

from app.accounts.models.people import ImportedAuthor
from app.core.db import db
from app.core.dialect import insert_once

Name = tuple[str, str]


def find_or_add(names: list[Name]) -> dict[Name, int]:
    """Return the id of each (source, name), adding those who were not met before; a step of an import's command."""
    asked = list(dict.fromkeys(names))
    known = _find(asked)
    for source, name in asked:
        if (source, name) not in known:
            insert_once(ImportedAuthor, source=source, name=name)
    return known if len(known) == len(asked) else _find(asked)


def _find(names: list[Name]) -> dict[Name, int]:
    key = tuple_(ImportedAuthor.source, ImportedAuthor.name)
    rows = db.session.execute(
        select(ImportedAuthor.source, ImportedAuthor.name, ImportedAuthor.id).where(key.in_(names)))
    return {(source, name): row_id for source, name, row_id in rows}
