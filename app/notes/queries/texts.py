"""What was said in a session, as it stands and as it was sent."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import joinedload

from app.accounts.models.people import User
from app.core.db import db
from app.core.errors import NotFound
from app.core.paging import SIZE, Page, page_by_id
from app.notes.models import NoteClash, NoteText, NoteVersion


def list_parts(topic_id: int) -> Sequence[NoteText]:
    """Return the parts of a text, the first first; none where nothing was written."""
    return db.session.scalars(select(NoteText).where(NoteText.topic_id == topic_id).order_by(NoteText.part)).all()


def count_parts(topic_id: int) -> int:
    return db.session.scalar(select(func.count()).where(NoteText.topic_id == topic_id)) or 0


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


def list_back(topic_id: int, part: int, after: int, until: int) -> Sequence[NoteVersion]:
    """Return the versions of a part that came after one, until another, the last first; the last 100 of them."""
    query = select(NoteVersion).where(NoteVersion.topic_id == topic_id, NoteVersion.part == part)
    query = query.where(NoteVersion.number > after, NoteVersion.number <= until)
    return db.session.scalars(query.order_by(NoteVersion.number.desc()).limit(100)).all()


def list_clashes(topic_id: int) -> Sequence[NoteClash]:
    """Return the lines that two wrote and nobody has chosen between yet, the first first."""
    query = select(NoteClash).where(NoteClash.topic_id == topic_id, NoteClash.settled_at.is_(None))
    return db.session.scalars(query.order_by(NoteClash.id)).all()


def get_clash(topic_id: int, clash_id: int) -> NoteClash:
    """Return what two wrote at the same place of a text, chosen between or not. Raise NotFound."""
    found = db.session.get(NoteClash, clash_id)
    if found is None or found.topic_id != topic_id:
        raise NotFound()
    return found


def list_versions(topic_id: int, numbers: Collection[tuple[int, int]]) -> Mapping[tuple[int, int], NoteVersion]:
    """Map some parts, each with a number, to the version, with the member who sent it."""
    here = tuple_(NoteVersion.part, NoteVersion.number).in_(numbers)
    query = select(NoteVersion).where(NoteVersion.topic_id == topic_id, here).options(_with_name())
    return {(one.part, one.number): one for one in db.session.scalars(query)} if numbers else {}


def list_history(topic_id: int, before: int | None) -> Page[NoteVersion]:
    """Return a page of the texts that were sent, the last first, with the members who sent them."""
    query = select(NoteVersion).where(NoteVersion.topic_id == topic_id, NoteVersion.is_late.is_(False))
    query = query.where(NoteVersion.id < before) if before else query
    query = query.options(_with_name()).order_by(NoteVersion.id.desc()).limit(SIZE + 1)
    return page_by_id(db.session.scalars(query).all(), is_first=not before)


def has_paper(topic_id: int) -> bool:
    """Tell whether the team copied some of a text from a sheet."""
    query = select(NoteVersion.id).where(NoteVersion.topic_id == topic_id, NoteVersion.from_paper)
    return db.session.scalar(query.limit(1)) is not None


def list_late(topic_id: int) -> Sequence[NoteVersion]:
    """Return the texts that came after the close and wait for the coordination, the first first, with their members."""
    query = select(NoteVersion).where(NoteVersion.topic_id == topic_id, NoteVersion.is_late)
    query = query.where(NoteVersion.settled_at.is_(None)).options(_with_name())
    return db.session.scalars(query.order_by(NoteVersion.id)).all()


def get_late(topic_id: int, version_id: int) -> NoteVersion:
    """Return a text that came after the close. Raise NotFound."""
    found = db.session.get(NoteVersion, version_id)
    if found is None or found.topic_id != topic_id or not found.is_late:
        raise NotFound()
    return found


def _with_name() -> Any:
    """Load the member who sent a text, and nothing else of the account."""
    return joinedload(NoteVersion.user).load_only(User.name, User.closed_at)
