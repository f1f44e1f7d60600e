"""What a page of a thread is made of: what stands on it, and what is said of each comment."""
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, false, func, literal, or_, select
from sqlalchemy.orm import aliased, contains_eager

from app.comments.models import Comment, Thread, Useful
from app.comments.queries.reading import visible_to, with_author
from app.comments.queries.tree import Entry
from app.communities.models import Facilitator
from app.core.actor import Actor

FEW = 3


def is_shown(actor: Actor, thread_id: Any) -> ColumnElement[bool]:
    """Match what stands on a page: what the reader may read, and what is left of the comments above it.

    What a team hid leaves its place and the reason there, answered or not; what waited, or came hidden from a source,
    does not.
    """
    above = select(Comment.parent_id.label("id")).join(Comment.thread)
    above = above.where(Comment.thread_id == thread_id, Comment.parent_id.is_not(None), visible_to(actor))
    walk = above.cte("above", recursive=True)
    upper = aliased(Comment)
    walk = walk.union(select(upper.parent_id).join(walk, upper.id == walk.c.id).where(upper.parent_id.is_not(None)))
    return or_(visible_to(actor), Comment.id.in_(select(walk.c.id)), _was_hidden())


def _was_hidden() -> ColumnElement[bool]:
    return and_(Comment.status == "published", Comment.hidden_by.is_not(None), Comment.deleted_at.is_(None))


def select_comments(actor: Actor) -> Select[Any]:
    """Select a comment with its author, whether they animate this community, and the reader's own mark."""
    animates = exists().where(
        Facilitator.user_id == Comment.author_id, Facilitator.community_id == Thread.community_id,
        Facilitator.running())
    own = exists().where(Useful.comment_id == Comment.id, Useful.user_id == actor.id)
    is_marked = own if actor.is_someone else false()
    query = select(Comment, animates.label("is_staff"), is_marked.label("is_marked")).join(Comment.thread)
    return query.options(contains_eager(Comment.thread), *with_author())


def first_of(actor: Actor, thread_ids: Any) -> Select[Any]:
    """Select the first roots that everybody reads in each of some threads, with 1 for the size of their branch."""
    n = func.row_number().over(partition_by=Comment.thread_id, order_by=(Comment.created_at, Comment.id))
    roots = select(Comment.id, n.label("n")).join(Comment.thread).where(
        Comment.thread_id.in_(thread_ids), Comment.root_id.is_(None), Comment.status == "published",
        Comment.in_sight(), visible_to(actor)).subquery()
    return select(roots.c.id, literal(1)).where(roots.c.n <= FEW)


def beginnings(roots: Sequence[Entry]) -> dict[int, list[Entry]]:
    """Put the first comments of each thread in their order."""
    found: dict[int, list[Entry]] = {}
    for entry in sorted(roots, key=lambda one: (one.comment.created_at, one.id)):
        found.setdefault(entry.comment.thread_id, []).append(entry)
    return found


def entries(actor: Actor, rows: Sequence[Row[Any]]) -> list[Entry]:
    return [Entry.of(actor, row[0], is_staff=bool(row.is_staff), is_marked=bool(row.is_marked)) for row in rows]
