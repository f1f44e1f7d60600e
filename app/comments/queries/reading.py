"""What one person may read, and one comment."""

import math
from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload
from sqlalchemy.sql.base import ExecutableOption

from app.accounts.models.people import ImportedAuthor, User
from app.comments import policy
from app.comments.models import Comment, Thread
from app.communities.cached_statements import cached_statement, reader_parameters
from app.communities.queries import seen_by
from app.communities.sql_policy import stands_in
from app.core import clock, dialect
from app.core.actor import Actor
from app.core.db import db, number_parameter, numbers_parameter
from app.core.errors import NotFound
from app.core.paging import SIZE, Page, page_by_id
from app.core.permits import Permission
from app.reference.models import Organisation

# The number of the comment that a statement selects, or beside which it looks.
COMMENT = number_parameter("comment")


def visible_to(actor: Actor, comment: Any = Comment) -> ColumnElement[bool]:
    """SQL twin of `policy.READ | policy.READ_OWN`, where threads are joined: what stands on a page for this person.

    `comment` may be an alias, of comments of the thread that is joined.
    """
    is_kept = comment.deleted_at.is_(None)
    is_seen = seen_by(actor, Thread)
    is_hidden = and_(comment.hidden_at.is_not(None), is_kept)
    clauses = [
        and_(comment.status == "published", comment.in_sight()),
        and_(is_hidden, stands_in(actor, Thread, comment.author_id)),
    ]
    if actor.is_someone:
        clauses.append(and_(comment.author_id == actor.id, is_kept))
    if actor.is_coordinator:
        clauses.append(is_kept)
    elif actor.facilitates:
        clauses.append(and_(Thread.community_id.in_(actor.facilitates), is_kept))
    return and_(Thread.is_public, is_seen, or_(*clauses))


def with_author() -> list[ExecutableOption]:
    """Load who wrote it, and nothing else of the account."""
    author = joinedload(Comment.author).load_only(User.name, User.closed_at, User.shows_organisation)
    return [
        author.joinedload(User.organisation).load_only(Organisation.name),
        joinedload(Comment.imported_author).load_only(ImportedAuthor.name),
    ]


def get_comment(actor: Actor, comment_id: int, permission: Permission) -> Comment:
    """Return a comment by its number. Raise NotFound where it is absent or forbidden, without telling which."""
    comment = find_comment(actor, comment_id, permission)
    if comment is None:
        raise NotFound()
    return comment


def find_comment(actor: Actor, comment_id: int, permission: Permission) -> Comment | None:
    """Return the comment as `get_comment` does, or None, to a form that must keep what was typed."""
    comment: Comment | None = db.session.scalar(_select_one(actor), reader_parameters(actor, comment=comment_id))
    return comment if comment and permission.permits(actor, comment) else None


@cached_statement
def _select_one(actor: Actor) -> Select[tuple[Comment]]:
    query = select(Comment).join(Comment.thread).where(Comment.id == COMMENT, visible_to(actor))
    return query.options(contains_eager(Comment.thread), *with_author())


def get_comments(actor: Actor, ids: Collection[int]) -> dict[int, Comment]:
    """Return those of these comments that a person may read or wrote, by their numbers."""
    comments = db.session.scalars(_select_some(actor), reader_parameters(actor, ids=list(ids)))
    return {comment.id: comment for comment in comments}


@cached_statement
def _select_some(actor: Actor) -> Select[tuple[Comment]]:
    query = select(Comment).join(Comment.thread).where(Comment.id.in_(numbers_parameter("ids")), visible_to(actor))
    return query.options(contains_eager(Comment.thread), *with_author())


def list_own(actor: Actor, *, before: int | None = None) -> Page[Comment]:
    """Return what a person said, in every state, the last first, each with its thread."""
    query = (
        select(Comment)
        .join(Comment.thread)
        .options(contains_eager(Comment.thread))
        .where(Comment.author_id == actor.id, Comment.deleted_at.is_(None), Comment.id < before if before else true())
    )
    rows = db.session.scalars(query.order_by(Comment.id.desc()).limit(SIZE + 1)).all()
    return page_by_id(rows, is_first=not before)


def list_latest(actor: Actor, thread_id: int, size: int) -> Sequence[Comment]:
    """Return the last comments of a thread that a person reads, the newest first."""
    return db.session.scalars(_select_latest(actor), reader_parameters(actor, thread=thread_id, limit=size)).all()


@cached_statement
def _select_latest(actor: Actor) -> Select[tuple[Comment]]:
    query = (
        select(Comment).join(Comment.thread).where(Comment.thread_id == number_parameter("thread"), visible_to(actor))
    )
    return query.options(*with_author()).order_by(Comment.id.desc()).limit(number_parameter("limit"))


def reload_comment(comment_id: int) -> Comment:
    """Read a comment and its thread anew, for a command that has other grounds to know of it."""
    query = select(Comment).where(Comment.id == comment_id).options(joinedload(Comment.thread, innerjoin=True))
    comment = db.session.scalar(query.execution_options(populate_existing=True))
    if comment is None:
        raise NotFound()
    return comment


def seconds_to_wait(actor: Actor, thread: Thread) -> int:
    """Return how long a person waits before they may speak again in a slow thread; 0 when they need not."""
    if not policy.is_slowed(actor, thread):
        return 0
    mine = (Comment.thread_id == thread.id, Comment.author_id == actor.id)
    last = db.session.scalar(select(func.max(Comment.created_at)).where(*mine))
    end = last + timedelta(minutes=thread.slow_minutes) if last else clock.now()
    return max(0, math.ceil((end - clock.now()).total_seconds()))


def select_newest_id(thread_id: Any) -> ScalarSelect[int]:
    """Select the number of the newest comment of a thread (a column of its number)."""
    return select(func.max(Comment.id)).where(Comment.thread_id == thread_id).correlate(Thread).scalar_subquery()


def lock_thread(thread_id: int) -> Thread:
    """Read and lock the thread of a subject that a command holds."""
    query = dialect.lock(select(Thread).where(Thread.id == thread_id))
    found: Thread = db.session.scalars(query.execution_options(populate_existing=True)).one()
    return found


def get_subject_kind(thread_id: int) -> str:
    """Return what a thread is about (idea, update or action); nothing where there is no such thread."""
    return db.session.scalar(select(Thread.kind).where(Thread.id == thread_id)) or ""
