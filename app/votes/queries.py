"""Who supports what."""
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Integer, cast, func, or_, select

from app.accounts.models import User
from app.core.actor import Actor
from app.core.db import db
from app.ideas.models import Idea
from app.votes.models import Vote

SHOWN = 10


@dataclass(frozen=True)
class Support:
    """How an idea is supported, as one person sees it: `names` are (id, name) of those who chose to appear."""

    count: int
    is_mine: bool = False
    is_named: bool = False
    names: tuple[tuple[int, str], ...] = ()
    more: int = 0


def support(actor: Actor, idea: Idea) -> Support:
    """Give the support of one idea in one question: the person's own, and the first ten by name."""
    total = func.sum(cast(Vote.is_named, Integer)).over()
    query = select(Vote.user_id, Vote.is_named, User.name, User.closed_at, total.label("total")).join(Vote.user)
    query = query.where(Vote.idea_id == idea.id, or_(Vote.is_named, Vote.user_id == actor.id))
    query = query.order_by((Vote.user_id == actor.id).desc(), Vote.at, Vote.id)
    rows = db.session.execute(query.limit(SHOWN + 1)).all()
    own = next((row for row in rows if row.user_id == actor.id), None)
    named = [row for row in rows if row.is_named and row.closed_at is None][:SHOWN]
    return Support(
        idea.votes_count, own is not None, own is not None and own.is_named,
        tuple((row.user_id, row.name) for row in named), (rows[0].total if rows else 0) - len(named))


def mine(actor: Actor, idea_ids: Collection[int]) -> dict[int, bool]:
    """Tell which of these ideas the person supports, and whether by name."""
    query = select(Vote.idea_id, Vote.is_named).where(Vote.user_id == actor.id, Vote.idea_id.in_(idea_ids))
    return {row.idea_id: row.is_named for row in db.session.execute(query)}
