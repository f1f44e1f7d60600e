"""The replies that a team keeps at hand."""

from collections.abc import Sequence

from sqlalchemy import func, select

from app.core.db import db
from app.core.errors import NotFound
from app.core.text.plain import sort_key
from app.desk.models import SavedReply


def list_replies(community_id: int) -> Sequence[SavedReply]:
    """Return the replies of a community by title; whoever asks has the charge of it."""
    query = select(SavedReply).where(SavedReply.community_id == community_id)
    return sorted(db.session.scalars(query.order_by(SavedReply.id)), key=lambda reply: sort_key(reply.title))


def get_reply(community_id: int, reply_id: int) -> SavedReply:
    """Return a saved reply by its number. Raise NotFound where it is absent or of another community."""
    reply = find_reply(community_id, reply_id)
    if reply is None:
        raise NotFound()
    return reply


def find_reply(community_id: int, reply_id: int) -> SavedReply | None:
    """Return the reply as `get_reply` does, or None, for a form that has to keep its text."""
    query = select(SavedReply).where(SavedReply.id == reply_id, SavedReply.community_id == community_id)
    return db.session.scalar(query)


def count_replies(community_id: int) -> int:
    return db.session.scalar(select(func.count()).where(SavedReply.community_id == community_id)) or 0
