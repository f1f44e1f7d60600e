"""How long a forum keeps the names of those who held its topics without an account; topics and figures stay.

Who is interested in what hangs on a place, which names nobody once its guest is forgotten.
"""

from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, update

from app.core import clock
from app.core.db import db, run
from app.core.unit import command
from app.events.models.meetings import Event
from app.events.retention import GUESTS_FOR, PATIENCE
from app.forum.models import ForumTopic, ForumTopicHost


@command
def purge() -> None:
    """Forget the names of those without an account, when the meeting forgets its guests."""
    run(update(ForumTopic).where(*_named_since(GUESTS_FOR)).values(host_name=""))
    over = ForumTopicHost.topic_id.in_(select(ForumTopic.id).where(ForumTopic.forum_id.in_(_over_since(GUESTS_FOR))))
    run(update(ForumTopicHost).where(over, ForumTopicHost.name != "").values(name=""))


def _named_since(age: Any) -> tuple[ColumnElement[bool], ...]:
    return (ForumTopic.forum_id.in_(_over_since(age)), ForumTopic.host_name != "")


def _over_since(age: Any) -> Any:
    moment = clock.now() - age
    return select(Event.id).where(or_(Event.ends_at < moment, Event.deleted_at < moment))


def count_overdue() -> int:
    """Count what should have been forgotten a day ago: `check` says so."""
    return db.session.scalar(select(func.count()).where(*_named_since(GUESTS_FOR + PATIENCE))) or 0
