"""The lines of notes that a forum may choose among: those that stand, of the sessions that are in sight."""

from collections.abc import Sequence

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from app.core.db import db
from app.forum.models import ForumTopic
from app.forum.queries import topics
from app.notes.models import NoteLine


def list_lines(forum_id: int) -> Sequence[tuple[NoteLine, ForumTopic]]:
    """Return the lines that stand, each with its session, session by session."""
    newer = aliased(NoteLine)
    query = select(NoteLine, ForumTopic).join(ForumTopic, ForumTopic.id == NoteLine.topic_id)
    query = query.where(ForumTopic.forum_id == forum_id, topics.is_in_sight(), NoteLine.removed_at.is_(None))
    query = query.where(~exists().where(newer.replaces_id == NoteLine.id))
    first = func.coalesce(NoteLine.first_id, NoteLine.id)
    return db.session.execute(query.order_by(ForumTopic.id, first, NoteLine.id)).tuples().all()
