"""What stands against each cell, over random forums, equals a slow recount that walks through every pair of people."""

import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from app.core.db import db
from app.core.text.plain import sort_key
from app.core.unit import unit
from app.events.models.meetings import Event
from app.events.models.registrations import EventRegistration, Registrant
from app.forum import conflicts
from app.forum.conflicts import Cell, Obstacle, ToPlace
from app.forum.models import Forum, ForumInterest, ForumRoom, ForumSlot, ForumTopic, ForumTopicHost
from app.forum.queries import board
from tests.forum.stored import forum_in, place_in, topic_in

START = datetime(2027, 2, 18, 14, tzinfo=UTC)
NAMES = ("", "Luz Libellule", "luz  libellule", "LUZ LIBELLULE", "Ana Sittelle")


@dataclass
class Person:
    """Somebody at the meeting: an account, a place, a typed name, or some of these."""

    user_id: int | None = None
    place_id: int | None = None
    name: str = ""
    wants: set[int] = field(default_factory=set)

    def is_same(self, other: "Person") -> bool:
        """Tell whether two who hold topics are one person, as far as anybody knows."""
        is_account = self.user_id is not None and self.user_id == other.user_id
        is_place = self.place_id is not None and self.place_id == other.place_id
        mine, theirs = " ".join(self.name.lower().split()), " ".join(other.name.lower().split())
        return is_account or is_place or bool(mine and mine == theirs)


@dataclass
class World:
    """A forum in memory: its rooms and hours, its topics and who holds each, who wants what."""

    event: Event
    forum: Forum
    rooms: list[ForumRoom]
    slots: list[ForumSlot]
    topics: list[ForumTopic]
    hosts: dict[int, list[Person]]
    people: list[Person]
    now: datetime


def imagine(chance: random.Random) -> World:
    event = Event(starts_at=START)
    forum = Forum(id=1, event=event)
    rooms = [
        ForumRoom(
            id=n + 1,
            position=n,
            name=f"Salle {n}",
            places=chance.choice((None, 3, 5, 8)),
            is_step_free=chance.random() < 0.5,
            is_noisy=chance.random() < 0.3,
            url=chance.choice(("", "", "https://salle.exemple.test")),
        )
        for n in range(chance.randint(1, 4))
    ]
    slots = [ForumSlot(id=n + 1, starts_after=60 * n, minutes=50) for n in range(chance.randint(1, 3))]
    cells = [(slot.id, room.id) for slot, room in product(slots, rooms)]
    chance.shuffle(cells)
    topics = []
    for n in range(chance.randint(1, len(cells) + 2)):
        slot_id, room_id = cells.pop() if cells and n and chance.random() < 0.7 else (None, None)
        topics.append(_pitch(chance, n + 1, slot_id, room_id))
    hosts = {
        topic.id: [
            Person(chance.choice((None, 1, 2, 3)), chance.choice((None, 11, 12, 13)), chance.choice(NAMES))
            for _n in range(chance.randint(1, 2))
        ]
        for topic in topics
    }
    for first, again in zip(topics, reversed(topics), strict=True):
        # Held again: another topic of the same people.
        if first is not again and chance.random() < 0.2:
            again.again_of_id, hosts[again.id] = first.id, hosts[first.id]
    people = [Person(wants={topic.id for topic in topics if chance.random() < 0.3}) for _n in range(8)]
    for topic in topics:
        topic.interest_count = sum(topic.id in person.wants for person in people)
    return World(event, forum, rooms, slots, topics, hosts, people, START + timedelta(minutes=chance.randint(-60, 200)))


def _pitch(chance, number, slot_id, room_id):
    wishes = {name: chance.random() < 0.3 for name in ("wants_step_free", "wants_online", "wants_quiet")}
    return ForumTopic(id=number, title=f"Sujet {number}", slot_id=slot_id, room_id=room_id, hands=number % 3, **wishes)


