"""The door of a meeting: who arrives, who comes unannounced, and the line that says who read their names.

A press has a key of the browser that sends it, so that what waited for a network and is sent again counts once.
"""

import secrets
from datetime import datetime, timedelta

from app.accounts.models.accesses import Access
from app.core import clock, dialect
from app.core.actor import Actor
from app.core.db import db
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command
from app.events import codes, policy, seating
from app.events.models.meetings import Event
from app.events.models.registrations import CANCELLED, IN, WAITING, EventRegistration, Registrant
from app.events.queries import door
from app.events.service import registrations
from app.events.signals import Arrived

# For how long a press may have waited in a browser.
LONGEST = timedelta(days=1)
# What a line says that somebody read: names and needs at the door, or the list of people in a file.
PEOPLE, PEOPLE_FILE = "people", "people_file"


@command
def arrive(actor: Actor, registration: EventRegistration, *, key: str = "", waited: int = 0) -> None:
    """Note that somebody arrived, `waited` seconds ago; who is in already stays so, as does what was undone since.

    Whoever waited for a place has one, since they are there; so has who came unannounced, once it was undone.
    """
    require(actor, policy.KEEP_DOOR, registration.event)
    if registration.arrived_at or (key and registration.arrival_key == key):
        return
    registration.arrived_at, registration.arrived_by = _press_time(waited), actor.own_id
    _let_in(registration, key)


@command
def arrive_by_oneself(registration: EventRegistration) -> None:
    """Note that somebody arrived who showed that they are in the room; whoever calls this asked how."""
    if registration.is_coming and not registration.arrived_at:
        registration.arrived_at = clock.now()
        _let_in(registration)


def _let_in(registration: EventRegistration, key: str = "") -> None:
    """Give a place to somebody who has just arrived, if they have none."""
    registration.arrival_key = key or secrets.token_urlsafe(8)
    registration.state_before = None if registration.state == IN else registration.state
    if registration.state != IN:
        seating.leave(registration.event, registration)
        seating.let_in(registration.event, registration)
        registration.cancelled_at = None
    tell(Arrived(registration.id))


@command
def withdraw(actor: Actor, registration: EventRegistration, *, key: str) -> None:
    """Undo the arrival of a press, and no later one: who waited waits again, at the rank that they had.

    Whoever came unannounced is not there any more, nor is who had given their place back.
    """
    require(actor, policy.KEEP_DOOR, registration.event)
    if registration.arrival_key != key or not registration.arrived_at:
        return
    registration.arrived_at = registration.arrived_by = None
    if registration.state == IN:
        _undo_place(registration)


def _undo_place(registration: EventRegistration) -> None:
    """Take back the place that the press gave; where places have no limit any more, nobody waits."""
    event = registration.event
    if registration.is_walk_in or registration.state_before == CANCELLED:
        registrations.drop(event, registration)
    elif registration.state_before == WAITING and seating.count_free(event, registration.mode) is not None:
        with seating.settling(event):
            seating.leave(event, registration)
            seating.wait(event, registration)


@command
def welcome(actor: Actor, event: Event, *, key: str, name: str = "", waited: int = 0) -> EventRegistration:
    """Let in somebody who did not register, by their name or as one person more; a press sent again is the same."""
    require(actor, policy.KEEP_DOOR, event)
    came = door.find_walk_in(event.id, key) or add_walk_in(event, key=key, name=name)
    if not came.arrived_at and came.state == IN:
        came.arrived_at, came.arrived_by = _press_time(waited), actor.own_id
    return came


def add_walk_in(event: Event, *, key: str, name: str, lang: str = "fr") -> EventRegistration:
    """Give a place to somebody who did not register, inside a command; the door has not seen them yet."""
    now = clock.now()
    person = Registrant(event_id=event.id, name=name, lang=lang, confirmed_at=now)
    db.session.add(person)
    db.session.flush()
    event.last_rank += 1
    came = EventRegistration(
        event_id=event.id,
        registrant_id=person.id,
        mode=seating.IN_PERSON,
        party=1,
        code=codes.new_code(event.id),
        rank=event.last_rank,
        confirmed_at=now,
        arrival_key=key,
        is_walk_in=True,
    )
    seating.let_in(event, came)
    db.session.add(came)
    db.session.flush()
    return came


def _press_time(waited: int) -> datetime:
    return clock.now() - min(timedelta(seconds=max(waited, 0)), LONGEST)


def note_reading(actor: Actor, event: Event) -> None:
    """Write down that somebody reads who comes to a meeting, once a day; each person on the list is told."""
    require(actor, policy.READ_DOOR | policy.READ_PEOPLE, event)
    if not door.has_read_today(actor, event.id, PEOPLE):
        _note(actor, event, PEOPLE)


@command
def note_file(actor: Actor, event: Event) -> None:
    """Write down who takes away the list of those who come, once a day."""
    require(actor, policy.READ_PEOPLE, event)
    _note(actor, event, PEOPLE_FILE)


@command
def _note(actor: Actor, event: Event, what: str) -> None:
    dialect.take_turn(f"reading:{event.id}:{actor.own_id}")
    if not door.has_read_today(actor, event.id, what):
        db.session.add(Access(by_id=actor.own_id, user_id=actor.own_id, what=what, event_id=event.id))
