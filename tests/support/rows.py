"""What stands in the tables now: each reading begins anew, and sees what a request or another thread wrote."""

import re
from typing import Any

from sqlalchemy import func, inspect, select, text

from app.accounts.models.people import User
from app.core.db import db
from app.notifications.models import Notice


def again(row: Any) -> Any:
    """Return a row as it is now."""
    key = inspect(row).identity
    db.session.rollback()
    return db.session.get_one(type(row), key)


def every(model: Any, *where: Any) -> list[Any]:
    """Return the rows of a table, in the order they were written."""
    db.session.rollback()
    return list(db.session.scalars(select(model).where(*where).order_by(model.id)))


def last(model: Any, *where: Any) -> Any:
    """Return the row that was written last; None when there is none."""
    db.session.rollback()
    return db.session.scalars(select(model).where(*where).order_by(model.id.desc()).limit(1)).first()


def count(model: Any, *where: Any) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model).where(*where)) or 0


def list_traces(pattern: re.Pattern[str]) -> list[str]:
    """Name each column of each table of the database, those of no model included, in which something is left."""
    found = []
    with db.engine.connect() as connection:
        for table in inspect(connection).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')).mappings():
                found += [
                    f"{table}.{column}: {value!r}"[:150] for column, value in row.items() if pattern.search(str(value))
                ]
    return found


def user_of(actor: Any) -> User:
    return db.session.get_one(User, actor.id)


def notices_by_user(kind: str) -> dict[int, Notice]:
    """Return the notices of a kind, by who got them."""
    return {notice.user_id: notice for notice in every(Notice, Notice.kind == kind)}


def kinds_told(person: Any) -> list[str]:
    """Return the kinds of the notices that somebody got."""
    return [notice.kind for notice in every(Notice, Notice.user_id == person.id)]
