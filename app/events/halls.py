"""The hall: the network that the people of a meeting share is known for the time that they are in it.

A network is known by the hash under which `attempts` count it. Whoever keeps the door says it, and undoes it.
"""

import time
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, delete, select, true
from sqlalchemy.exc import SQLAlchemyError

from app.accounts import limits
from app.accounts.models.people import User
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, run
from app.core.errors import N_, Conflict
from app.core.permits import require
from app.core.unit import command
from app.events import policy
from app.events.models.meetings import CANCELLED, Event
from app.events.models.running import EventHall

# From how long before its meeting until how long after it a hall may be said, and for how long at the most.
BEFORE, AFTER, LONGEST = timedelta(hours=12), timedelta(hours=2), timedelta(days=1)
# In seconds: how long a process believes what it read.
LOOK = 5.0
# How many places a hall has whose meeting says no number, and how many count at the most.
UNSAID, MOST_PLACES = 100, 2_000
# How many networks a hall has: two of the building, in IPv4 and in IPv6, and another.
MOST_NETWORKS = 5
TOO_EARLY = N_("La salle se déclare à partir de 12 heures avant la rencontre. Revenez le jour venu.")
TOO_MANY = N_("Cinq réseaux sont déjà déclarés pour cette salle. Retirez-les d'abord, puis déclarez le vôtre.")
TOO_LATE = N_("La rencontre est finie depuis plus de 2 heures : il n'y a plus de salle à déclarer.")


@command
def declare(actor: Actor, event: Event, network: str) -> None:
    """Say that the network of a key is that of the hall; a second press changes nothing. Raise Conflict."""
    require(actor, policy.KEEP_DOOR, event)
    now = clock.now()
    if now < event.starts_at - BEFORE:
        raise Conflict(TOO_EARLY)
    if now >= event.ends_at + AFTER:
        raise Conflict(TOO_LATE)
    if not is_hall(event.id, network):
        if len(list_halls(event.id, network)) >= MOST_NETWORKS:
            raise Conflict(TOO_MANY)
        until = min(event.ends_at + AFTER, now + LONGEST)
        digest = limits.hash_key(network)
        db.session.add(EventHall(event_id=event.id, network_hash=digest, by_id=actor.own_id, at=now, until=until))


@command
def withdraw(actor: Actor, event: Event) -> None:
    """Say that there is no hall any more: each network of this meeting is one like any other."""
    require(actor, policy.KEEP_DOOR, event)
    run(delete(EventHall).where(EventHall.event_id == event.id))


def withdraw_of(user_id: int, event_id: int | None = None) -> None:
    """End the halls that somebody said who has the charge no more, inside that command; without a meeting, all."""
    here = true() if event_id is None else EventHall.event_id == event_id
    run(delete(EventHall).where(EventHall.by_id == user_id, here))


@command
def purge() -> None:
    """Forget the networks of halls that are over."""
    run(delete(EventHall).where(EventHall.until <= clock.now()))


def is_hall(event_id: int, network: str) -> bool:
    """Tell whether this network is, now, a hall of the meeting."""
    mine = EventHall.network_hash.in_(limits.list_hashes(network))
    found = select(EventHall.id).join(Event, _OF).where(EventHall.event_id == event_id, mine, *_holds())
    return db.session.scalar(found.limit(1)) is not None


_OF = Event.id == EventHall.event_id


def _holds() -> tuple[ColumnElement[bool], ...]:
    """Match, where the meeting is joined, the halls that hold: one that was moved to another day has none today."""
    now = clock.now()
    is_near = (Event.starts_at <= now + BEFORE, Event.ends_at > now - AFTER)
    return (EventHall.until > now, *is_near, Event.status != CANCELLED, Event.in_sight())


@dataclass(frozen=True)
class Hall:
    """A network is a hall until a moment, as somebody said; `is_here`: it is that of the request."""

    at: datetime
    until: datetime
    by: str
    is_here: bool


def list_halls(event_id: int, network: str) -> list[Hall]:
    """Return the halls of a meeting that hold now, the first one first; `network` is the one that asks."""
    query = select(EventHall, User.name).join(User, User.id == EventHall.by_id).join(Event, _OF)
    query = query.where(EventHall.event_id == event_id, *_holds())
    here = limits.list_hashes(network)
    found = db.session.execute(query.order_by(EventHall.at, EventHall.id)).tuples()
    return [Hall(hall.at, hall.until, name, hall.network_hash in here) for hall, name in found]


# What is known of a hall: until when, for how many places.
_Known = tuple[datetime, int]


def _select_halls() -> Select[tuple[str, datetime, int | None, int]]:
    return (
        select(EventHall.network_hash, EventHall.until, Event.capacity_in_person, Event.taken_in_person)
        .join(Event, _OF)
        .where(*_holds())
    )


class KnownHalls:
    """What a process knows of halls; it is read again by the first who asks `LOOK` seconds after, and by nobody else.

    A database that is away, or of another schema, changes nothing of what is known.
    """

    def __init__(self) -> None:
        self._engine = db.engine
        self._halls: dict[str, _Known] = {}
        self._read_at = float("-inf")

    @property
    def is_old(self) -> bool:
        return time.monotonic() - self._read_at > LOOK

    def learn(self) -> None:
        """Read the halls, if what is known is old."""
        if self.is_old:
            self._read_at = time.monotonic()
            with suppress(SQLAlchemyError), self._engine.connect() as connection:
                self._halls = _gather(connection.execute(_select_halls()).tuples().all())

    def find_places(self, hashes: Collection[str]) -> int:
        """Return for how many places the network of these hashes is a hall now; 0: it is none. It reads nothing."""
        now = clock.now()
        known = [self._halls[digest] for digest in hashes if digest in self._halls]
        return max((places for until, places in known if until > now), default=0)

    def forget(self) -> None:
        """Read again at the next question: a hall was said or withdrawn here."""
        self._read_at = float("-inf")


def _gather(rows: Sequence[tuple[str, datetime, int | None, int]]) -> dict[str, _Known]:
    """Map each network to its hall, to the one with the most places where two meetings share it."""
    halls = [
        (min(max(capacity or UNSAID, taken), MOST_PLACES), until, digest) for digest, until, capacity, taken in rows
    ]
    return {digest: (until, places) for places, until, digest in sorted(halls)}
