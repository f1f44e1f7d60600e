"""A hall that presses at the same moment (`tests/support/racing.py`): interest, going and pause, on and off.

Meanwhile the forum counts, topics are moved, some give their place back, and every second round the forum is closed. Guests
whom nobody has seen yet change what they pitched, or withdraw it, while the door lets them in.
"""

import random
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

from sqlalchemy import select

from app.core import clock
from app.core.actor import ANYONE, Actor
from app.core.db import db
from app.core.errors import NotFound
from app.events.models.registrations import CANCELLED, EventRegistration, Registrant
from app.events.queries import registrations
from app.events.service import door
from app.events.service import registrations as coming
from app.forum import policy
from app.forum.models import CLOSED, CONVERGENCE, WAITING, Forum, ForumGoing, ForumInterest, ForumTopic
from app.forum.participants import Participant
from app.forum.queries import board, forums
from app.forum.queries import topics as queries
from app.forum.service import forums as service
from app.forum.service import interests, placing
from app.forum.service import topics as pitching
from app.forum.service.placing import Place
from app.forum.words import TopicWords
from app.operations import recount
from tests.events.stored import event_in
from tests.forum.stored import forum_in, place_in, topic_in
from tests.support.make import Make
from tests.support.racing import Act, Acts, Race, main

ROOMS, HOURS, TOPICS, HELD, PEOPLE, GUESTS = 2, 2, 5, 3, 8, 3
# Each press counts, so that counting meets presses; a hall counts every few seconds.
interests.PAUSE = timedelta(0)


def prepare(make: Make, _size: int) -> Callable[[Race, int], list[str]]:
    people = [make.user() for _n in range(PEOPLE)]
    return partial(run_round, make, make.actor(role="coordinator"), [one.id for one in people])


def run_round(make: Make, team: Actor, user_ids: Sequence[int], race: Race, number: int) -> list[str]:
    """Store a forum that is about to be closed, do all acts at once, count, and look at what stands."""
    in_hall = {"mode": "in_person", "territory_id": 1, "taken_in_person": PEOPLE + GUESTS}
    event = event_in(make, starts_at=clock.now() - timedelta(minutes=10), hours=6, **in_hall)
    forum, chance = forum_in(make, event=event, rooms=ROOMS, hours=HOURS, phase=CONVERGENCE), race.chance
    there = forums.get_arrangement(forum.id)
    cells = [Place(slot.id, room.id) for slot in there.slots[1:] for room in there.rooms]
    held = chance.sample(cells, HELD)
    topics = [_store(make, forum, n, held[n] if n < HELD else None) for n in range(TOPICS)]
    members = [(place_in(make, forum, user_id=user_id).id, user_id) for user_id in user_ids]
    guests = [_store_guest(make, forum, n) for n in range(GUESTS)]
    acts = [
        *(choose(forum.id, team, topics, cells, members, chance) for _n in range(race.size - 4 * GUESTS)),
        *(("give_back", one) for one in members[:2]),
        *(act for guest in guests for act in come_in(forum.id, team, *guest)),
    ]
    if number % 2:
        acts.append(("close", (forum.id, team)))
    race.do(acts)
    interests.fold_forum(forum.id)
    return list_faults(forum.id)


def _store(make: Make, forum: Forum, n: int, at: Place | None) -> int:
    columns = {"slot_id": at.slot_id, "room_id": at.room_id, "placed_by": forum.phase_by} if at else {}
    return topic_in(make, forum, title=f"Sujet {n}", **columns).id


def _store_guest(make: Make, forum: Forum, n: int) -> tuple[int, int]:
    """Store a guest who has not arrived, with what they pitched; return their place and their topic."""
    guest = make.add(Registrant(event_id=forum.id, name=f"Invitée {n}", confirmed_at=clock.now()))
    place = place_in(make, forum, registrant_id=guest.id)
    topic = topic_in(make, forum, title=f"Sujet de {n}", host_name=guest.name, registration_id=place.id, state=WAITING)
    return place.id, topic.id


def choose(
    forum_id: int,
    team: Actor,
    topics: Sequence[int],
    cells: Sequence[Place],
    members: Sequence[tuple[int, int]],
    chance: random.Random,
) -> Act:
    """Return what somebody does of what a page shows that was read a moment ago: it may be true no more."""
    topic_id, at, who = chance.choice(topics), chance.choice(cells), chance.choice(members)
    name = chance.choice(("want", "want", "want_no_more", "go", "go", "pause", "place", "take_off", "count"))
    if name in ("place", "take_off"):
        return name, (forum_id, team, topic_id, at)
    if name == "count":
        return name, (forum_id,)
    return name, (forum_id, *who, at.slot_id if name == "pause" else topic_id)


def come_in(forum_id: int, team: Actor, place_id: int, topic_id: int) -> list[Act]:
    """Return what happens to a guest and to their topic at once."""
    mine = (forum_id, place_id, topic_id)
    return [
        ("arrive", (team, place_id)),
        ("edit", mine),
        ("edit", mine),
        ("withdraw" if place_id % 3 else "edit", mine),
    ]


