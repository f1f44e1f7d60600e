"""Answers that are being written, and the ideas that wait for one. The team's own: nothing here is for the public."""
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models.people import User
from app.communities.queries import Room
from app.communities.twins import of_another
from app.core import clock
from app.core.actor import Actor
from app.core.db import constant, db
from app.core.paging import Order, Page, page_of, read_place
from app.ideas import policy
from app.ideas.models import NEXT, Answer, Idea
from app.ideas.queries.lists import rows
from app.ideas.queries.reading import is_public, readable_by

MANY = 50
# The conditions of the indexes of ideas that wait, word for word.
IN_SIGHT = and_(Idea.in_sight(), Idea.merged_into.is_(None))
IS_UNANSWERED = and_(Idea.status == constant("published"), Idea.answered_at.is_(None), IN_SIGHT)
IS_BEGUN = and_(IN_SIGHT, or_(
    Idea.status.in_([constant(status) for status in ("under_review", "retained", "planned", "underway")]),
    and_(Idea.status == constant("published"), Idea.answered_at.is_not(None))))


def living(actor: Actor, idea: Idea) -> Answer | None:
    """Return the draft of an answer to those who answer this idea."""
    if not policy.ANSWER.permits(actor, idea):
        return None
    return db.session.scalar(_of(idea).where(Answer.published_at.is_(None), Answer.dropped_at.is_(None)))


def last_dropped(actor: Actor, idea: Idea) -> Answer | None:
    """Return the last draft that was put aside since the idea moved: it may be taken up again."""
    if not policy.ANSWER.permits(actor, idea):
        return None
    query = _of(idea).where(Answer.dropped_at > idea.status_at)
    return db.session.scalar(query.order_by(Answer.dropped_at.desc(), Answer.id.desc()).limit(1))


def ids_with_draft(ids: Sequence[int]) -> set[int]:
    """Return those of these ideas for which the draft of an answer lives."""
    query = select(Answer.idea_id).where(Answer.idea_id.in_(ids), Answer.published_at.is_(None))
    return set(db.session.scalars(query.where(Answer.dropped_at.is_(None))))


def _of(idea: Idea) -> Select[tuple[Answer]]:
    names = [joinedload(who).load_only(User.name, User.closed_at) for who in (Answer.by, Answer.reviewer)]
    return select(Answer).where(Answer.idea_id == idea.id).options(*names, joinedload(Answer.idea))


def due(rooms: Sequence[Room]) -> dict[int, int]:
    """Count, by community, the ideas that are still as they were proposed after the days it gives itself."""
    query = select(Idea.community_id, func.count()).where(is_unanswered(rooms))
    rows = db.session.execute(query.group_by(Idea.community_id))
    return {community_id: count for community_id, count in rows if community_id is not None}


def is_unanswered(rooms: Sequence[Room]) -> ColumnElement[bool]:
    """Match the ideas of these communities that are still as they were proposed after the days each gives itself.

    One that was answered and stays there has its answer. An index holds those of `IS_UNANSWERED`.
    """
    return and_(IS_UNANSWERED, _older(rooms, "answer_days"))


def is_stalled(rooms: Sequence[Room]) -> ColumnElement[bool]:
    """Match the ideas of these communities that took a step, then heard nothing for longer than each gives itself.

    An index holds those of `IS_BEGUN`.
    """
    heard_at = func.coalesce(Idea.answered_at, Idea.status_at)
    quiet = (and_(Idea.community_id == room.id, heard_at < _limit(room.stalled_days)) for room in rooms)
    return and_(IS_BEGUN, _older(rooms, "stalled_days"), or_(false(), *quiet))


def _older(rooms: Sequence[Room], days: str) -> ColumnElement[bool]:
    late = (and_(Idea.community_id == room.id, Idea.status_at < _limit(getattr(room, days))) for room in rooms)
    return or_(false(), *late)


def _limit(days: int) -> datetime:
    return clock.ago(days=days)


def to_review(actor: Actor) -> ColumnElement[bool]:
    """Match, where ideas are joined, the drafts that colleagues asked to have read (`policy.REVIEW`)."""
    is_asked = and_(Answer.asked_at.is_not(None), Answer.reviewed_at.is_(None), Answer.published_at.is_(None),
                    Answer.dropped_at.is_(None))
    has_next = Idea.status.in_(_list_answerable_statuses())
    return and_(is_asked, Answer.by_id != actor.id, of_another(actor, Idea), is_public(), has_next)


def _list_answerable_statuses() -> list[str]:
    return [status for status, following in NEXT.items() if following]


def answerable(actor: Actor, room: Room, status: str, *, after: str = "") -> Page[Idea]:
    """Return the ideas that a community leads and may answer, in one status or in any, the longest still first."""
    order = Order(Idea.status_at, Idea.id, descending=False, id_descending=False)
    statuses = [status] if status else _list_answerable_statuses()
    here = (Idea.community_id == room.id, Idea.status.in_(statuses))
    query = rows().where(*here, is_public(), _answerable_by(actor, room))
    query = order.apply(query).limit(MANY + 1)
    if after:
        query = query.where(order.after(*read_place(after, datetime)))
    return page_of(db.session.scalars(query).all(), "status_at", size=MANY, is_first=not after)


def _answerable_by(actor: Actor, room: Room) -> ColumnElement[bool]:
    """Match, among the ideas of a community, those that somebody of its team may answer (`policy.ANSWER`)."""
    there = Idea(community_id=room.id, is_private=room.is_private)
    own = Idea.author_id == actor.id if policy.is_alone(actor, there) else false()
    return or_(of_another(actor, Idea), own)


def list_chosen(actor: Actor, room: Room, ids: Sequence[int]) -> Sequence[Idea]:
    """Return those of the ideas that this community leads and the actor may read, in a constant order."""
    query = rows().where(Idea.id.in_(ids), Idea.community_id == room.id, readable_by(actor))
    return db.session.scalars(query.order_by(Idea.id)).all()
