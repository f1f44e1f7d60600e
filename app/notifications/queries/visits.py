"""What was said in a thread since a person last read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, func, literal, select

from app.comments.models import Comment
from app.communities.cached_statements import ME, reader_parameters
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, number_parameter
from app.notifications.models import ThreadVisit

# How long a visit lasts from its first page: what was new then stays marked.
LASTS = timedelta(minutes=30)
# How many new comments are named.
MOST = 100
THREAD = number_parameter("thread")


@dataclass(frozen=True)
class Visit:
    """A visit of a thread: what is new in it, the oldest first, and what to remember of it (None: nothing changed)."""

    thread_id: int
    new_ids: Sequence[int]
    since_id: int
    last_id: int
    is_known: bool


def get_visit(actor: Actor, thread_id: int) -> Visit:
    """Return the present visit of a person: the first one finds nothing new."""
    row = db.session.execute(_select(), reader_parameters(actor, thread=thread_id)).one()
    last_id = row.newest or 0
    if row.last_id is None:
        return Visit(thread_id, (), last_id, last_id, is_known=not last_id)
    is_over = row.at < clock.now() - LASTS and last_id > row.last_id
    since_id = row.last_id if is_over else row.since_id
    new_ids = _list_new(actor, thread_id, since_id) if last_id > since_id else ()
    return Visit(thread_id, new_ids, since_id, last_id, is_known=last_id == row.last_id)


def _list_new(actor: Actor, thread_id: int, since_id: int) -> Sequence[int]:
    return db.session.scalars(_select_new(), reader_parameters(actor, thread=thread_id, since=since_id)).all()


@cache
def _select_new() -> Select[tuple[int]]:
    said = select(Comment.id).where(
        Comment.thread_id == THREAD,
        Comment.id > number_parameter("since"),
        Comment.status == "published",
        Comment.in_sight(),
        func.coalesce(Comment.author_id, 0) != ME,
    )
    return said.order_by(Comment.id).limit(MOST)


@cache
def _select() -> Select[Any]:
    newest = select(func.max(Comment.id)).where(Comment.thread_id == THREAD).scalar_subquery()
    mine = select(ThreadVisit).where(ThreadVisit.user_id == ME, ThreadVisit.thread_id == THREAD).subquery()
    one = select(literal(1).label("one")).subquery()
    return select(newest.label("newest"), mine.c.since_id, mine.c.last_id, mine.c.at).select_from(
        one.outerjoin(mine, literal(1) == one.c.one)
    )
