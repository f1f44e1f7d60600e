"""The draft in which a meeting is rehearsed, and those that have lasted long enough."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from app.core.db import db
from app.events.models.meetings import Event


def find_draft(event_id: int) -> Event | None:
    """Return the draft in which a meeting is rehearsed, or was."""
    found: Event | None = db.session.scalar(select(Event).where(Event.rehearses_id == event_id))
    return found


def list_begun_before(moment: datetime) -> Sequence[Event]:
    """Return the rehearsals that are there still and began before a moment."""
    query = select(Event).where(Event.rehearses_id.is_not(None), Event.deleted_at.is_(None), Event.created_at < moment)
    return db.session.scalars(query.order_by(Event.id)).all()
