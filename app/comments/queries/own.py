"""What one person has to do with the comments of a page."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, and_, or_, select, union_all

from app.comments.models import Comment, Useful
from app.core.actor import Actor
from app.core.db import constant, db, number, numbers

READER = number("reader")
THREAD = number("thread")
IDS = numbers("ids")
# What waits or was hidden (in the words of the index that holds nothing else).
IS_UNSEEN = and_(
    or_(Comment.status == constant("pending"), Comment.hidden_at.is_not(None)), Comment.deleted_at.is_(None)
)


@dataclass(frozen=True)
class Marks:
    """The comments of a page that a person wrote or marked as useful; `has_more`: they read some that others don't."""

    comment_ids: frozenset[int]
    has_more: bool


def marks(actor: Actor, thread_id: int, comment_ids: Collection[int]) -> Marks:
    """Return what a person without a charge has to do with these comments, which the public reads, of one thread."""
    if not actor.is_someone:
        return Marks(frozenset(), has_more=False)
    parameters = {"reader": actor.id, "thread": thread_id, "ids": list(comment_ids)}
    found = frozenset(db.session.scalars(_select_marks(), parameters))
    return Marks(found, bool(found - frozenset(comment_ids)))


@cache
def _select_marks() -> CompoundSelect[Any]:
    """Select the comments that they marked and wrote among these, and one that they alone read, if there is one."""
    marked = select(Useful.comment_id).where(Useful.user_id == READER, Useful.comment_id.in_(IDS))
    written = select(Comment.id).where(Comment.id.in_(IDS), Comment.author_id == READER)
    unseen = select(Comment.id).where(IS_UNSEEN, Comment.author_id == READER, Comment.thread_id == THREAD)
    return union_all(marked, written, select(unseen.limit(1).subquery()))
