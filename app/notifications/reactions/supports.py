"""Supports: the author is told of the first one and of each ten, never of each."""

from sqlalchemy import select

from app.core.db import db
from app.ideas.models import Idea
from app.notifications.service import notices
from app.votes.models import Vote
from app.votes.signals import IdeaSupported

TEN = 10


def tell_of_support(signal: IdeaSupported) -> None:
    """Tell the author of the first support, and each time that ten more are reached.

    A number is told once, whatever is withdrawn and given again; one's own support is not told, nor is the first where
    it came with an idea that was joined.
    """
    idea, tens = db.session.get_one(Idea, signal.idea_id), signal.count // TEN
    if signal.by == idea.author_id:
        return
    if tens > (signal.count - signal.more) // TEN:
        notices.tell(idea.author_id, "support.tens", f"{idea.id}-{tens * TEN}", idea_id=idea.id, count=tens * TEN)
    elif signal.by is not None and (signal.count == 1 or (signal.count == 2 and _supports_own(idea))):
        notices.tell(idea.author_id, "support.first", str(idea.id), idea_id=idea.id)


def _supports_own(idea: Idea) -> bool:
    """Tell whether the author of an idea supports it."""
    own = select(Vote.id).where(Vote.user_id == idea.author_id, Vote.idea_id == idea.id)
    return db.session.scalar(own) is not None
