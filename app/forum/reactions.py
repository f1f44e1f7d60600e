"""Answers to what happened elsewhere: what hangs on a place goes with it, and a name with its person."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, delete, select, update

from app.accounts.signals import AccountClosed
from app.core import clock, dialect
from app.core.db import db, run
from app.core.signals import tell
from app.events.models.meetings import Event
from app.events.models.minutes import EventMinutes
from app.events.models.registrations import EventRegistration
from app.events.signals import (
    Arrived,
    EventCloned,
    GuestRenamed,
    GuestsForgotten,
    MinutesPublished,
    PlaceGivenBack,
    PlacesForgotten,
    PlaceTakenOver,
)
from app.forum import arranging
from app.forum.models import CLOSED, OPEN, WAITING, Forum, ForumGoing, ForumInterest, ForumTopic, ForumTopicHost
from app.forum.participants import Participant
from app.forum.queries import board, topics
from app.forum.service import interests, rehearsals
from app.forum.signals import ForumRemoved, HostChanged, PhaseMoved, TopicChanged

# What of a topic is pitched again in the next forum: its words, and no person.
TOPIC_WORDS = ("title", "why", "lang", "idea_id", "wants_step_free", "wants_online", "wants_quiet")


def admit_arrived(signal: Arrived) -> None:
    """Put on the wall what somebody pitched before anybody knew that they are there, with the name that they have now.

    What is withdrawn or hidden at this moment is waited for, and stays so.
    """
    waits = (ForumTopic.registration_id == signal.registration_id, ForumTopic.state == WAITING, ForumTopic.in_sight())
    query = select(ForumTopic).join(Forum, Forum.id == ForumTopic.forum_id).where(*waits, Forum.phase != CLOSED)
    for topic in db.session.scalars(dialect.lock(query.order_by(ForumTopic.id), ForumTopic)).all():
        topic.state = OPEN
        tell(TopicChanged(topic.id, "pitched"))
    place = db.session.get_one(EventRegistration, signal.registration_id)
    if place.registrant_id and db.session.get_one(Event, place.event_id).question:
        _name_guest(place, topics.get_guest_name(place))


def close_with_meeting(signal: MinutesPublished) -> None:
    """Close a forum with its meeting: nothing moves it any more, and what was said in it is read as of any other."""
    query = select(Forum).where(Forum.id == signal.event_id, Forum.phase != CLOSED)
    forum = db.session.scalar(dialect.lock(query, Forum))
    if forum:
        forum.phase, forum.phase_at = CLOSED, clock.now()
        forum.phase_by = db.session.get_one(EventMinutes, forum.id).by_id
        tell(PhaseMoved(forum.id, CLOSED))


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


def empty_place(signal: PlaceGivenBack) -> None:
    """Forget what was pressed from a place that is given back: taken again, it begins anew. What was pitched stays."""
    if db.session.get_one(Event, signal.event_id).question:
        _forget_presses([signal.registration_id])


def give_to_account(signal: PlaceTakenOver) -> None:
    """Have what a guest pitched, or holds with another, be their account's, which is named there from then on."""
    pitched = update(ForumTopic).where(ForumTopic.registration_id == signal.registration_id)
    run(pitched.values(author_id=signal.user_id, host_name=""))
    held = update(ForumTopicHost).where(ForumTopicHost.registration_id == signal.registration_id)
    run(held.values(user_id=signal.user_id, name=""))
    _leave_own_topics(signal)


def _leave_own_topics(signal: PlaceTakenOver) -> None:
    """Take back what the guest offered or pressed about topics that are the account's own: it holds them already."""
    own = select(ForumTopic.id).where(ForumTopic.author_id == signal.user_id)
    place_id, user_id = signal.registration_id, signal.user_id
    held = select(ForumTopicHost).where(ForumTopicHost.registration_id == place_id, ForumTopicHost.topic_id.in_(own))
    for host in db.session.scalars(held.order_by(ForumTopicHost.topic_id)).all():
        db.session.delete(host)
        tell(HostChanged(host.topic_id, place_id, user_id, "taken_back", by=user_id))
    pressed = delete(ForumInterest).where(ForumInterest.registration_id == place_id, ForumInterest.topic_id.in_(own))
    if run(pressed).rowcount:
        interests.fold(db.session.get_one(EventRegistration, place_id).event_id)


def rename_guest(signal: GuestRenamed) -> None:
    """Name a guest anew with what they pitched and hold."""
    _name_guest(db.session.get_one(EventRegistration, signal.registration_id), signal.name)


def _name_guest(place: EventRegistration, name: str) -> None:
    """Name a guest so with what they pitched and hold; as long as nobody has seen them, only where it waits."""
    forum = db.session.get(Forum, place.event_id)
    if forum is None:
        return
    pitched = select(ForumTopic).where(ForumTopic.registration_id == place.id, ForumTopic.host_name != name)
    held = select(ForumTopicHost).where(ForumTopicHost.registration_id == place.id, ForumTopicHost.name != name)
    if not Participant(forum, place).is_there:
        pitched, held = pitched.where(ForumTopic.state == WAITING), held.where(ForumTopicHost.accepted_at.is_(None))
    for topic in db.session.scalars(pitched.order_by(ForumTopic.id)).all():
        topic.host_name = name
    for host in db.session.scalars(held.order_by(ForumTopicHost.topic_id)).all():
        host.name = name


def end_rehearsal(signal: ForumRemoved) -> None:
    """Take away the rehearsal of what is no forum any more."""
    rehearsals.erase(signal.forum_id)


def forget_places(signal: PlacesForgotten) -> None:
    """Forget what was pressed from places that are deleted; what was pitched stays, without the name of a guest."""
    ids = signal.registration_ids
    if ids:
        _forget_presses(ids)
        run(update(ForumTopic).where(ForumTopic.registration_id.in_(ids)).values(registration_id=None, host_name=""))


def _forget_presses(ids: Sequence[int]) -> None:
    """Forget the interest and the goings of some places, counted at once, and that they hold topics with another."""
    forums = db.session.scalars(interests.select_forums_of(ids)).all()
    for table in (ForumInterest, ForumGoing, ForumTopicHost):
        run(delete(table).where(table.registration_id.in_(ids)))
    for forum_id in forums:
        interests.fold(forum_id)


def erase_waiting(signal: AccountClosed) -> None:
    """Erase what a person who leaves had pitched, and nobody had let onto the wall: its words go."""
    _erase_words(ForumTopic.author_id == signal.user_id, by=signal.user_id)


def _erase_words(mine: ColumnElement[bool], by: int | None = None) -> None:
    waiting = update(ForumTopic).where(mine, ForumTopic.state == WAITING)
    run(waiting.values(title="", why="", idea_id=None, deleted_at=clock.now(), deleted_by=by))


def forget_guests(signal: GuestsForgotten) -> None:
    """Take the name of guests off the topics that they pitched; what nobody had let onto the wall goes whole."""
    if not signal.registration_ids:
        return
    mine = ForumTopic.registration_id.in_(signal.registration_ids)
    held = ForumTopicHost.registration_id.in_(signal.registration_ids)
    _erase_words(mine)
    run(update(ForumTopicHost).where(held, ForumTopicHost.name != "").values(name=""))
    run(update(ForumTopic).where(mine, ForumTopic.host_name != "").values(host_name=""))
