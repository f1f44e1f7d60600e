"""What was said in a session, as it stands and as it was sent."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models.people import User
from app.core.db import db
from app.notes.models import NoteClash, NoteText, NoteVersion


def list_parts(topic_id: int) -> Sequence[NoteText]:
    """Return the parts of a text, the first first; none where nothing was written."""
    return db.session.scalars(select(NoteText).where(NoteText.topic_id == topic_id).order_by(NoteText.part)).all()


def find_part(topic_id: int, part: int) -> NoteText | None:
    return db.session.get(NoteText, (topic_id, part))


def find_version(topic_id: int, part: int, number: int) -> NoteVersion | None:
    query = select(NoteVersion).where(NoteVersion.topic_id == topic_id, NoteVersion.part == part)
    return db.session.scalar(query.where(NoteVersion.number == number))


def find_sent(topic_id: int, sent_as: str) -> NoteVersion | None:
    """Return the version that a sending made."""
    return db.session.scalar(
        select(NoteVersion).where(NoteVersion.topic_id == topic_id, NoteVersion.sent_as == sent_as)
    )


def list_clashes(topic_id: int) -> Sequence[NoteClash]:
    """Return the lines that two wrote and nobody has chosen between yet, the first first."""
    query = select(NoteClash).where(NoteClash.topic_id == topic_id, NoteClash.settled_at.is_(None))
    return db.session.scalars(query.order_by(NoteClash.id)).all()


def list_late(topic_id: int) -> Sequence[NoteVersion]:
    """Return the texts that came after the close, with the members who sent them, the first first."""
    query = select(NoteVersion).where(NoteVersion.topic_id == topic_id, NoteVersion.is_late)
    name = joinedload(NoteVersion.user).load_only(User.name, User.closed_at)
    return db.session.scalars(query.options(name).order_by(NoteVersion.id)).all()
