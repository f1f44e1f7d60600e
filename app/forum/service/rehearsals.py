"""A forum is rehearsed by its team: in a draft of it that begins at a press, with invented topics and people.

Whoever of the team presses has a place there. It goes at a press, or a day after it began.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.permits import require
from app.core.unit import command
from app.events.models.meetings import Event
from app.events.models.registrations import EventRegistration
from app.events.queries import rehearsals as meetings
from app.events.service import door
from app.events.service import rehearsals as of_meeting
from app.forum import arranging, invented, policy
from app.forum.models import SESSION, WAITING, Forum, ForumInterest, ForumTopic, ForumTopicHost
from app.forum.queries import forums as queries
from app.forum.service import forums, interests

LASTS = timedelta(days=1)


def list_words() -> Iterator[str]:
    """Yield each word that is invented, to be translated."""
    yield from invented.PEOPLE
    for one in invented.TOPICS:
        yield from (one.title, one.why)


@command(also=forums.list_rehearsal)
def begin(actor: Actor, forum: Forum, say: Mapping[str, str], *, is_anew: bool = False) -> tuple[int, bool]:
    """Rehearse a forum, or join its rehearsal; return the number of that, and whether it begins now.

    `say` has what is invented (`list_words`) in the language of the meeting.
    """
    require(actor, policy.REHEARSE, forum)
    there = queries.find_rehearsal(forum.id)
    if there and not is_anew:
        of_meeting.give_place(actor, there.event)
        return there.id, False
    if there:
        forums.empty(there.id)
    event = of_meeting.begin(actor, forum.event)
    rehearsal = there or Forum(id=event.id)
    rehearsal.phase, rehearsal.phase_at, rehearsal.phase_by = "before", clock.now(), actor.own_id
    rehearsal.announcement = ""
    db.session.add(rehearsal)
    db.session.flush()
    arranging.copy(forum.id, event.id)
    of_meeting.give_place(actor, event)
    _invent(event, say)
    return event.id, True


def _invent(event: Event, say: Mapping[str, str]) -> None:
    """Have invented people arrive, pitch and be interested; two topics have a room, so that the wall says something."""
    people = [door.add_walk_in(event, key="", name=say[name], lang=event.lang) for name in invented.PEOPLE]
    for place in people[1:]:
        place.arrived_at = clock.now()
    for one in invented.TOPICS:
        topic = _pitch(event, one, people[one.host], say)
        wanted = [place for n, place in enumerate(people) if n in one.wanted_by and n != one.host]
        db.session.add_all(ForumInterest(registration_id=place.id, topic_id=topic.id) for place in wanted)
        for number, is_accepted in one.beside.items():
            accepted_at = clock.now() if is_accepted else None
            name = say[invented.PEOPLE[number]]
            db.session.add(
                ForumTopicHost(topic_id=topic.id, registration_id=people[number].id, name=name, accepted_at=accepted_at)
            )
    db.session.flush()
    interests.fold(event.id)
    _place(event)


def _pitch(event: Event, one: invented.InventedTopic, place: EventRegistration, say: Mapping[str, str]) -> ForumTopic:
    topic = ForumTopic(
        forum_id=event.id,
        registration_id=place.id,
        host_name=say[invented.PEOPLE[one.host]],
        lang=event.lang,
        title=say[one.title],
        why=say[one.why],
        hands=one.hands,
        **{f"wants_{need}": True for need in one.needs},
    )
    # Nobody has seen who pitched it yet: the team lets it onto the wall.
    topic.state = topic.state if place.arrived_at else WAITING
    db.session.add(topic)
    db.session.flush()
    return topic


def _place(event: Event) -> None:
    """Give the first topics the first rooms of the first hour of sessions."""
    arrangement = queries.get_arrangement(event.id)
    hours = [slot for slot in arrangement.slots if slot.kind == SESSION][:1]
    placed = ForumTopic.forum_id == event.id, ForumTopic.state != WAITING
    topics = db.session.query(ForumTopic).where(*placed).order_by(ForumTopic.id).limit(invented.PLACED)
    for topic, room in zip(topics, arrangement.rooms, strict=False):
        for slot in hours:
            topic.take_cell(slot.id, room.id, by=event.author_id)


@command(also=forums.list_rehearsal)
def end(actor: Actor, forum: Forum) -> bool:
    """Take the rehearsal of a forum away; return whether there was one."""
    require(actor, policy.END_REHEARSAL, forum)
    return erase(forum.id)


def erase(event_id: int) -> bool:
    """Take the rehearsal of a meeting away, inside a command; return whether there was one."""
    rehearsal = queries.find_rehearsal(event_id)
    if rehearsal is None:
        return False
    _erase(rehearsal.event)
    return True


def _erase(draft: Event) -> None:
    forums.empty(draft.id)
    found = db.session.get(Forum, draft.id)
    if found:
        db.session.delete(found)
    of_meeting.empty(draft)
    draft.deleted_at = clock.now()
    db.session.flush()


def purge() -> None:
    """Take away the rehearsals that began a day ago."""
    for draft in meetings.list_begun_before(clock.now() - LASTS):
        _purge_one(draft)


@command
def _purge_one(draft: Event) -> None:
    if draft.created_at < clock.now() - LASTS and not draft.is_deleted:
        _erase(draft)