def recount(world, topic, slot, room):
    """Return what stands against a cell, found by asking each person and each topic in turn."""
    found = []
    beside = [one for one in world.topics if one.slot_id == slot.id and one is not topic]
    for one in beside:
        if any(mine.is_same(theirs) for mine in world.hosts[topic.id] for theirs in world.hosts[one.id]):
            found.append(("host", one.id, 0))
        both = [person for person in world.people if topic.id in person.wants and one.id in person.wants]
        if both:
            found.append(("shared", one.id, len(both)))
    facts = {
        "over": world.event.starts_at + timedelta(minutes=slot.starts_after + slot.minutes) <= world.now,
        "steps": topic.wants_step_free and not room.is_step_free and not room.url,
        "offline": topic.wants_online and not room.url,
        "noisy": topic.wants_quiet and room.is_noisy,
    }
    found += [(kind, 0, 0) for kind, is_so in facts.items() if is_so]
    crowd = sum(topic.id in person.wants for person in world.people) + topic.hands
    if room.places is not None and crowd > room.places:
        found.append(("small", 0, crowd - room.places))
    return sorted(found)


def ask(world, topic):
    """Return what the board knows of a topic that is to be placed in this world."""
    held = [one for one in world.topics if one.slot_id]
    hosts = {
        number: frozenset(identity for one in persons for identity in _identify(one))
        for number, persons in world.hosts.items()
    }
    shared = {one.id: sum({topic.id, one.id} <= person.wants for person in world.people) for one in held}
    return ToPlace(world.forum, topic, held, hosts, shared, world.now)


def _identify(person):
    known = (("user", person.user_id), ("place", person.place_id), ("name", sort_key(person.name)))
    return [(kind, value) for kind, value in known if value]


@pytest.mark.one_engine
@pytest.mark.parametrize("seed", range(300))
def test_what_stands_against_a_cell_equals_a_slow_recount(seed):
    world = imagine(random.Random(seed))
    for topic, slot, room in product(world.topics, world.slots, world.rooms):
        found = conflicts.list_obstacles(ask(world, topic), Cell(slot, room))
        told = sorted((one.kind, one.topic_id, one.count) for one in found)
        assert told == recount(world, topic, slot, room), (topic.title, slot.id, room.name)


@pytest.mark.one_engine
def test_the_worlds_hold_all_that_may_stand_against_a_cell():
    """What equals a recount in a world where it never happens proves nothing."""
    seen = Counter[str]()
    for seed in range(300):
        world = imagine(random.Random(seed))
        cells = {(one.slot_id, one.room_id) for one in world.topics if one.slot_id}
        seen["no free cell"] += len(cells) == len(world.rooms) * len(world.slots)
        for topic, slot, room in product(world.topics, world.slots, world.rooms):
            for kind, other_id, _count in recount(world, topic, slot, room):
                seen[kind] += 1
                if kind == "host":
                    seen.update(tell_same(world, topic, other_id))
            seen["online, and no step-free room"] += bool(topic.wants_step_free and room.url and not room.is_step_free)
            seen["just full"] += room.places == topic.people_count
    known = {"the same account", "the same place", "the same name", "held again"}
    assert {what for what, times in seen.items() if times > 9} == {
        *conflicts.KINDS,
        *known,
        "no free cell",
        "online, and no step-free room",
        "just full",
    }


def tell_same(world, topic, other_id):
    """Say by what alone two topics have one host, and whether one is the other held again."""
    other = next(one for one in world.topics if one.id == other_id)
    ways = {
        "the same account": [replace(one, place_id=None, name="") for one in world.hosts[topic.id]],
        "the same place": [replace(one, user_id=None, name="") for one in world.hosts[topic.id]],
        "the same name": [replace(one, user_id=None, place_id=None) for one in world.hosts[topic.id]],
    }
    found = [way for way, mine in ways.items() if any(a.is_same(b) for a in mine for b in world.hosts[other_id])]
    is_again = other.again_of_id == topic.id or topic.again_of_id == other.id
    return (found if len(found) == 1 else []) + ["held again"] * is_again


@pytest.mark.one_engine
@pytest.mark.parametrize("seed", range(300))
def test_no_free_cell_has_less_against_it_than_the_one_that_is_marked(seed):
    world = imagine(random.Random(seed))
    topic = world.topics[0]
    taken = {(one.slot_id, one.room_id) for one in world.topics}
    free = [Cell(slot, room) for slot, room in product(world.slots, world.rooms) if (slot.id, room.id) not in taken]
    to_place = ask(world, topic)
    best = conflicts.find_best([(cell, conflicts.list_obstacles(to_place, cell)) for cell in free])
    assert (best is None) == (not free)
    if best:
        losses = {(cell.slot.id, cell.room.id): lose(world, topic, cell) for cell in free}
        assert losses[best.slot.id, best.room.id] == min(losses.values())


