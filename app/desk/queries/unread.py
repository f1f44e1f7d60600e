"""What a team has not read of what is said in its community, one thread after the other."""
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import contains_eager

from app.accounts.models.people import User
from app.comments.models import Comment, Thread
from app.comments.queries import reading as comments
from app.communities.queries import in_charge_of
from app.core.db import db
from app.desk.models import ReadMark, ThreadReadMark


@dataclass(frozen=True)
class UnreadThread:
    """A thread with comments that its team has not read: how many, the first of them, and the newest."""

    count: int
    first_id: int
    newest: Comment

    @property
    def thread(self) -> Thread:
        return self.newest.thread


def select_unread(*columns: Any) -> Select[Any]:
    """Select from the comments in sight after the marks of the team, without its own and the imported (read elsewhere).

    Each comes with its thread.
    """
    query = select(*columns).select_from(Comment).join(Thread, Thread.id == Comment.thread_id)
    query = query.outerjoin(ReadMark, ReadMark.community_id == Thread.community_id)
    query = query.outerjoin(ThreadReadMark, ThreadReadMark.thread_id == Thread.id)
    team = select(User.id).where(User.id == Comment.author_id, in_charge_of(Thread.community_id))
    return query.where(
        Comment.status == "published", Comment.in_sight(), Thread.is_public, Thread.community_id.is_not(None),
        Comment.author_id.is_not(None), _is_after(ReadMark), _is_after(ThreadReadMark),
        ~team.correlate(Comment, Thread).exists())


def _is_after(mark: type[ReadMark] | type[ThreadReadMark]) -> ColumnElement[bool]:
    return or_(mark.comment_id.is_(None), Comment.id > mark.comment_id)


def threads(ids: Sequence[int]) -> dict[int, UnreadThread]:
    """Return, by number, these threads as the desk shows them; whoever asks has made sure that they are theirs."""
    query = select_unread(Thread.id, func.count(), func.min(Comment.id), func.max(Comment.id))
    rows = db.session.execute(query.where(Thread.id.in_(ids)).group_by(Thread.id)).tuples().all()
    newest = _comments([newest_id for _id, _count, _first, newest_id in rows])
    return {row_id: UnreadThread(count, first, newest[newest_id]) for row_id, count, first, newest_id in rows}


def _comments(ids: Sequence[int]) -> dict[int, Comment]:
    query = select(Comment).join(Comment.thread).where(Comment.id.in_(ids))
    query = query.options(contains_eager(Comment.thread), *comments.with_author())
    return {row.id: row for row in db.session.scalars(query)}


def newest_by_community(condition: ColumnElement[bool]) -> dict[int, int]:
    """Return, by community, the number of the newest unread comment of those that match."""
    query = select_unread(Thread.community_id, func.max(Comment.id)).where(condition).group_by(Thread.community_id)
    return dict(sorted(db.session.execute(query).tuples()))


def last_comment(community_id: int, upto: int, *, thread_id: int | None = None) -> int | None:
    """Return the number of the last comment of a community, or of one of its threads, up to this one, or None.

    A mark that named a comment to come would hide it from the team.
    """
    query = select(func.max(Comment.id)).join(Comment.thread).where(Comment.id <= upto)
    query = query.where(Thread.id == thread_id) if thread_id else query
    return db.session.scalar(query.where(Thread.community_id == community_id))