def list_faults(forum_id: int) -> list[str]:
    """Say what is wrong: a number that is none, a press after the end or from no place, an arrival that lets in nothing."""
    forum = db.session.get_one(Forum, forum_id)
    topics = db.session.scalars(select(ForumTopic).where(ForumTopic.forum_id == forum_id)).all()
    ids = [topic.id for topic in topics]
    faults = [str(one) for one in recount.list_differences() if one.id in ids and one.counter.startswith("forum_")]
    wanted = select(ForumInterest).where(ForumInterest.topic_id.in_(ids))
    here = select(EventRegistration.id).where(EventRegistration.event_id == forum_id)
    gone = select(ForumGoing).where(ForumGoing.registration_id.in_(here))
    places = {row.id: row for row in db.session.scalars(select(EventRegistration).filter_by(event_id=forum_id))}
    for press in (*db.session.scalars(wanted), *db.session.scalars(gone)):
        place, what = places[press.registration_id], f"{type(press).__name__} of {press.registration_id}"
        if forum.phase == CLOSED and press.at > forum.phase_at:
            faults.append(f"{what} came after the forum was closed")
        if place.state == CANCELLED and place.cancelled_at and press.at > place.cancelled_at:
            faults.append(f"{what} came from a place that was given back")
    for topic in topics:
        arrived = topic.registration_id and places[topic.registration_id].arrived_at
        if arrived and not (forum.is_closed and arrived > forum.phase_at) and topic.is_waiting and not topic.is_deleted:
            faults.append(f"{topic.id} waits though its host is there")
        if topic.is_deleted and not topic.is_waiting:
            faults.append(f"{topic.id} was let onto the wall once it was withdrawn")
    return faults


def recognise(forum_id: int, place_id: int, user_id: int | None) -> tuple[Actor, Participant]:
    who = Actor(user_id) if user_id else ANYONE
    return who, Participant(forums.get_forum(who, forum_id, policy.READ), registrations.find_registration(place_id))


def before(who: Actor, participant: Participant, topic_id: int) -> Participant:
    found = queries.find_topic(who, participant, topic_id, policy.READ_TOPIC | policy.EDIT_TOPIC)
    if found is None:
        raise NotFound()
    return found


def do_want(forum_id: int, place_id: int, user_id: int, topic_id: int, *, is_on: bool) -> None:
    who, participant = recognise(forum_id, place_id, user_id)
    interests.press(who, before(who, participant, topic_id), is_on=is_on)


def do_go(forum_id: int, place_id: int, user_id: int, topic_id: int) -> None:
    who, participant = recognise(forum_id, place_id, user_id)
    interests.go(who, before(who, participant, topic_id))


def do_pause(forum_id: int, place_id: int, user_id: int, slot_id: int) -> None:
    interests.take_pause(*recognise(forum_id, place_id, user_id), slot_id)


def do_place(forum_id: int, team: Actor, topic_id: int, at: Place) -> None:
    who = before(team, Participant(forums.get_forum(team, forum_id, policy.READ)), topic_id)
    assert who.topic
    there, seen = board.find_in_cell(at.slot_id, at.room_id), placing.get_place(who.topic)
    if there and seen:
        placing.swap(team, who, at, seen, there.id)
    else:
        placing.place(team, who, at, seen)


def do_take_off(forum_id: int, team: Actor, topic_id: int, _at: Place) -> None:
    who = before(team, Participant(forums.get_forum(team, forum_id, policy.READ)), topic_id)
    assert who.topic
    placing.take_off(team, who, placing.get_place(who.topic))


def do_give_back(place_id: int, user_id: int) -> None:
    place = registrations.find_registration(place_id)
    assert place is not None
    coming.cancel(Actor(user_id), place)


def do_close(forum_id: int, team: Actor) -> None:
    service.move_phase(team, forums.get_forum(team, forum_id, policy.READ), CLOSED, seen=CONVERGENCE)


def do_arrive(team: Actor, place_id: int) -> None:
    place = registrations.find_registration(place_id)
    assert place is not None
    door.arrive(team, place, key="luc")


def do_edit(forum_id: int, place_id: int, topic_id: int) -> None:
    who, participant = recognise(forum_id, place_id, None)
    pitching.edit(who, before(who, participant, topic_id), TopicWords(f"Sujet {random.random()}"))


def do_withdraw(forum_id: int, place_id: int, topic_id: int) -> None:
    who, participant = recognise(forum_id, place_id, None)
    pitching.withdraw(who, before(who, participant, topic_id))


ACTS: Acts = {
    "want": partial(do_want, is_on=True),
    "want_no_more": partial(do_want, is_on=False),
    "go": do_go,
    "pause": do_pause,
    "place": do_place,
    "take_off": do_take_off,
    "count": interests.fold_forum,
    "give_back": do_give_back,
    "close": do_close,
    "arrive": do_arrive,
    "edit": do_edit,
    "withdraw": do_withdraw,
}


if __name__ == "__main__":
    main(ACTS, prepare)
