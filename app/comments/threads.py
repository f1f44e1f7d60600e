"""What the owner of a thread does with it, inside a command of its own."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, or_, select, update

from app.comments.models import Thread
from app.communities import queries as communities
from app.core.db import db, run


def create(
    kind: str, title: str, *, community_id: int | None, author_id: int | None, is_public: bool, is_open: bool
) -> Thread:
    """Make the thread of a new subject, inside its owner's command."""
    thread = add(kind, title, community_id=community_id, author_id=author_id, is_public=is_public, is_open=is_open)
    db.session.flush()
    return thread


def add(
    kind: str, title: str, *, community_id: int | None, author_id: int | None, is_public: bool, is_open: bool
) -> Thread:
    """Make a thread as `create` does; it has its number once the session is flushed, with those of others."""
    thread = Thread(
        kind=kind,
        title=title,
        community_id=community_id,
        author_id=author_id,
        is_public=is_public,
        is_open=is_open,
        is_private=communities.is_private(community_id),
    )
    db.session.add(thread)
    return thread


def sync(thread_id: int, **facts: Any) -> None:
    """Keep in step what a thread knows of its subject: title, community_id, author_id, is_public, is_open, …

    Nothing is written where it knows all of it.
    """
    values = _with_privacy(facts)
    differs = or_(*(_differs(getattr(Thread, name), value) for name, value in values.items()))
    run(update(Thread).where(Thread.id == thread_id, differs).values(**values))


def _differs(column: Any, value: Any) -> ColumnElement[bool]:
    # The session follows such a comparison by itself; it would ask for the rows that IS DISTINCT FROM finds.
    found: ColumnElement[bool] = column.is_not(None) if value is None else or_(column != value, column.is_(None))
    return found


def sync_each(facts: Mapping[int, dict[str, Any]]) -> None:
    """Keep several threads in step as `sync` does, by their numbers; only those that differ are written."""
    query = select(Thread).where(Thread.id.in_(facts)).execution_options(populate_existing=True)
    for thread in db.session.scalars(query):
        for name, value in _with_privacy(facts[thread.id]).items():
            setattr(thread, name, value)


def _with_privacy(facts: dict[str, Any]) -> dict[str, Any]:
    return facts | {"is_private": communities.is_private(facts["community_id"])} if "community_id" in facts else facts


def mark_read(thread_id: int, upto: int) -> None:
    """Note that a team has read a thread up to a comment, inside the command that keeps its mark."""
    run(update(Thread).where(Thread.id == thread_id, Thread.unread_id <= upto).values(unread_id=None))
