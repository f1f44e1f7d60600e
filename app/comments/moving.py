"""Taking a comment and what answers it to another place: a thread, or under what it answered."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CTE, case, func, literal, null, select, update
from sqlalchemy.orm import aliased

from app.comments.models import Comment, Thread
from app.comments.queries import reading
from app.comments.signals import CommentsCounted
from app.core.db import db, run
from app.core.signals import tell
from app.search.index import index_sync


def graft(top: Comment, thread_id: int, under: Comment | None = None) -> None:
    """Set a branch down in a thread: as a root of its own, or `under` a comment of that thread.

    It runs inside the command that asked. Everything that answers `top` goes with it, whoever may read it.
    """
    former_thread_id = top.thread_id
    depth = under.depth + 1 if under else 0
    root = literal(under.root_id or under.id) if under else case((Comment.id == top.id, null()), else_=top.id)
    parent = case((Comment.id == top.id, under.id if under else null()), else_=Comment.parent_id)
    run(
        update(Comment)
        .where(Comment.id.in_(select(select_branch(top.id).c.id)))
        .values(thread_id=thread_id, root_id=root, parent_id=parent, depth=Comment.depth + (depth - top.depth))
        .execution_options(synchronize_session=False)
    )
    index_sync.mark_changed("comment", db.session.scalars(select(select_branch(top.id).c.id)))
    for changed_id in {former_thread_id, thread_id}:
        _recount(changed_id)
    reading.reload_comment(top.id)


def select_branch(top_id: int) -> CTE:
    """Walk down from a comment to all that answers it, itself included."""
    walk = select(Comment.id).where(Comment.id == top_id).cte("branch", recursive=True)
    lower = aliased(Comment)
    return walk.union(select(lower.id).join(walk, lower.parent_id == walk.c.id))


def list_authors(top_id: int) -> Sequence[Any]:
    """Return who wrote in a branch what they did not take back, each with the first of their comments there."""
    query = select(Comment.author_id, func.min(Comment.id)).where(
        Comment.id.in_(select(select_branch(top_id).c.id)), Comment.author_id.is_not(None), Comment.deleted_at.is_(None)
    )
    return db.session.execute(query.group_by(Comment.author_id).order_by(Comment.author_id)).tuples().all()


def _recount(thread_id: int) -> None:
    """Count again what the public reads of a thread, which its team has to read, and let its subject know."""
    count = (
        select(func.count())
        .select_from(Comment)
        .where(Comment.thread_id == thread_id, Comment.status == "published", Comment.in_sight())
        .scalar_subquery()
    )
    news = {"unread_id": reading.select_newest_id(Thread.id)}
    statement = update(Thread).where(Thread.id == thread_id).values(comments_count=count, **news)
    counted = statement.returning(Thread.id, Thread.kind, Thread.comments_count)
    tell(CommentsCounted(*db.session.execute(counted.execution_options(synchronize_session=False)).one()))
