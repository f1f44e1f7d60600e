"""What stands against holding a topic in a room at an hour, and the cell that has least against it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.forum.models import Forum, ForumRoom, ForumSlot, ForumTopic

HOST, STEPS, OFFLINE, NOISY, OVER, SHARED, SMALL = KINDS = (
    "host",
    "steps",
    "offline",
    "noisy",
    "over",
    "shared",
    "small",
)
# What a person can't do anything about once they are there; the others mean that some have to choose, or to stand.
HARD = frozenset((HOST, STEPS, OFFLINE, NOISY, OVER))
Identity = tuple[str, int | str]
"""One of the ways in which a person who holds a topic is known: ("user", 3), ("place", 12), ("name", "luz")."""


@dataclass(frozen=True)
class Obstacle:
    """One thing that stands against a cell.

    `topic_id` is the other topic of that hour (a host's, or one that people want too), `count` how many people want
    both, or have no seat.
    """

    kind: str
    topic_id: int = 0
    count: int = 0

    @property
    def is_hard(self) -> bool:
        return self.kind in HARD


@dataclass(frozen=True)
class Cell:
    """A room at an hour."""

    slot: ForumSlot
    room: ForumRoom


@dataclass(frozen=True)
class ToPlace:
    """A topic to place, and what has to be known of the others.

    `held` are the topics that have a cell; `hosts` maps each topic to who holds it, `shared` each to how many people
    want it and this one.
    """

    forum: Forum
    topic: ForumTopic
    held: Collection[ForumTopic]
    hosts: Mapping[int, frozenset[Identity]]
    shared: Mapping[int, int]
    now: datetime


def list_obstacles(to_place: ToPlace, cell: Cell) -> list[Obstacle]:
    """Return what stands against a cell, the hardest first."""
    return [*_ask_people(to_place, cell.slot), *_ask_room(to_place.topic, cell.room), *_ask_interest(to_place, cell)]


def _ask_people(to_place: ToPlace, slot: ForumSlot) -> list[Obstacle]:
    """Return the topics of that hour whose host is the same person; an hour that is over."""
    topic, nobody = to_place.topic, frozenset[Identity]()
    mine = to_place.hosts.get(topic.id, nobody)
    found = [
        Obstacle(HOST, one.id) for one in _list_beside(to_place, slot) if mine & to_place.hosts.get(one.id, nobody)
    ]
    is_over = slot.ends_at(to_place.forum.event) <= to_place.now
    return [*found, Obstacle(OVER)] if is_over else found


def _ask_room(topic: ForumTopic, room: ForumRoom) -> list[Obstacle]:
    """Return what was asked of the room and is not there. Nobody climbs a step to a room online."""
    lacks = (
        (STEPS, topic.wants_step_free and not (room.is_step_free or room.url)),
        (OFFLINE, topic.wants_online and not room.url),
        (NOISY, topic.wants_quiet and room.is_noisy),
    )
    return [Obstacle(kind) for kind, is_lacking in lacks if is_lacking]


def _ask_interest(to_place: ToPlace, cell: Cell) -> list[Obstacle]:
    """Return the topics of that hour that people want too, the most wanted first, then how many have no seat."""
    both = [(one, to_place.shared.get(one.id, 0)) for one in _list_beside(to_place, cell.slot)]
    found = [Obstacle(SHARED, one.id, count) for one, count in both if count]
    found.sort(key=lambda obstacle: -obstacle.count)
    missing = to_place.topic.people_count - cell.room.places if cell.room.places else 0
    return [*found, Obstacle(SMALL, count=missing)] if missing > 0 else found


def _list_beside(to_place: ToPlace, slot: ForumSlot) -> list[ForumTopic]:
    """Return the other topics of an hour: where the topic stands now is not against it."""
    return [one for one in to_place.held if one.slot_id == slot.id and one.id != to_place.topic.id]


def find_best(against: Sequence[tuple[Cell, Sequence[Obstacle]]]) -> Cell | None:
    """Return the cell with least against it: fewest hard things, then fewest people who lose by it.

    Of two alike, the earlier hour, then the room that is just large enough, then the first of the list.
    """
    found = min(against, key=lambda pair: _weigh(*pair), default=None)
    return found[0] if found else None


def _weigh(cell: Cell, obstacles: Sequence[Obstacle]) -> tuple[int, int, int, float, int]:
    hard = sum(one.is_hard for one in obstacles)
    people = sum(one.count for one in obstacles)
    return hard, people, cell.slot.starts_after, cell.room.places or float("inf"), cell.room.position
