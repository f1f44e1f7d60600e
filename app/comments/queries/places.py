"""Where a comment stands: on which page of its thread, in which part of its branch."""
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select

from app.comments.models import Comment, Thread
from app.comments.queries import parts
from app.core.actor import Actor
from app.core.db import db
from app.core.paging import Order

ROOTS, IN_BRANCH, BRANCH_PAGE = 50, 20, 50


def is_far(actor: Actor, comment: Comment) -> bool:
    """Tell whether a comment is too far in its branch to stand on the thread's own page."""
    if comment.root_id is None:
        return False
    query = select(func.count()).select_from(Comment).join(Comment.thread)
    query = query.where(
        Comment.root_id == comment.root_id, Comment.id < comment.id, parts.is_shown(actor, comment.thread_id))
    return (db.session.scalar(query) or 0) >= IN_BRANCH


def page_of(actor: Actor, thread: Thread, order: Order, at: int | None) -> tuple[Any, int] | None:
    """Find the last root before the page that holds a comment; None for the first page."""
    if at is None:
        return None
    n = func.row_number().over(order_by=order.clauses)
    roots = select(Comment.id, order.column.label("value"), n.label("n")).join(Comment.thread)
    is_shown = parts.is_shown(actor, thread.id)
    roots = roots.where(Comment.thread_id == thread.id, Comment.root_id.is_(None), is_shown)
    root = select(func.coalesce(Comment.root_id, Comment.id)).join(Comment.thread).where(Comment.id == at, is_shown)
    found = _last_before(roots, root.scalar_subquery(), ROOTS)
    return (found.value, found.id) if found else None


def part_of(within: ColumnElement[bool], at: int | None) -> int | None:
    """Find the last comment before the part of a branch that holds a comment; None for the first part."""
    if at is None:
        return None
    n = func.row_number().over(order_by=Comment.id)
    found = _last_before(select(Comment.id, n.label("n")).join(Comment.thread).where(within), at, BRANCH_PAGE)
    return found.id if found else None


def _last_before(query: Select[Any], row_id: Any, size: int) -> Row[Any] | None:
    """Find the row that ends the page before the one of `row_id`, when rows are numbered from 1."""
    rows = query.cte("numbered")
    n = select(rows.c.n).where(rows.c.id == row_id).scalar_subquery()
    return db.session.execute(select(rows).where(rows.c.n == n - 1 - (n - 1) % size)).one_or_none()
