"""Where a comment stands: on which page of its thread, in which part of its branch."""

from dataclasses import replace
from typing import Any

from sqlalchemy import CompoundSelect, Select, and_, func, select, union_all
from sqlalchemy.orm import aliased
from sqlalchemy.sql.selectable import Subquery

from app.comments.models import Comment, Thread
from app.comments.queries import comment_rows
from app.comments.queries.reading import COMMENT
from app.communities.cached_statements import cached_statement, reader_parameters
from app.core import dialect
from app.core.actor import Actor
from app.core.db import db, number_parameter
from app.core.paging import Order

ROOTS, IN_BRANCH, BRANCH_PAGE = 50, 20, 50
# How many comments are numbered before one that is looked for; beyond, a page begins with that one.
NUMBERED = 1000
ROOT = number_parameter("root")


def is_far(actor: Actor, comment_id: int, root_id: int | None) -> bool:
    """Tell whether a comment is too far in its branch (None for a root) to stand on the thread's own page."""
    if root_id is None:
        return False
    return (
        db.session.scalar(_select_number_before(actor), reader_parameters(actor, comment=comment_id, root=root_id))
        == IN_BRANCH
    )


@cached_statement
def _select_number_before(actor: Actor) -> Select[tuple[int]]:
    """Select how many comments stand before one in its branch, up to `IN_BRANCH`."""
    # Along the branch: its thread may hold a hundred times as many.
    earlier = (
        select(Comment.id)
        .join(Thread, Thread.id == dialect.unindexed(Comment.thread_id))
        .where(Comment.root_id == ROOT, Comment.id < COMMENT, comment_rows.is_shown(actor))
    )
    return select(func.count()).select_from(earlier.order_by(Comment.id).limit(IN_BRANCH).subquery())


def find_page_start(actor: Actor, thread: Thread, order: Order, at: int | None) -> tuple[Any, int] | None:
    """Find the last root before the page that holds a comment; None for the first page."""
    if at is None:
        return None
    query = _select_root_before(actor, order)
    found = db.session.execute(query, reader_parameters(actor, comment=at, thread=thread.id)).one_or_none()
    return (found.value, found.id) if found else None


@cached_statement
def _select_root_before(actor: Actor, order: Order) -> Select[Any]:
    thread = number_parameter("thread")
    asked = (
        select(func.coalesce(Comment.root_id, Comment.id))
        .join(Comment.thread)
        .where(Comment.id == COMMENT, Comment.thread_id == thread, comment_rows.is_shown(actor))
        .scalar_subquery()
    )
    root = aliased(Comment)
    value = select(getattr(root, order.column.key)).where(root.id == asked).scalar_subquery()
    backwards = replace(order, descending=not order.descending, id_descending=not order.id_descending)
    earlier = select_roots(actor, thread, backwards, (value, asked), NUMBERED).subquery()
    order = replace(backwards, column=earlier.c.value, id=earlier.c.id)
    return _select_last_of_page_before(earlier, order.clauses, ROOTS)


def select_roots(
    actor: Actor, thread_id: Any, order: Order, start: Any, limit: int
) -> Select[Any] | CompoundSelect[Any]:
    """Select the roots that follow a cursor in an order, by number and value: those beside it, then those further.

    Each half follows an index, however the order turns.
    """
    query = (
        select(Comment.id, order.column.label("value"))
        .join(Comment.thread)
        .where(Comment.thread_id == thread_id, Comment.root_id.is_(None), comment_rows.is_shown(actor))
    )
    if not start:
        return order.apply(query).limit(limit)
    value, row_id = start
    further = order.column < value if order.descending else order.column > value
    beside = and_(order.column == value, order.id < row_id if order.id_descending else order.id > row_id)
    halves = [order.apply(query.where(half)).limit(limit).subquery() for half in (beside, further)]
    rows = union_all(*(select(half) for half in halves)).subquery()
    return replace(order, column=rows.c.value, id=rows.c.id).apply(select(rows)).limit(limit)


def find_part_start(actor: Actor, root_id: int, at: int | None) -> int | None:
    """Find the last comment before the part of a branch that holds a comment; None for the first part."""
    if at is None:
        return None
    found = db.session.execute(
        _select_reply_before(actor), reader_parameters(actor, comment=at, root=root_id)
    ).one_or_none()
    return found.id if found else None


@cached_statement
def _select_reply_before(actor: Actor) -> Select[Any]:
    asked = (
        select(Comment.id)
        .join(Comment.thread)
        .where(Comment.id == COMMENT, func.coalesce(Comment.root_id, Comment.id) == ROOT, comment_rows.is_shown(actor))
    )
    earlier = select_branch(actor, ROOT, Comment.id < asked.scalar_subquery(), NUMBERED, backwards=True).subquery()
    return _select_last_of_page_before(earlier, earlier.c.id.desc(), BRANCH_PAGE)


def select_branch(actor: Actor, root_id: Any, condition: Any, limit: int, *, backwards: bool = False) -> Select[Any]:
    """Select the numbers of comments of a branch, the first or the last first: the root, and what answers it."""
    query = select(Comment.id).join(Comment.thread).where(condition, comment_rows.is_shown(actor))
    replies = query.where(Comment.root_id == root_id).order_by(Comment.id.desc() if backwards else Comment.id)
    rows = union_all(query.where(Comment.id == root_id), select(replies.limit(limit).subquery())).subquery()
    return select(rows).order_by(rows.c.id.desc() if backwards else rows.c.id).limit(limit)


def _select_last_of_page_before(earlier: Subquery, order: Any, size: int) -> Select[Any]:
    """Select the row that ends the page before, among the rows before the one that is asked for, the nearest first."""
    numbered = select(earlier, func.row_number().over(order_by=order).label("n")).cte("numbered")
    count = select(func.count()).select_from(numbered).scalar_subquery()
    return select(numbered).where(numbered.c.n == count % size + 1)
