"""What a page of a thread is made of: what stands on it, and what is said of each comment."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, false, func, literal, or_, select
from sqlalchemy.orm import aliased, contains_eager

from app.accounts.models.changes import HeldRevision
from app.comments import policy
from app.comments.models import Comment, Thread, Useful
from app.comments.queries.reading import visible_to, with_author
from app.comments.queries.tree import CommentEntry
from app.communities.models import Facilitator
from app.core.actor import Actor
from app.core.db import Moment

FEW = 3
# Later than any comment, where a thread has fewer roots than are asked for.
HELD = HeldRevision.id.label("held_id"), HeldRevision.state.label("held_state")
END = literal(datetime(9999, 1, 1, tzinfo=UTC), Moment)


def is_shown(actor: Actor, comment: Any = Comment) -> ColumnElement[bool]:
    """Match what stands on a page, where threads are joined: what is read, and what is left of the comments above it.

    What a team hid leaves its place and the reason there, answered or not; what waited, or came hidden from a source,
    does not. Only of what is not read are the answers looked at.
    """
    was_hidden = and_(comment.status == "published", comment.hidden_by.is_not(None), comment.deleted_at.is_(None))
    return or_(visible_to(actor, comment), was_hidden, _is_above(actor, comment))


def _is_above(actor: Actor, comment: Any) -> ColumnElement[bool]:
    """Match the comments that something which the reader may read answers, directly or not."""
    lower, further, seen = aliased(Comment), aliased(Comment), aliased(Comment)
    answers = select(lower.id).where(lower.parent_id == comment.id).correlate(comment)
    walk = answers.cte("below", recursive=True, nesting=True)
    walk = walk.union_all(select(further.id).join(walk, further.parent_id == walk.c.id))
    query = select(seen.id).join(walk, walk.c.id == seen.id).where(visible_to(actor, seen))
    return query.correlate(comment, Thread).exists()


def select_comments(actor: Actor) -> Select[Any]:
    """Select a comment with its author, whether they animate this community, and what is the reader's own.

    That is their mark, and their change of their comment that waits or was refused.
    """
    animates = exists().where(
        Facilitator.user_id == Comment.author_id, Facilitator.community_id == Thread.community_id, Facilitator.running()
    )
    own = exists().where(Useful.comment_id == Comment.id, Useful.user_id == actor.id)
    is_marked = own if actor.is_someone else false()
    is_held = and_(
        HeldRevision.comment_id == Comment.id, HeldRevision.by_id == actor.id, HeldRevision.state != "closed"
    )
    query = select(Comment, animates.label("is_staff"), is_marked.label("is_marked"), *HELD).join(Comment.thread)
    query = query.outerjoin(HeldRevision, is_held if actor.is_someone else false())
    return query.options(contains_eager(Comment.thread), *with_author())


def select_first(actor: Actor, thread_ids: Any) -> Select[Any]:
    """Select the numbers of the first roots that everybody reads in each of some threads."""
    root = aliased(Comment)
    roots = select(root.created_at).where(root.thread_id == Thread.id, *_is_open_root(actor, root)).correlate(Thread)
    last = roots.order_by(root.created_at, root.id).offset(FEW - 1).limit(1).scalar_subquery()
    return (
        select(Comment.id)
        .join(Comment.thread)
        .where(
            Thread.id.in_(thread_ids), *_is_open_root(actor, Comment), Comment.created_at <= func.coalesce(last, END)
        )
    )


def _is_open_root(actor: Actor, comment: Any) -> tuple[ColumnElement[bool], ...]:
    is_open = and_(comment.status == "published", comment.in_sight())
    return comment.root_id.is_(None), is_open, visible_to(actor, comment)


def group_first_comments(roots: Sequence[CommentEntry]) -> dict[int, list[CommentEntry]]:
    """Put the first comments of each thread in their order; of two written at once, the second may be one too many."""
    found: dict[int, list[CommentEntry]] = {}
    for entry in sorted(roots, key=lambda one: (one.comment.created_at, one.id)):
        found.setdefault(entry.comment.thread_id, []).append(entry)
    return {thread_id: first[:FEW] for thread_id, first in found.items()}


def build_entries(actor: Actor, rows: Sequence[Row[Any]]) -> list[CommentEntry]:
    return [
        CommentEntry(
            row[0],
            is_readable=policy.READ_ANY.permits(actor, row[0]),
            is_staff=bool(row.is_staff),
            is_marked=bool(row.is_marked),
            held_revision_id=row.held_id,
            is_held_open=row.held_state == "open",
        )
        for row in rows
    ]
