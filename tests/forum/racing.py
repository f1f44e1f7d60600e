"""A team that places the same topics at the same moment (`tests/support/racing.py`).

Each round is a forum of its own: topics are given cells that others want, exchanged while they are taken off, held again,
withdrawn, and the rooms are arranged.
"""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from sqlalchemy import select

from app.core.actor import Actor
from app.core.db import db
from app.forum import policy
from app.forum.models import Forum, ForumRoom, ForumSlot, ForumTopic
from app.forum.participants import Participant
from app.forum.queries import board, forums
from app.forum.queries import topics as queries
from app.forum.service import forums as service
from app.forum.service import placing
from app.forum.service import topics as pitching
from app.forum.service.placing import Place
from app.forum.words import ForumWords, RoomWords, SlotWords
from tests.forum.stored import forum_in, topic_in
from tests.support.make import Make
from tests.support.racing import Act, Acts, Race, main

ROOMS, HOURS = 3, 2


def prepare(make: Make, _size: int) -> Callable[[Race, int], list[str]]:
    return partial(run_round, make, make.actor(role="coordinator"))


def run_round(make: Make, team: Actor, race: Race, _number: int) -> list[str]:
    """Store a forum of which some topics have cells, do all acts at once, and look at what stands."""
    forum, chance = forum_in(make, rooms=ROOMS, hours=HOURS), race.chance
    cells = [Place(slot.id, room.id) for slot in list_sessions(forum.id) for room in list_rooms(forum.id)]
    held = chance.sample(cells, 3)
    topics = [_store(make, forum, n, held[n] if n < len(held) else None) for n in range(6)]
    race.do([choose(team, forum.id, topics, cells, chance) for _n in range(race.size)])
    return list_faults(forum.id, set(topics))


def _store(make: Make, forum: Forum, n: int, at: Place | None) -> int:
    columns = {"slot_id": at.slot_id, "room_id": at.room_id, "placed_by": forum.phase_by} if at else {}
    return topic_in(make, forum, title=f"Sujet {n}", **columns).id


def choose(team: Actor, forum_id: int, topics: Sequence[int], cells: Sequence[Place], chance: random.Random) -> Act:
    """Return an act on a topic, from what a page shows that was read a moment ago: it may be true no more."""
    topic_id, at = chance.choice(topics), chance.choice(cells)
    name = chance.choice(
        ("place", "place", "place", "swap", "swap", "take_off", "take_off", "again", "withdraw", "arrange")
    )
    return name, (team, forum_id, topic_id, at)


def list_faults(forum_id: int, first: set[int]) -> list[str]:
    """Say what is wrong: a cell with two topics, one in a room that is gone, a topic lost or made of nothing."""
    rows = db.session.scalars(select(ForumTopic).where(ForumTopic.forum_id == forum_id)).all()
    cells = Counter((row.slot_id, row.room_id) for row in rows if row.slot_id)
    rooms, hours = {room.id for room in list_rooms(forum_id)}, {slot.id for slot in list_sessions(forum_id)}
    faults = [f"{cell} has {count} topics" for cell, count in cells.items() if count > 1]
    faults += [
        f"{row.id} is nowhere" for row in rows if row.slot_id and not (row.room_id in rooms and row.slot_id in hours)
    ]
    faults += [f"{row.id} has a cell off the wall" for row in rows if row.slot_id and not row.is_on_the_wall]
    faults += [f"{row.id} was placed by nobody" for row in rows if row.slot_id and not row.placed_by]
    faults += [f"{one} is lost" for one in first - {row.id for row in rows}]
    return faults + [f"{row.id} is of nothing" for row in rows if row.id not in first and row.again_of_id not in first]


def list_rooms(forum_id: int) -> Sequence[ForumRoom]:
    return forums.get_arrangement(forum_id).rooms


def list_sessions(forum_id: int) -> Sequence[ForumSlot]:
    return [slot for slot in forums.get_arrangement(forum_id).slots if slot.kind == "session"]


def find(team: Actor, forum_id: int, topic_id: int) -> Participant:
    who = Participant(forums.get_forum(team, forum_id, policy.READ))
    found = queries.find_topic(team, who, topic_id, policy.READ_TOPIC)
    assert found is not None
    return found


def do_place(team: Actor, who: Participant, at: Place) -> None:
    assert who.topic
    placing.place(team, who, at, placing.get_place(who.topic))


def do_swap(team: Actor, who: Participant, at: Place) -> None:
    """Exchange with whoever is there; where nobody is, another was faster."""
    assert who.topic
    other, seen = board.find_in_cell(at.slot_id, at.room_id), placing.get_place(who.topic)
    placing.swap(team, who, at, seen, other.id if other else 0)


def do_take_off(team: Actor, who: Participant, _at: Place) -> None:
    assert who.topic
    placing.take_off(team, who, placing.get_place(who.topic))


def do_again(team: Actor, who: Participant, at: Place) -> None:
    placing.hold_again(team, who, at)


def do_withdraw(team: Actor, who: Participant, _at: Place) -> None:
    pitching.withdraw(team, who)


def do_arrange(team: Actor, who: Participant, at: Place) -> None:
    """Take a room away, unless topics are in it."""
    rooms = [RoomWords(room.name, id=room.id) for room in list_rooms(who.forum.id) if room.id != at.room_id]
    slots = forums.get_arrangement(who.forum.id).slots
    hours = [SlotWords(slot.starts_after, slot.minutes, slot.kind, slot.title, slot.id) for slot in slots]
    service.edit(team, who.forum, ForumWords(who.forum.event.question, rooms, hours))


def act(do: Callable[..., object], team: Actor, forum_id: int, topic_id: int, at: Place) -> None:
    do(team, find(team, forum_id, topic_id), at)


DONE = {
    "place": do_place,
    "swap": do_swap,
    "take_off": do_take_off,
    "again": do_again,
    "withdraw": do_withdraw,
    "arrange": do_arrange,
}
ACTS: Acts = {name: partial(act, do) for name, do in DONE.items()}


if __name__ == "__main__":
    main(ACTS, prepare)
