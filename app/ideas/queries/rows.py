"""Ideas as lists show them: rows that come in one statement with all that is shown, and no more."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select

from app.accounts.models.people import ImportedAuthor, User
from app.core import dialect
from app.core.db import db
from app.core.paging import Order
from app.ideas.models import Idea, IdeaTerritory
from app.ideas.queries.index_walks import Ids
from app.ideas.queries.reading import with_author


class IdeaRow(NamedTuple):
    """An idea as lists show it; `places` are the numbers of its territories, with spaces."""

    id: int
    slug: str
    title: str
    kind: str
    status: str
    lang: str
    excerpt: str
    community_id: int | None
    thread_id: int
    votes_count: int
    comments_count: int
    published_at: datetime | None
    answered_at: datetime | None
    author_name: str
    author_closed_at: datetime | None
    places: str | None


@cache
def select_rows() -> Select[Any]:
    """Select ideas as `get_rows` returns them."""
    idea, author, imported, place = (model.__table__ for model in (Idea, User, ImportedAuthor, IdeaTerritory))
    places = select(func.aggregate_strings(dialect.as_text(place.c.territory_id), " "))
    columns = {
        **idea.c,
        "author_name": func.coalesce(author.c.name, imported.c.name),
        "author_closed_at": author.c.closed_at,
        "places": places.where(place.c.idea_id == idea.c.id).scalar_subquery(),
    }
    query = select(*(columns[name] for name in IdeaRow._fields)).select_from(idea)
    query = query.outerjoin(author, author.c.id == idea.c.author_id)
    return query.outerjoin(imported, imported.c.id == idea.c.imported_author_id)


def select_among(ids: Ids, order: Order) -> Select[Any]:
    """Select the rows of the ideas that another query selects."""
    return order.apply(select_rows().where(dialect.among(Idea.__table__.c.id, ids)))


def get_rows(query: Select[Any]) -> list[IdeaRow]:
    """Return what a statement made of `select_rows` finds."""
    return [IdeaRow._make(row) for row in db.session.connection().execute(query)]


def list_whole(rows: Sequence[IdeaRow]) -> list[Idea]:
    """Return the ideas of these rows with their texts, in the same order."""
    query = select(Idea).where(Idea.id.in_([row.id for row in rows])).options(*with_author())
    found = {idea.id: idea for idea in db.session.scalars(query)} if rows else {}
    return [found[row.id] for row in rows]
