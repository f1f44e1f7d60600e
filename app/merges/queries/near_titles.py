"""Ideas that may say the same as one that waits: public ones of its community, whose titles share most of their words.

This reads titles alone, of the most recent ideas: it proposes, and people compare.
"""
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import Row, Select, select, union_all

from app.core.actor import Actor
from app.core.db import db
from app.core.dialect import among
from app.core.text.plain import words
from app.ideas.models import Idea
from app.ideas.queries.reading import is_public, readable_by

RECENT, MOST, ALIKE, LONG_ENOUGH = 500, 3, 0.5, 4
# Long words that say nothing of a subject, folded and without the mark of the plural.
EMPTY = frozenset(
    "pour dan avec san plu tou tout toute leur nou vou notre votre entre chez cette comme faire etre avoir "
    "with from that thi your more into have all".split())
Near = Row[tuple[int, str, str, str, int | None]]
"""An idea as a link to it needs it: id, slug, title, lang, community_id."""


def of(actor: Actor, pending: Sequence[Idea]) -> dict[int, list[Near]]:
    """Return, by number, at most three ideas that each of these may repeat, the nearest first; others have no entry."""
    ids = {idea.community_id for idea in pending if idea.community_id}
    if not ids:
        return {}
    latest = union_all(*(_latest(actor, room_id, RECENT // len(ids)) for room_id in sorted(ids))).subquery()
    query = select(Idea.id, Idea.slug, Idea.title, Idea.lang, Idea.community_id)
    query = query.where(among(Idea.id, select(latest.c.id)))
    recent = db.session.execute(query.order_by(Idea.published_at.desc(), Idea.id.desc())).all()
    subjects = defaultdict[int | None, list[tuple[Near, frozenset[str]]]](list)
    for idea in recent:
        subjects[idea.community_id].append((idea, subject(idea.title)))
    found = {idea.id: _nearest(idea, subjects[idea.community_id]) for idea in pending if idea.community_id}
    return {row_id: near for row_id, near in found.items() if near}


def _latest(actor: Actor, community_id: int, size: int) -> Select[tuple[int]]:
    """Select the last ideas of a community, each of which has its share of those that are read."""
    query = select(Idea.id).where(Idea.community_id == community_id, is_public(), readable_by(actor))
    return select(query.order_by(Idea.published_at.desc(), Idea.thread_id.desc()).limit(size).subquery())


def _nearest(pending: Idea, subjects: Sequence[tuple[Near, frozenset[str]]]) -> list[Near]:
    mine = subject(pending.title)
    scores = [(likeness(mine, theirs), idea) for idea, theirs in subjects]
    near = [(score, idea) for score, idea in scores if score >= ALIKE and idea.id != pending.id]
    return [idea for _score, idea in sorted(near, key=lambda pair: -pair[0])[:MOST]]


@lru_cache(maxsize=1000)
def subject(title: str) -> frozenset[str]:
    """Return the words of a title that say what it is about: folded, long, without the mark of the plural."""
    long = {word.rstrip("sx") for word in words(title) if len(word) >= LONG_ENOUGH}
    return frozenset(long - EMPTY)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return which share of their words two titles have in common, from 0 to 1 (the coefficient of Dice)."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
