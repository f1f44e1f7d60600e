"""How many press about each topic of a forum, as it is now: those who are interested, those who are there."""

from sqlalchemy import ColumnElement, func, select

from app.core.db import db
from app.forum.models import ForumGoing, ForumInterest, ForumTopic


def count_interests(forum_id: int) -> dict[int, int]:
    """Map the topics of a forum to how many people are interested, where some are."""
    return _count(ForumInterest, forum_id)


def count_goings(forum_id: int) -> dict[int, int]:
    """Map the topics of a forum to how many people are there, at their hour, where some are."""
    return _count(ForumGoing, forum_id, ForumGoing.slot_id == ForumTopic.slot_id)


def _count(model: type[ForumInterest] | type[ForumGoing], forum_id: int, *which: ColumnElement[bool]) -> dict[int, int]:
    query = select(ForumTopic.id, func.count()).join(model, model.topic_id == ForumTopic.id)
    query = query.where(ForumTopic.forum_id == forum_id, *which).group_by(ForumTopic.id)
    return dict(db.session.execute(query).tuples().all())
