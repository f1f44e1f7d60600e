"""Answers to what happened elsewhere: what hangs on a place goes with it, and a name with its person."""

from sqlalchemy import ColumnElement, delete, select, update

from app.accounts.signals import AccountClosed
from app.core import clock
from app.core.db import db, run
from app.core.signals import tell
from app.events.models.meetings import Event
from app.events.models.registrations import EventRegistration
from app.events.signals import Arrived, EventCloned, GuestsForgotten, PlacesForgotten
from app.forum import arranging
from app.forum.models import CLOSED, OPEN, WAITING, Forum, ForumGoing, ForumInterest, ForumTopic, ForumTopicHost
from app.forum.queries import board
from app.forum.service import interests
from app.forum.signals import TopicChanged

# What of a topic is pitched again in the next forum: its words, and no person.
TOPIC_WORDS = ("title", "why", "lang", "idea_id", "wants_step_free", "wants_online", "wants_quiet")


def admit_arrived(signal: Arrived) -> None:
    """Put on the wall what somebody pitched before anybody knew that they are there."""
    waits = (ForumTopic.registration_id == signal.registration_id, ForumTopic.state == WAITING, ForumTopic.in_sight())
    query = select(ForumTopic).join(Forum, Forum.id == ForumTopic.forum_id).where(*waits, Forum.phase != CLOSED)
    for topic in db.session.scalars(query).all():
        topic.state = OPEN
        tell(TopicChanged(topic.id, "pitched"))


def begin_again(signal: EventCloned) -> None:
    """Make a forum of a meeting that is begun from one: the same question, rooms and hours.

    Nothing is pitched in it but, where one wants them, the topics that were not held, without the people who had.
    """
    if db.session.get(Forum, signal.former_id) is None:
        return
    event, former = (db.session.get_one(Event, number) for number in (signal.event_id, signal.former_id))
    event.question = former.question
    db.session.add(Forum(id=event.id, phase_by=signal.by))
    db.session.flush()
    arranging.copy(former.id, event.id)
    if signal.takes_rest:
        _pitch_again(former.id, event.id)


def _pitch_again(former_id: int, forum_id: int) -> None:
    """Put on the wall of a forum what stood on that of another without a room."""
    rest = board.list_on_wall(former_id)
    for topic in sorted(rest, key=lambda one: one.id):
        if not topic.is_placed:
            words = {name: getattr(topic, name) for name in TOPIC_WORDS}
            db.session.add(ForumTopic(forum_id=forum_id, **words))
    db.session.flush()


def forget_places(signal: PlacesForgotten) -> None:
    """Forget what was pressed from places that are deleted; what was pitched stays, without the name of a guest."""
    ids = signal.registration_ids
    if not ids:
        return
    forums = db.session.scalars(interests.select_forums_of(ids)).all()
    for table in (ForumInterest, ForumGoing):
        run(delete(table).where(table.registration_id.in_(ids)))
    for forum_id in forums:
        interests.fold(forum_id)
    run(delete(ForumTopicHost).where(ForumTopicHost.registration_id.in_(ids)))
    run(update(ForumTopic).where(ForumTopic.registration_id.in_(ids)).values(registration_id=None, host_name=""))


def erase_waiting(signal: AccountClosed) -> None:
    """Erase what a person who leaves had pitched, and nobody had let onto the wall: its words go.

    So does the name that they gave as a guest, where their place became that of their account.
    """
    _erase_words(ForumTopic.author_id == signal.user_id, by=signal.user_id)
    places = select(EventRegistration.id).where(EventRegistration.user_id == signal.user_id)
    _forget_names(ForumTopic.registration_id.in_(places), ForumTopicHost.registration_id.in_(places))


def _erase_words(mine: ColumnElement[bool], by: int | None = None) -> None:
    waiting = update(ForumTopic).where(mine, ForumTopic.state == WAITING)
    run(waiting.values(title="", why="", idea_id=None, deleted_at=clock.now(), deleted_by=by))


def forget_guests(signal: GuestsForgotten) -> None:
    """Take the name of guests off the topics that they pitched; what nobody had let onto the wall goes whole."""
    mine = ForumTopic.registration_id.in_(signal.registration_ids)
    held = ForumTopicHost.registration_id.in_(signal.registration_ids)
    if signal.registration_ids:
        _forget_names(mine, held)


def _forget_names(mine: ColumnElement[bool], held: ColumnElement[bool]) -> None:
    _erase_words(mine)
    run(update(ForumTopicHost).where(held, ForumTopicHost.name != "").values(name=""))
    run(update(ForumTopic).where(mine, ForumTopic.host_name != "").values(host_name=""))
