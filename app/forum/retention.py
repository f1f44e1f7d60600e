"""How long a forum keeps the names of those who held its topics without an account; topics and figures stay.

Who is interested in what hangs on a place, which names nobody once its guest is forgotten. Who was where is forgotten
after the day.
"""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, or_, select, update

from app.core import clock
from app.core.db import db, run
from app.core.unit import command
from app.events.models.meetings import Event
from app.events.retention import GUESTS_FOR, PATIENCE
from app.forum.models import ForumGoing, ForumSlot, ForumTopic, ForumTopicHost

# How long after the end of the meeting one may still say where one is.
GOINGS_FOR = timedelta(days=1)


def purge() -> None:
    """Forget the names of those without an account, when the meeting forgets its guests; and who was where, sooner."""
    _forget_names()
    _forget_goings()


@command
def _forget_goings() -> None:
    run(delete(ForumGoing).where(ForumGoing.slot_id.in_(_slots_since(GOINGS_FOR + PATIENCE))))


@command
def _forget_names() -> None:
    """Empty the names that are due; where none is, no page is made anew."""
    topics = db.session.scalars(select(ForumTopic.id).where(*_named_since(GUESTS_FOR))).all()
    if topics:
        run(update(ForumTopic).where(ForumTopic.id.in_(topics)).values(host_name=""))
    hosts = db.session.scalars(select(ForumTopicHost.topic_id).where(*_beside_since(GUESTS_FOR)).distinct()).all()
    if hosts:
        run(update(ForumTopicHost).where(ForumTopicHost.topic_id.in_(hosts)).values(name=""))


def _named_since(age: timedelta) -> tuple[ColumnElement[bool], ...]:
    return (ForumTopic.forum_id.in_(_over_since(age)), ForumTopic.host_name != "")


def _beside_since(age: timedelta) -> tuple[ColumnElement[bool], ...]:
    """Match who held a topic with its host and is named still."""
    topics = select(ForumTopic.id).where(ForumTopic.forum_id.in_(_over_since(age)))
    return (ForumTopicHost.topic_id.in_(topics), ForumTopicHost.name != "")


def _slots_since(age: timedelta) -> Any:
    return select(ForumSlot.id).where(ForumSlot.forum_id.in_(_over_since(age)))


def _over_since(age: timedelta) -> Any:
    moment = clock.now() - age
    return select(Event.id).where(or_(Event.ends_at < moment, Event.deleted_at < moment))


def count_overdue() -> int:
    """Count what should have been forgotten a day ago: `check` says so."""
    names = select(func.count()).where(*_named_since(GUESTS_FOR + PATIENCE))
    beside = select(func.count()).where(*_beside_since(GUESTS_FOR + PATIENCE))
    goings = select(func.count()).where(ForumGoing.slot_id.in_(_slots_since(GOINGS_FOR + 2 * PATIENCE)))
    return sum(db.session.scalar(query) or 0 for query in (names, beside, goings))
