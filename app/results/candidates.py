"""What a team may join an idea to, or relate it to: found by words, by number or address, else those similar to it."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement

from app.core.actor import Actor
from app.core.db import db
from app.ideas.models import Idea
from app.ideas.queries.lists import select_ideas
from app.ideas.queries.reading import is_named
from app.moderation.merges import queries
from app.results import similar

MOST = 20
"""How many are offered."""


def list_joinable(actor: Actor, idea: Idea, q: str = "") -> Sequence[Idea]:
    """Return the ideas that this one may be joined to: those found by the words, else similar ones."""
    return _find(actor, idea, queries.joins(actor, idea), q)


def list_relatable(actor: Actor, idea: Idea, q: str = "") -> Sequence[Idea]:
    """Return the ideas that this one may be related to: those found by the words, else similar ones."""
    return _find(actor, idea, queries.relates(actor, idea), q)


def _find(actor: Actor, idea: Idea, law: ColumnElement[bool], q: str) -> Sequence[Idea]:
    query = select_ideas().where(law)
    if q:
        query = query.where(is_named(q)).order_by(Idea.published_at.desc(), Idea.id.desc())
        return db.session.scalars(query.limit(MOST)).all()
    subject = similar.SimilarityQuery(idea.title, idea.id, idea.community_id)
    ids = [one.id for one in similar.list_similar(actor, subject, most=MOST, is_wide=True, where=law)]
    found = {one.id: one for one in db.session.scalars(query.where(Idea.id.in_(ids)))} if ids else {}
    return [found[row_id] for row_id in ids if row_id in found]
