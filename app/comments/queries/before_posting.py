"""What is asked before a comment is posted: its thread, whether it came before, how many its author posted.

All of it is one statement. It locks the thread, and others who would answer otherwise wait before it: the same person,
and whoever counts the same acts. So what it reads is what they left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, null, select

from app.accounts import limits
from app.accounts.limits import CountedAct
from app.accounts.submissions import RESULT, Sending
from app.comments.models import Comment, Thread
from app.core import clock, dialect
from app.core.db import Moment, db
from app.core.errors import NotFound

# For how long the same words are the same comment, and among how many of the last ones of their author.
RECENT, LAST = timedelta(minutes=10), 50


@dataclass(frozen=True)
class PostedWords:
    """What was typed, in which thread, under which comment of it (0: none)."""

    body: str
    thread_id: int
    parent_id: int = 0


def get_posting_state(
    words: PostedWords, sending: Sending, acts: Sequence[CountedAct]
) -> tuple[Thread, int | None, dict[str, int]]:
    """Return the thread, locked; the comment that this form, or one of the same words minutes ago, has made; and the
    numbers of the acts. Raise NotFound where there is no such thread.
    """
    if sending.form_key or acts:
        limits.lock_counts(acts, f"posts:{sending.actor.id}")
    parameters = (
        sending.values
        | limits.count_parameters(acts)
        | {"thread": words.thread_id, "parent": words.parent_id, "body": words.body, "since": clock.now() - RECENT}
    )
    query = _select(len(acts), has_key=bool(sending.form_key))
    found = db.session.execute(query, parameters).one_or_none()
    if found is None:
        raise NotFound()
    thread, result, duplicate, *counts = found
    return thread, result or duplicate, limits.numbers_by_kind(acts, counts)


@cache
def _select(number: int, *, has_key: bool) -> Select[Any]:
    """Select what stands already; a form that one goes back to has a new key, so that its words are looked for too."""
    last = select(Comment.id).where(Comment.author_id == bindparam("sender")).order_by(Comment.id.desc()).limit(LAST)
    duplicate = (
        select(func.max(Comment.id))
        .where(
            dialect.among(Comment.id, last),
            Comment.thread_id == bindparam("thread"),
            func.coalesce(Comment.parent_id, 0) == bindparam("parent"),
            Comment.body == bindparam("body"),
            Comment.deleted_at.is_(None),
            Comment.created_at > bindparam("since", type_=Moment),
        )
        .scalar_subquery()
    )
    before = (RESULT, duplicate) if has_key else (null(), null())
    query = select(Thread, *before, *limits.select_counts(number)).where(Thread.id == bindparam("thread"))
    return dialect.lock(query.execution_options(populate_existing=True), Thread)
