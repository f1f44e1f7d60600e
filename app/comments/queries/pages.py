"""The pages of a thread: fifty roots with the beginning of their branches, and the long branches apart."""
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Row, Select, and_, bindparam, func, or_, select, union_all

from app.comments.models import Comment, Thread
from app.comments.queries import parts, places
from app.comments.queries.places import BRANCH_PAGE, IN_BRANCH, ROOTS
from app.comments.queries.reading import visible_to
from app.comments.queries.tree import Branch, Entry, ThreadPage, arrange
from app.communities.prepared import prepared, values
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import Order, place, read_place

ORDERS = {
    "oldest": Order(Comment.created_at, Comment.id, descending=False, id_descending=False),
    "newest": Order(Comment.created_at, Comment.id),
    "useful": Order(Comment.useful_count, Comment.id, id_descending=False),
}
SORTS = tuple(ORDERS)
# The parameters of a page: its thread, the sorted value and the number of the root before it, the threads beside.
THREAD = bindparam("thread", type_=Integer)
VALUE: Any = bindparam("value")
ROW: Any = bindparam("row", type_=Integer)
BESIDE: Any = bindparam("beside", expanding=True)


def page(
        actor: Actor, thread: Thread, *, sort: str = "oldest", after: str = "", at: int | None = None,
        beside: Collection[int] = ()) -> ThreadPage:
    """Return the 50 roots that follow the place `after` (or those around the comment `at`), with what answers them.

    `beside` are other threads, of which only the beginning is given.
    """
    if not thread.is_public:
        return ThreadPage(thread, [], sort)
    order = ORDERS[sort]
    start = _start(actor, thread, sort, after, at)
    value, row_id = start or (None, None)
    rows: Sequence[Row[Any]] = db.session.execute(
        _select_page(actor, sort, is_first=start is None, has_others=bool(beside)),
        values(actor, thread=thread.id, value=value, row=row_id, beside=list(beside))).all()
    branches = _branches(actor, [row for row in rows if row[0].thread_id == thread.id], order)
    last = branches[ROOTS - 1].root if len(branches) > ROOTS else None
    following = place(getattr(last, order.column.key), last.id) if last else None
    others = parts.entries(actor, [row for row in rows if row[0].thread_id != thread.id])
    return ThreadPage(
        thread, branches[:ROOTS], sort, following, is_first=start is None, at=at, beside=parts.beginnings(others))


@prepared
def _select_page(actor: Actor, sort: str, *, is_first: bool, has_others: bool) -> Select[Any]:
    """Select the roots and the beginning of their branches at once, each with the size of its branch."""
    is_shown, root_id = parts.is_shown(actor, THREAD), func.coalesce(Comment.root_id, Comment.id)
    ids = select(_select_roots(ORDERS[sort], is_shown, is_first=is_first).c.id)
    n = func.row_number().over(partition_by=root_id, order_by=(Comment.root_id.is_not(None), Comment.id))
    ranks = select(Comment.id, func.count().over(partition_by=root_id).label("size"), n.label("n"))
    ranked_comments = ranks.join(Comment.thread).where(
        Comment.thread_id == THREAD, is_shown, or_(Comment.id.in_(ids), Comment.root_id.in_(ids))).subquery()
    beginnings = select(ranked_comments.c.id, ranked_comments.c.size)
    beginnings = beginnings.where(ranked_comments.c.n <= IN_BRANCH + 1)
    rows = union_all(beginnings, parts.first_of(actor, BESIDE)).subquery() if has_others else beginnings.subquery()
    return parts.select_comments(actor).add_columns(rows.c.size).join(rows, rows.c.id == Comment.id)


def _select_roots(order: Order, is_shown: ColumnElement[bool], *, is_first: bool) -> Any:
    """Select the roots of a page, and one more to know whether another follows."""
    roots = select(Comment.id).join(Comment.thread).where(
        Comment.thread_id == THREAD, Comment.root_id.is_(None), is_shown)
    roots = roots if is_first else roots.where(order.after(VALUE, ROW))
    return order.apply(roots).limit(ROOTS + 1).subquery()


def branch(actor: Actor, root_id: int, *, after: int | None = None, at: int | None = None) -> ThreadPage:
    """Return 50 comments of one branch: from the first, after one of them, or around the comment `at`."""
    thread = _thread_of(root_id)
    within = and_(
        Comment.thread_id == thread.id, or_(Comment.id == root_id, Comment.root_id == root_id),
        parts.is_shown(actor, thread.id))
    after = after or places.part_of(within, at)
    query = parts.select_comments(actor).where(within, Comment.id > (after or 0)).order_by(Comment.id)
    rows = db.session.execute(query.limit(BRANCH_PAGE + 1)).all()
    entries = parts.entries(actor, rows[:BRANCH_PAGE])
    if not entries or not (any(entry.is_readable for entry in entries) or _is_readable(actor, within)):
        raise NotFound()
    following = str(entries[-1].id) if len(rows) > BRANCH_PAGE else None
    parents = _find_parents(actor, entries) if after else {}
    part = Branch(root_id, arrange(entries, parents))
    return ThreadPage(thread, [part], "oldest", following, is_first=not after, at=at)


def _start(actor: Actor, thread: Thread, sort: str, after: str, at: int | None) -> tuple[Any, int] | None:
    if after:
        return read_place(after, int if sort == "useful" else datetime)
    return places.page_of(actor, thread, ORDERS[sort], at)


def _branches(actor: Actor, rows: Sequence[Row[Any]], order: Order) -> list[Branch]:
    """Put each root with what answers it, in the order of the page."""
    sizes: dict[int, int] = {}
    groups: dict[int, list[Entry]] = {}
    for entry, row in zip(parts.entries(actor, rows), rows, strict=True):
        groups.setdefault(entry.root_id, []).append(entry)
        sizes[entry.root_id] = row.size
    branches = [Branch(root_id, arrange(group, {}), sizes[root_id] - len(group)) for root_id, group in groups.items()]
    branches.sort(key=lambda one: one.root_id, reverse=order.id_descending)
    return sorted(branches, key=lambda one: getattr(one.root, order.column.key), reverse=order.descending)


def _is_readable(actor: Actor, within: ColumnElement[bool]) -> bool:
    """Tell whether the reader may read a comment of a branch: one where all are hidden has no page."""
    query = select(Comment.id).join(Comment.thread).where(within, visible_to(actor))
    return db.session.scalar(query.limit(1)) is not None


def _thread_of(root_id: int) -> Thread:
    """Find the public thread that a root comment stands in."""
    query = select(Thread).join(Comment, Comment.thread_id == Thread.id)
    thread = db.session.scalar(query.where(Comment.id == root_id, Comment.root_id.is_(None), Thread.is_public))
    if thread is None:
        raise NotFound()
    return thread


def _find_parents(actor: Actor, entries: Sequence[Entry]) -> dict[int, Comment]:
    """Return the comments answered from this part of a branch that stand in an earlier one."""
    near = {entry.id for entry in entries}
    parent_ids = {entry.comment.parent_id for entry in entries} - near - {None}
    query = parts.select_comments(actor).where(Comment.id.in_(parent_ids), visible_to(actor))
    return {comment.id: comment for comment in db.session.scalars(query)}
