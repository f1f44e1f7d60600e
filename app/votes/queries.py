"""Who supports what."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, union_all
from sqlalchemy.orm import aliased

from app.accounts.models.people import User
from app.communities.cached_statements import cached_statement, reader_parameters
from app.communities.models import Restriction
from app.communities.queries import in_force
from app.core.actor import Actor
from app.core.db import db
from app.core.dialect import among
from app.ideas.models import Idea
from app.ideas.queries.reading import IDEA
from app.votes.models import DeclinedVote, Vote

SHOWN = 10


@dataclass(frozen=True)
class Support:
    """How an idea is supported, as one person sees it: `names` are (id, name) of those who chose to appear,
    the first ten of them; `more` is everybody else, so that the two add up to `count`.

    `inherited_count` of them came with ideas that were joined to this one; `is_inherited`: so did the person's own.
    """

    count: int
    inherited_count: int = 0
    is_mine: bool = False
    is_named: bool = False
    is_inherited: bool = False
    names: tuple[tuple[int, str], ...] = ()
    more: int = 0


def get_support(actor: Actor, idea: Idea) -> Support:
    """Return the support of one idea in one question: the person's own, and the first ten by name."""
    rows = db.session.connection().execute(_select_support(actor), reader_parameters(actor, idea=idea.id)).all()
    own = next((row for row in rows if row.user_id and row.user_id == actor.id), None)
    with_name = [row for row in rows if row.is_named and row.closed_at is None][:SHOWN]
    return Support(
        count=idea.votes_count,
        inherited_count=rows[0].n,
        is_mine=own is not None,
        is_named=own is not None and own.is_named,
        is_inherited=own is not None and own.inherited_from is not None,
        names=tuple((row.user_id, row.name) for row in with_name),
        more=max(0, idea.votes_count - len(with_name)),
    )


@cached_statement
def _select_support(actor: Actor) -> Select[Any]:
    """Select who is named – the reader first, then the first who chose to be –, each with how many came by a merge."""
    origins = select(func.count().label("n")).where(Vote.idea_id == IDEA, Vote.inherited_from.is_not(None))
    inherited = origins.subquery("inherited")
    first = select(Vote.id).where(Vote.idea_id == IDEA, Vote.is_named).order_by(Vote.at, Vote.id).limit(SHOWN)
    own = select(Vote.id).where(Vote.idea_id == IDEA, Vote.user_id == actor.id)
    ids = union_all(own, select(first.subquery())).subquery()
    query = select(inherited.c.n, Vote.user_id, Vote.is_named, Vote.inherited_from, User.name, User.closed_at)
    query = query.select_from(inherited).outerjoin(Vote, among(Vote.id, select(ids.c.id))).outerjoin(Vote.user)
    return query.order_by((Vote.user_id == actor.id).desc(), Vote.at, Vote.id)


def get_named_supporters(idea_ids: Collection[int], user_ids: Collection[int]) -> dict[tuple[int, int], str]:
    """Return the names of those of these people who support these ideas by name now, by idea and person."""
    query = select(Vote.idea_id, Vote.user_id, User.name).join(Vote.user)
    is_asked = Vote.idea_id.in_(idea_ids), Vote.user_id.in_(user_ids), Vote.is_named, User.closed_at.is_(None)
    return {(idea_id, user_id): name for idea_id, user_id, name in db.session.execute(query.where(*is_asked)).tuples()}


def newcomers(idea_id: int, into_id: int) -> ColumnElement[bool]:
    """Match the supports of one idea whose person neither supports the other nor declined to by a merge.

    Nor is it of somebody blocked in the community that leads the other, who could not take it back.
    """
    own = aliased(Vote)
    has_supported = select(own.id).where(own.idea_id == into_id, own.user_id == Vote.user_id).exists()
    has_declined = (
        select(DeclinedVote.at).where(DeclinedVote.idea_id == into_id, DeclinedVote.user_id == Vote.user_id).exists()
    )
    into = aliased(Idea)
    is_blocked = (
        select(Restriction.id)
        .join(into, into.community_id == Restriction.community_id)
        .where(into.id == into_id, Restriction.user_id == Vote.user_id, Restriction.kind == "block", in_force())
        .exists()
    )
    return and_(Vote.idea_id == idea_id, ~has_supported, ~has_declined, ~is_blocked)


def count_to_carry(idea: Idea, into: Idea) -> int:
    """Count the people whose support would be counted on the other idea too."""
    return db.session.scalar(select(func.count()).select_from(Vote).where(newcomers(idea.id, into.id))) or 0
