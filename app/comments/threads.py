"""What the owner of a thread does with it, inside a command of its own."""
from typing import Any

from sqlalchemy import update

from app.comments.models import Thread
from app.communities import queries as communities
from app.core.db import db, run


def create(
        kind: str, title: str, *, community_id: int | None, author_id: int | None, is_public: bool, is_open: bool
) -> Thread:
    """Make the thread of a new subject, inside its owner's command."""
    thread = Thread(kind=kind, title=title, community_id=community_id, author_id=author_id, is_public=is_public,
                    is_open=is_open, is_private=communities.is_private(community_id))
    db.session.add(thread)
    db.session.flush()
    return thread


def keep(thread_id: int, **facts: Any) -> None:
    """Keep in step what a thread knows of its subject: title, community_id, author_id, is_public, is_open, …"""
    if "community_id" in facts:
        facts["is_private"] = communities.is_private(facts["community_id"])
    run(update(Thread).where(Thread.id == thread_id).values(**facts))


def mark_read(thread_id: int, upto: int) -> None:
    """Note that a team has read a thread up to a comment, inside the command that keeps its mark."""
    run(update(Thread).where(Thread.id == thread_id, Thread.unread_id <= upto).values(unread_id=None))
