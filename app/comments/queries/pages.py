"""The pages of a thread: fifty roots with the beginning of their branches, and the long branches apart."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, or_, select, union_all
from sqlalchemy.orm import aliased

from app.comments.models import Comment, Thread
from app.comments.queries import comment_rows, positions
from app.comments.queries.positions import BRANCH_PAGE, IN_BRANCH, ROOT, ROOTS
from app.comments.queries.reading import visible_to
from app.comments.queries.tree import MOST, Branch, CommentEntry, ThreadPage, order_entries
from app.communities.cached_statements import cached_statement, reader_parameters
from app.core.actor import Actor
from app.core.db import db, number_parameter, numbers_parameter
from app.core.dialect import among
from app.core.errors import NotFound
from app.core.numbers import LARGEST
from app.core.paging import Order, format_cursor, parse_cursor

ORDERS = {
    "oldest": Order(Comment.created_at, Comment.id, descending=False, id_descending=False),
    "newest": Order(Comment.created_at, Comment.id),
    "useful": Order(Comment.useful_count, Comment.id, id_descending=False),
}
SORTS = tuple(ORDERS)
# The parameters of a page: its thread, the sorted value and the number of the root before it, the threads beside.
THREAD, ROW, BESIDE = number_parameter("thread"), number_parameter("row"), numbers_parameter("beside")
VALUE: Any = bindparam("value")


def get_thread_page(
    actor: Actor,
    thread: Thread,
    *,
    sort: str = "oldest",
    after: str = "",
    at: int | None = None,
    beside: Collection[int] = (),
) -> ThreadPage:
    """Return the 50 roots that follow the cursor `after` (or those around the comment `at`), with what answers them.

    `beside` are other threads, of which only the beginning is given.
    """
    if not thread.is_public:
        return ThreadPage(thread, [], sort)
    order = ORDERS[sort]
    start = _start(actor, thread, sort, after, at)
    value, row_id = start or (None, None)
    rows: Sequence[Row[Any]] = db.session.execute(
        _select_page(actor, sort, is_first=start is None, has_others=bool(beside)),
        reader_parameters(actor, thread=thread.id, value=value, row=row_id, beside=list(beside)),
    ).all()
    branches = _branches(actor, [row for row in rows if row[0].thread_id == thread.id], order)
    last = branches[ROOTS - 1].root if len(branches) > ROOTS else None
    following = format_cursor(getattr(last, order.column.key), last.id) if last else None
    others = comment_rows.build_entries(actor, [row for row in rows if row[0].thread_id != thread.id])
    return ThreadPage(
        thread,
        branches[:ROOTS],
        sort,
        following,
        is_first=start is None,
        at=at,
        beside=comment_rows.group_first_comments(others),
    )


def get_branch_page(actor: Actor, root_id: int, *, after: int | None = None, at: int | None = None) -> ThreadPage:
    """Return 50 comments of one branch: from the first, after one of them, or around the comment `at`."""
    thread = _thread_of(root_id)
    after = after or positions.find_part_start(actor, root_id, at)
    rows = db.session.execute(_select_branch(actor), reader_parameters(actor, root=root_id, after=after or 0)).all()
    entries = comment_rows.build_entries(actor, rows[:BRANCH_PAGE])
    if not entries or not (any(entry.is_readable for entry in entries) or _is_readable(actor, root_id)):
        raise NotFound()
    following = str(entries[-1].id) if len(rows) > BRANCH_PAGE else None
    parents = _find_parents(actor, entries) if after else {}
    part = Branch(root_id, order_entries(entries, parents))
    return ThreadPage(thread, [part], "oldest", following, is_first=not after, at=at)


@cached_statement
def _select_branch(actor: Actor) -> Select[Any]:
    ids = positions.select_branch(actor, ROOT, Comment.id > number_parameter("after"), BRANCH_PAGE + 1).subquery()
    return comment_rows.select_comments(actor).where(among(Comment.id, select(ids.c.id))).order_by(Comment.id)


@cached_statement
def _select_some(actor: Actor) -> Select[Any]:
    return comment_rows.select_comments(actor).where(Comment.id.in_(numbers_parameter("ids")), visible_to(actor))


def _start(actor: Actor, thread: Thread, sort: str, after: str, at: int | None) -> tuple[Any, int] | None:
    if after:
        return parse_cursor(after, int if sort == "useful" else datetime)
    return positions.find_page_start(actor, thread, ORDERS[sort], at)


@cached_statement
def _select_page(actor: Actor, sort: str, *, is_first: bool, has_others: bool) -> Select[Any]:
    """Select the roots and the beginning of their branches at once, each with the size of its branch, up to `MOST`."""
    start, reply = None if is_first else (VALUE, ROW), aliased(Comment)
    roots = positions.select_roots(actor, THREAD, ORDERS[sort], start, ROOTS + 1).subquery()
    replies = select(reply.id).where(reply.root_id == roots.c.id, comment_rows.is_shown(actor, reply))
    replies = replies.correlate(roots, Thread)
    last = replies.order_by(reply.id).offset(IN_BRANCH - 1).limit(1).scalar_subquery()
    size = select(func.count()).select_from(replies.limit(MOST + 1).subquery()).scalar_subquery()
    bounds = select(roots.c.id, func.coalesce(last, LARGEST).label("last"), size.label("size"))
    ends = bounds.select_from(roots).join(Thread, Thread.id == THREAD).cte("branches")
    first = select(reply.id).select_from(ends).join(Thread, Thread.id == THREAD)
    first = first.join(reply, reply.root_id == ends.c.id).where(
        reply.id <= ends.c.last, comment_rows.is_shown(actor, reply)
    )
    others = [comment_rows.select_first(actor, BESIDE)] if has_others else []
    ids = union_all(select(ends.c.id), first, *others).subquery()
    of_branch = select(ends.c.size).where(ends.c.id == Comment.id).scalar_subquery()
    query = comment_rows.select_comments(actor).add_columns(of_branch.label("size"))
    return query.where(among(Comment.id, select(ids.c.id)))


def _branches(actor: Actor, rows: Sequence[Row[Any]], order: Order) -> list[Branch]:
    """Put each root with what answers it, in the order of the page."""
    sizes: dict[int, int] = {}
    groups: dict[int, list[CommentEntry]] = {}
    for entry, row in zip(comment_rows.build_entries(actor, rows), rows, strict=True):
        groups.setdefault(entry.root_id, []).append(entry)
        sizes[entry.root_id] = sizes.get(entry.root_id, 0) + (row.size or 0)
    branches = [
        Branch(root_id, order_entries(group, {}), sizes[root_id] + 1 - len(group)) for root_id, group in groups.items()
    ]
    branches.sort(key=lambda one: one.root_id, reverse=order.id_descending)
    return sorted(branches, key=lambda one: getattr(one.root, order.column.key), reverse=order.descending)


def _is_readable(actor: Actor, root_id: int) -> bool:
    """Tell whether the reader may read a comment of a branch: one where all are hidden has no page."""
    within = or_(Comment.id == root_id, Comment.root_id == root_id)
    query = select(Comment.id).join(Comment.thread).where(within, visible_to(actor))
    return db.session.scalar(query.limit(1)) is not None


def _thread_of(root_id: int) -> Thread:
    """Find the public thread that a root comment stands in."""
    thread = db.session.scalar(_select_thread(), {ROOT.key: root_id})
    if thread is None:
        raise NotFound()
    return thread


@cache
def _select_thread() -> Select[tuple[Thread]]:
    query = select(Thread).join(Comment, Comment.thread_id == Thread.id)
    return query.where(Comment.id == ROOT, Comment.root_id.is_(None), Thread.is_public)


def _find_parents(actor: Actor, entries: Sequence[CommentEntry]) -> dict[int, Comment]:
    """Return the comments answered from this part of a branch that stand in an earlier one."""
    own_ids = {entry.id for entry in entries}
    parent_ids = {entry.comment.parent_id for entry in entries} - own_ids - {None}
    parents = db.session.scalars(_select_some(actor), reader_parameters(actor, ids=list(parent_ids)))
    return {comment.id: comment for comment in parents}