def lose(world, topic, cell):
    """Return how many hard things stand against a cell, then how many people lose by it."""
    found = recount(world, topic, cell.slot, cell.room)
    hard = [one for one in found if one[0] in ("host", "steps", "offline", "noisy", "over")]
    return len(hard), sum(count for kind, _topic, count in found if kind in ("shared", "small"))


def test_of_two_cells_alike_the_earlier_then_the_one_just_large_enough():
    early, late = ForumSlot(id=1, starts_after=0, minutes=50), ForumSlot(id=2, starts_after=60, minutes=50)
    rooms = [ForumRoom(id=n, position=n, places=places, url="") for n, places in ((1, None), (2, 80), (3, 20))]
    cells = [(Cell(slot, room), list[Obstacle]()) for slot in (late, early) for room in rooms]
    assert conflicts.find_best(cells) == Cell(early, rooms[2])
    assert conflicts.find_best([]) is None


@pytest.mark.parametrize("seed", range(4))
def test_the_tables_are_asked_the_same(make, seed):
    """Who holds what, and who wants what, read from the tables equals what was written there."""
    chance, forum = random.Random(seed), forum_in(make)
    users = [make.user() for _n in range(3)]
    guests = [make.add(Registrant(event_id=forum.id, name=chance.choice(NAMES))) for _n in range(3)]
    places = [place_in(make, forum, user) for user in users]
    places += [place_in(make, forum, registrant_id=guest.id) for guest in guests]
    topics = [_store(make, forum, chance, users, places, n) for n in range(6)]
    with unit():
        for place, topic in product(places, topics):
            if chance.random() < 0.4:
                db.session.add(ForumInterest(registration_id=place.id, topic_id=topic.id))
            if chance.random() < 0.4:
                accepted = topic.created_at if chance.random() < 0.6 else None
                db.session.add(ForumTopicHost(topic_id=topic.id, registration_id=place.id, accepted_at=accepted))
    topics += [_hold_again(make, topic) for topic in topics[:2]]
    hosts = board.identify_hosts(topics)
    assert any(_is_guest(offer) for offer in db.session.query(ForumTopicHost)), "a guest holds one with its host"
    pressed = db.session.query(ForumInterest).all()
    for topic in topics:
        assert hosts[topic.id] == _recount_hosts(topic), topic.title
        shared = board.count_shared(topic.id, [one.id for one in topics])
        assert shared == _recount_shared(topic, topics, pressed)
    assert board.count_shared(topics[0].id, []) == {}


def _store(make, forum, chance, users, places, n):
    if n % 2:
        return topic_in(make, forum, title=f"Sujet {n}", host_name=chance.choice(NAMES))
    user = chance.choice(users)
    place = next(one for one in places if one.user_id == user.id) if chance.random() < 0.5 else None
    return topic_in(make, forum, title=f"Sujet {n}", author_id=user.id, registration_id=place.id if place else None)


def _hold_again(make, topic):
    """Hold a topic once more, as the board does: another topic of the same people, which nobody wants yet."""
    names = ("author_id", "registration_id", "host_name")
    copy = topic_in(
        make,
        db.session.get_one(Forum, topic.forum_id),
        title=topic.title,
        again_of_id=topic.id,
        **{n: getattr(topic, n) for n in names},
    )
    for offer in db.session.query(ForumTopicHost).filter_by(topic_id=topic.id).all():
        columns = {name: getattr(offer, name) for name in ("registration_id", "accepted_at")}
        make.add(ForumTopicHost(topic_id=copy.id, **columns))
    return copy


def _is_guest(offer):
    place = db.session.get(EventRegistration, offer.registration_id)
    return offer.accepted_at is not None and place.registrant_id is not None


def _recount_hosts(topic):
    found = set(_identify(Person(topic.author_id, topic.registration_id, topic.host_name)))
    for offer in db.session.query(ForumTopicHost).filter_by(topic_id=topic.id):
        if offer.accepted_at:
            place = db.session.get(EventRegistration, offer.registration_id)
            guest = db.session.get(Registrant, place.registrant_id) if place.registrant_id else None
            found.update(_identify(Person(place.user_id, place.id, guest.name if guest else "")))
    return found


def _recount_shared(topic, topics, pressed):
    mine = {one.registration_id for one in pressed if one.topic_id == topic.id}
    others = {
        other.id: sum(one.topic_id == other.id and one.registration_id in mine for one in pressed)
        for other in topics
        if other is not topic
    }
    return {number: count for number, count in others.items() if count}
