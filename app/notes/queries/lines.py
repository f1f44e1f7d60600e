"""The lines of the notes of a session: what stands, without what was changed or taken out."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from app.accounts.models.people import User
from app.core.db import db
from app.core.errors import NotFound
from app.forum.models import ForumTopic
from app.forum.queries import topics
from app.notes.models import NoteLine, PublishedLine, PublishedNotes, SessionNotes

_FIRST_WRITTEN = (func.coalesce(NoteLine.first_id, NoteLine.id), NoteLine.id)


def list_lines(topic_id: int) -> Sequence[NoteLine]:
    """Return the lines that stand, in the order in which they were first written, with the members who wrote them."""
    query = select(NoteLine).where(NoteLine.topic_id == topic_id, _is_standing())
    query = query.options(joinedload(NoteLine.user).load_only(User.name, User.closed_at))
    return db.session.scalars(query.order_by(*_FIRST_WRITTEN)).all()


def list_lines_of_forum(forum_id: int) -> Sequence[tuple[NoteLine, ForumTopic]]:
    """Return the lines that stand in the sessions of a forum that are in sight, each with its session, one by one."""
    query = select(NoteLine, ForumTopic).join(ForumTopic, ForumTopic.id == NoteLine.topic_id)
    query = query.where(ForumTopic.forum_id == forum_id, topics.is_in_sight(), _is_standing())
    return db.session.execute(query.order_by(ForumTopic.id, *_FIRST_WRITTEN)).tuples().all()


def list_gone(topic_id: int) -> Sequence[NoteLine]:
    """Return the lines that were changed or taken out, the last first, with the members who wrote them.

    Nobody reads again what the team withdrew once it was published.
    """
    withdrawn = exists().where(PublishedLine.id == func.coalesce(NoteLine.first_id, NoteLine.id), ~is_shown())
    query = select(NoteLine).where(NoteLine.topic_id == topic_id, ~_is_standing(), ~withdrawn)
    query = query.options(joinedload(NoteLine.user).load_only(User.name, User.closed_at))
    return db.session.scalars(query.order_by(NoteLine.id.desc())).all()


def _is_standing() -> ColumnElement[bool]:
    """Match the lines that nobody took out, nor put another in the place of."""
    newer = aliased(NoteLine)
    return and_(NoteLine.removed_at.is_(None), ~exists().where(newer.replaces_id == NoteLine.id))


def find_line(topic_id: int, line_id: int) -> NoteLine | None:
    """Return a line of a session, whether it stands or not."""
    return db.session.scalar(select(NoteLine).where(NoteLine.topic_id == topic_id, NoteLine.id == line_id))


def find_sent(topic_id: int, sent_as: str) -> NoteLine | None:
    """Return the line that a sending made."""
    return db.session.scalar(select(NoteLine).where(NoteLine.topic_id == topic_id, NoteLine.sent_as == sent_as))


def find_newer(line_id: int) -> NoteLine | None:
    """Return the line that came in the place of another."""
    return db.session.scalar(select(NoteLine).where(NoteLine.replaces_id == line_id))


def count_lines(topic_id: int) -> int:
    """Count the lines of a session that stand."""
    query = select(func.count()).where(NoteLine.topic_id == topic_id, _is_standing())
    return db.session.scalar(query) or 0


def get_line(topic_id: int, line_id: int, *, is_gone: bool = False) -> NoteLine:
    """Return a line of a session that stands, or that may have been taken out (`is_gone`). Raise NotFound."""
    found = find_line(topic_id, line_id)
    if found is None or (found.removed_at and not is_gone):
        raise NotFound()
    return found


def list_rows_of(topic_id: int, line_id: int) -> Sequence[NoteLine]:
    """Return what a published line was as it was written, and whatever came in its place."""
    is_its = or_(NoteLine.id == line_id, NoteLine.first_id == line_id)
    return db.session.scalars(select(NoteLine).where(NoteLine.topic_id == topic_id, is_its).order_by(NoteLine.id)).all()


def is_shown() -> ColumnElement[bool]:
    """Match the published lines that the team has not withdrawn."""
    return PublishedLine.text != ""


def list_published(topic_id: int) -> Sequence[PublishedLine]:
    """Return the lines of a session that the public reads, in their order."""
    query = select(PublishedLine).where(PublishedLine.topic_id == topic_id, is_shown())
    return db.session.scalars(query.order_by(PublishedLine.position, PublishedLine.id)).all()


def list_copied(topic_id: int) -> Sequence[PublishedLine]:
    """Return the lines of a session that were published, those that were withdrawn since too."""
    query = select(PublishedLine).where(PublishedLine.topic_id == topic_id)
    return db.session.scalars(query.order_by(PublishedLine.id)).all()


def find_withdrawn(line_ids: Collection[int]) -> set[int]:
    """Return those of these lines, as they were written, that were published and then withdrawn."""
    query = select(NoteLine.id).join(PublishedLine, PublishedLine.id == func.coalesce(NoteLine.first_id, NoteLine.id))
    return set(db.session.scalars(query.where(NoteLine.id.in_(line_ids), ~is_shown()))) if line_ids else set()


def get_published_line(topic_id: int, line_id: int) -> PublishedLine:
    """Return a line of a session that was published, withdrawn or not. Raise NotFound."""
    found = db.session.get(PublishedLine, line_id)
    if found is None or found.topic_id != topic_id:
        raise NotFound()
    return found


def find_published(topic_id: int) -> PublishedNotes | None:
    """Return what the public reads of a session, None until it is published."""
    return db.session.get(PublishedNotes, topic_id)


def find_notes(topic_id: int) -> SessionNotes | None:
    """Return the notes of a session, None where nobody began them."""
    return db.session.get(SessionNotes, topic_id)
