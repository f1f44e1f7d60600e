"""What a team has not read of what is said in its community, one thread after the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, case, func, literal, select, union_all
from sqlalchemy.orm import contains_eager

from app.accounts.models.people import User
from app.comments.models import Comment, Thread
from app.comments.queries import reading as comments
from app.communities.queries import in_charge_of
from app.core import dialect
from app.core.db import db
from app.desk.models import ReadMark, ThreadReadMark

# Comments to read that are counted in one thread; beyond, there are more.
MOST = 99


@dataclass(frozen=True)
class UnreadThread:
    """A thread with comments that its team has not read: how many (up to `MOST` + 1), the first of them, the newest."""

    count: int
    first: Comment
    newest: Comment

    @property
    def thread(self) -> Thread:
        return self.newest.thread


def is_unread(community_id: Any) -> ColumnElement[bool]:
    """Match the threads of a community (a number, or a column of it) that hold comments which the team has not read.

    The first of these is asked for, so that PostgreSQL looks into each thread and does not join them all.
    """
    return and_(
        Thread.is_public,
        Thread.unread_id > _mark(ReadMark.community_id, community_id),
        dialect.has_row(_comments_of(community_id).order_by(Comment.id)),
    )


def _comments_of(community_id: Any) -> Select[Any]:
    """Select, of a thread, the comments in sight after the marks of the team.

    Its own and the imported, which were read elsewhere, are not among them.
    """
    of_room, of_thread = _mark(ReadMark.community_id, community_id), _mark(ThreadReadMark.thread_id, Thread.id)
    team = select(User.id).where(User.id == Comment.author_id, in_charge_of(community_id))
    return (
        select(Comment.id)
        .where(
            Comment.thread_id == Thread.id,
            Comment.id > case((of_thread > of_room, of_thread), else_=of_room),
            Comment.status == "published",
            Comment.in_sight(),
            Comment.author_id.is_not(None),
            ~team.correlate(Comment, Thread).exists(),
        )
        .correlate(Thread)
    )


def _mark(column: Any, row_id: Any) -> Any:
    """Return the number of the comment up to which a team has read; 0 without a mark."""
    mark = select(column.class_.comment_id).where(column == row_id).correlate(Thread)
    return func.coalesce(mark.scalar_subquery(), 0)


def get_unread_threads(ids: Sequence[int]) -> dict[int, UnreadThread]:
    """Return, by number, these threads as the desk shows them; whoever asks has made sure that they are theirs."""
    unread = _comments_of(Thread.community_id)
    first, newest = (unread.order_by(order).limit(1).scalar_subquery() for order in (Comment.id, Comment.id.desc()))
    count = select(func.count()).select_from(unread.limit(MOST + 1).subquery()).scalar_subquery()
    query = select(Thread.id, count, first, newest).where(Thread.id.in_(ids))
    rows = db.session.execute(query).tuples().all()
    by_id = _comments([row_id for row in rows for row_id in row[2:]])
    return {row_id: UnreadThread(number, by_id[first], by_id[last]) for row_id, number, first, last in rows}


def _comments(ids: Sequence[int]) -> dict[int, Comment]:
    query = select(Comment).join(Comment.thread).where(Comment.id.in_(ids))
    query = query.options(contains_eager(Comment.thread), *comments.with_author())
    return {row.id: row for row in db.session.scalars(query)}


def get_newest_ids(ids: Sequence[int]) -> dict[int, int]:
    """Return, of those of these communities where something is to read, the comment that "read all" goes up to."""
    rows = db.session.execute(union_all(*(select(literal(row_id), _newest_in(row_id)) for row_id in ids))).tuples()
    return {row_id: comment_id for row_id, comment_id in rows if comment_id}


def _newest_in(community_id: int) -> ScalarSelect[Any]:
    query = select(Thread.unread_id).where(Thread.community_id == community_id, is_unread(community_id))
    return query.order_by(Thread.unread_id.desc(), Thread.id.desc()).limit(1).scalar_subquery()


def find_last_comment_id(community_id: int, *, thread_id: int | None = None) -> int | None:
    """Return the last comment that a community, or one of its threads, may have to read, or None where all is read.

    A mark that named a comment to come would hide it from the team.
    """
    query = select(func.max(Thread.unread_id)).where(Thread.community_id == community_id)
    return db.session.scalar(query.where(Thread.id == thread_id) if thread_id else query)
