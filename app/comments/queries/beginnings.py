"""How several threads begin, at once: what is shown of them under another subject."""
from collections.abc import Collection

from sqlalchemy import func, select

from app.comments.models import Comment
from app.comments.queries import parts
from app.comments.queries.reading import visible_to
from app.comments.queries.tree import Entry
from app.core.actor import Actor
from app.core.db import db

FEW = 3


def of(actor: Actor, thread_ids: Collection[int]) -> dict[int, list[Entry]]:
    """Give the first visible roots of each thread, in one query."""
    if not thread_ids:
        return {}
    n = func.row_number().over(partition_by=Comment.thread_id, order_by=(Comment.created_at, Comment.id))
    ranked = select(Comment.id, n.label("n")).join(Comment.thread).where(
        Comment.thread_id.in_(thread_ids), Comment.root_id.is_(None), Comment.status == "published",
        Comment.in_sight(), visible_to(actor)).subquery()
    query = parts.selected(actor).join(ranked, ranked.c.id == Comment.id).where(ranked.c.n <= FEW)
    found: dict[int, list[Entry]] = {}
    rows = db.session.execute(query.order_by(Comment.thread_id, Comment.created_at, Comment.id)).all()
    for entry in parts.entries(actor, rows):
        found.setdefault(entry.comment.thread_id, []).append(entry)
    return found
