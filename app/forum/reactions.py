"""Answers to what happened elsewhere: what hangs on a place goes with it, and a name with its person."""

from sqlalchemy import delete, update

from app.core.db import db, run
from app.events.models.meetings import Event
from app.events.signals import EventCloned, GuestsForgotten, PlacesForgotten
from app.forum import arranging
from app.forum.models import Forum, ForumInterest, ForumTopic, ForumTopicHost
from app.forum.service import interests


def begin_again(signal: EventCloned) -> None:
    """Make a forum of a meeting that is begun from one: the same question, rooms and hours, and nothing pitched."""
    if db.session.get(Forum, signal.former_id) is None:
        return
    event, former = (db.session.get_one(Event, number) for number in (signal.event_id, signal.former_id))
    event.question = former.question
    db.session.add(Forum(id=event.id, phase_by=signal.by))
    db.session.flush()
    arranging.copy(former.id, event.id)


def forget_places(signal: PlacesForgotten) -> None:
    """Forget what somebody pressed from a place that is deleted; what they pitched stays."""
    ids = signal.registration_ids
    if not ids:
        return
    forums = db.session.scalars(interests.select_forums_of(ids)).all()
    run(delete(ForumInterest).where(ForumInterest.registration_id.in_(ids)))
    for forum_id in forums:
        interests.fold(forum_id)
    run(delete(ForumTopicHost).where(ForumTopicHost.registration_id.in_(ids)))
    run(update(ForumTopic).where(ForumTopic.registration_id.in_(ids)).values(registration_id=None))


def forget_guests(signal: GuestsForgotten) -> None:
    """Take the name of guests off the topics that they pitched."""
    mine = ForumTopic.registration_id.in_(signal.registration_ids)
    if signal.registration_ids:
        run(update(ForumTopic).where(mine, ForumTopic.host_name != "").values(host_name=""))
