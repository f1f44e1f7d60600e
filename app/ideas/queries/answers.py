"""Answers that are being written, and the ideas that wait for one. The team's own: nothing here is for the public."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache, partial

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, false, func, or_, select, union_all
from sqlalchemy.orm import joinedload

from app.accounts.models.people import User
from app.communities.queries import Room
from app.communities.sql_policy import of_another
from app.core import clock
from app.core.actor import Actor
from app.core.db import Moment, db
from app.core.dialect import among
from app.core.paging import Order, Page, page_of, parse_cursor
from app.ideas import policy
from app.ideas.indexes import IS_BEGUN, IS_UNANSWERED
from app.ideas.models import Answer, Idea
from app.ideas.queries.lists import select_ideas
from app.ideas.queries.reading import is_public, readable_by
from app.ideas.transitions import NEXT

MANY = 50


def find_draft(actor: Actor, idea: Idea) -> Answer | None:
    """Return the draft of an answer to those who answer this idea."""
    if not policy.ANSWER.permits(actor, idea):
        return None
    return db.session.scalar(_of(idea).where(Answer.published_at.is_(None), Answer.dropped_at.is_(None)))


def find_last_dropped(actor: Actor, idea: Idea) -> Answer | None:
    """Return the last draft that was put aside since the idea moved: it may be taken up again."""
    if not policy.ANSWER.permits(actor, idea):
        return None
    query = _of(idea).where(Answer.dropped_at > idea.status_at)
    return db.session.scalar(query.order_by(Answer.dropped_at.desc(), Answer.id.desc()).limit(1))


def get_ids_with_draft(ids: Sequence[int]) -> set[int]:
    """Return those of these ideas for which the draft of an answer lives."""
    query = select(Answer.idea_id).where(Answer.idea_id.in_(ids), Answer.published_at.is_(None))
    return set(db.session.scalars(query.where(Answer.dropped_at.is_(None))))


def _of(idea: Idea) -> Select[tuple[Answer]]:
    names = [joinedload(who).load_only(User.name, User.closed_at) for who in (Answer.by, Answer.reviewer)]
    return select(Answer).where(Answer.idea_id == idea.id).options(*names, joinedload(Answer.idea))


def count_due(rooms: Sequence[Room]) -> dict[int, int]:
    """Count, by community, the ideas that are still as they were proposed after the days it gives itself."""
    query = select(Idea.community_id, func.count()).where(is_unanswered(rooms))
    rows = db.session.execute(query.group_by(Idea.community_id))
    return {community_id: count for community_id, count in rows if community_id is not None}


def is_unanswered(rooms: Sequence[Room]) -> ColumnElement[bool]:
    """Match the ideas of these communities that are still as they were proposed after the days each gives itself.

    One that was answered and stays there has its answer.
    """
    late = (and_(Idea.community_id == room.id, Idea.status_at < _days_ago(room.answer_days)) for room in rooms)
    return and_(IS_UNANSWERED, or_(false(), *late))


def is_stalled(rooms: Sequence[Room]) -> ColumnElement[bool]:
    """Match the ideas of these communities that took a step, then heard nothing for longer than each gives itself."""
    heard_at = func.coalesce(Idea.answered_at, Idea.status_at)
    limits = ((room.id, _days_ago(room.stalled_days)) for room in rooms)
    return and_(
        IS_BEGUN,
        or_(
            false(),
            *(
                and_(Idea.community_id == room_id, Idea.status_at < limit, heard_at < limit)
                for room_id, limit in limits
            ),
        ),
    )


@cache
def _days_ago(days: int) -> BindParameter[datetime]:
    """Return the time so many days ago as a parameter computed at each run: the statement is built once."""
    return bindparam(f"days_{days}", type_=Moment, callable_=partial(clock.ago, days=days))


def to_review(actor: Actor) -> ColumnElement[bool]:
    """Match, where ideas are joined, the drafts that colleagues asked to have read (`policy.REVIEW`)."""
    is_asked = and_(
        Answer.asked_at.is_not(None),
        Answer.reviewed_at.is_(None),
        Answer.published_at.is_(None),
        Answer.dropped_at.is_(None),
    )
    has_next = Idea.status.in_(_list_answerable_statuses())
    return and_(is_asked, Answer.by_id != actor.id, of_another(actor, Idea), is_public(), has_next)


def _list_answerable_statuses() -> list[str]:
    return [status for status, following in NEXT.items() if following]


def list_answerable(actor: Actor, room: Room, status: str, *, after: str = "") -> Page[Idea]:
    """Return the ideas that a community leads and may answer, in one status or in any, the longest still first."""
    order = Order(Idea.status_at, Idea.id, descending=False, id_descending=False)
    query = select(Idea.id).where(Idea.community_id == room.id, is_public(), _answerable_by(actor, room))
    if after:
        query = query.where(order.after(*parse_cursor(after, datetime)))
    # An index keeps the ideas of each status in order.
    first = union_all(
        *(
            select(order.apply(query.where(Idea.status == one)).limit(MANY + 1).subquery())
            for one in ([status] if status else _list_answerable_statuses())
        )
    ).subquery()
    found = db.session.scalars(order.apply(select_ideas().where(among(Idea.id, select(first.c.id)))).limit(MANY + 1))
    return page_of(found.all(), "status_at", size=MANY, is_first=not after)


def _answerable_by(actor: Actor, room: Room) -> ColumnElement[bool]:
    """Match, among the ideas of a community, those that somebody of its team may answer (`policy.ANSWER`)."""
    there = Idea(community_id=room.id, is_private=room.is_private)
    own = Idea.author_id == actor.id if policy.is_alone(actor, there) else false()
    return or_(of_another(actor, Idea), own)


def list_chosen(actor: Actor, room: Room, ids: Sequence[int]) -> Sequence[Idea]:
    """Return those of the ideas that this community leads and the actor may read, in a constant order."""
    query = select_ideas().where(Idea.id.in_(ids), Idea.community_id == room.id, readable_by(actor))
    return db.session.scalars(query.order_by(Idea.id)).all()
