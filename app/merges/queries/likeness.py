"""Ideas that may go with another: found by words, by number or address, or because their words are alike."""
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, and_, case, false, true

from app.communities.twins import of_another
from app.core import dialect
from app.core.actor import Actor
from app.core.db import db
from app.core.text.plain import words
from app.ideas.models import OPEN, Idea
from app.ideas.queries.lists import rows
from app.ideas.queries.naming import is_named
from app.ideas.queries.reading import is_public, readable_by

MOST, LONG_ENOUGH, ALIKE = 20, 4, 2


def to_join(actor: Actor, idea: Idea, q: str = "") -> Sequence[Idea]:
    """Return the ideas that this one may be joined to, as `policy.JOIN` has it: those found, else those alike."""
    mine = true() if actor.is_coordinator else Idea.community_id.in_(actor.facilitates)
    inside = and_(Idea.is_private, Idea.community_id == idea.community_id)
    circle = inside if idea.is_private else Idea.is_private.is_(False)
    return _find(idea, rows().where(mine, circle, is_public(), Idea.status.in_(OPEN), of_another(actor, Idea)), q)


def to_relate(actor: Actor, idea: Idea, q: str = "") -> Sequence[Idea]:
    """Return the ideas that this one may be related to."""
    return _find(idea, rows().where(is_public(), readable_by(actor), of_another(actor, Idea)), q)


def _find(idea: Idea, query: Select[tuple[Idea]], q: str) -> Sequence[Idea]:
    query = query.where(Idea.id != idea.id)
    query = query.where(is_named(q)) if q else _keep_alike(query, idea.title)
    return db.session.scalars(query.order_by(Idea.published_at.desc(), Idea.id.desc()).limit(MOST)).all()


def _keep_alike(query: Select[tuple[Idea]], title: str) -> Select[tuple[Idea]]:
    """Keep the ideas that share words of a title, those that share the most first."""
    long = [word for word in words(title) if len(word) >= LONG_ENOUGH]
    score: Any = sum(case((dialect.contains(Idea.search_text, word), 1), else_=0) for word in long)
    if not long:
        return query.where(false())
    return query.where(score >= min(ALIKE, len(long))).order_by(score.desc())
