"""How long a meeting keeps what people said to come: figures stay; names of guests, needs and municipalities do not.

What a member did stays theirs as long as their account: at which meetings they had a place, and whether they came.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update

from app.accounts.models.people import User
from app.core import clock, dead_addresses, dialect
from app.core.db import db, run
from app.core.mail import Outgoing, is_waiting
from app.core.signals import tell
from app.core.unit import command
from app.events import codes, mails
from app.events.models.meetings import Event
from app.events.models.registrations import (
    CANCELLED,
    CONFIRM,
    UNCONFIRMED,
    EventMail,
    EventRegistration,
    Registrant,
)
from app.events.queries import attendance, registrations
from app.events.signals import GuestsForgotten, PlacesForgotten

UNCONFIRMED_FOR, NEEDS_FOR, GUESTS_FOR = timedelta(hours=48), timedelta(days=7), timedelta(days=90)
# Municipalities, and which letters were written, of members too.
DETAILS_FOR = GUESTS_FOR
# What is left of what somebody needed.
NOTHING: dict[str, Any] = {"needs": "", "meal": "", "answers": {}}
# How late the worker may be before `check` says so, and how many rows it takes at once.
PATIENCE, AT_ONCE = timedelta(days=1), 500


def get_guest_end(ends_at: datetime) -> datetime:
    """Return when the names and addresses of the guests of a meeting are erased."""
    return ends_at + GUESTS_FOR


def purge() -> None:
    """Forget what nobody confirmed, what was needed at a meeting that is over, who came as a guest, and from where."""
    while _forget_unconfirmed():
        pass
    _forget_needs()
    _forget_guests()
    _forget_details()


@command
def _forget_unconfirmed() -> bool:
    """Erase some registrations that nobody confirmed in time, with their letters; tell whether there were any."""
    query = select(EventRegistration.id, EventRegistration.registrant_id).where(*_unconfirmed_since(UNCONFIRMED_FOR))
    # Locked: who confirms at this very moment keeps their place, or finds that it is too late.
    found = db.session.execute(dialect.lock(query.limit(AT_ONCE))).all()
    delete_registrations(found)
    return bool(found)


def delete_registrations(found: Sequence[Any]) -> None:
    """Erase registrations that no figure counts, with their letters and their guests."""
    ids, guests = [row.id for row in found], [row.registrant_id for row in found if row.registrant_id]
    tell(PlacesForgotten(tuple(ids)))
    _forget_letters(ids)
    _forget_addresses(guests)
    run(delete(EventRegistration).where(EventRegistration.id.in_(ids)))
    run(delete(Registrant).where(Registrant.id.in_(guests)))


@command
def _forget_needs() -> None:
    run(update(EventRegistration).where(*_needs_since(NEEDS_FOR)).values(**NOTHING))


@command
def _forget_guests() -> None:
    empty_guests(db.session.scalars(_guests_since(GUESTS_FOR).limit(AT_ONCE)).all())


def empty_meeting(event_id: int) -> None:
    """Empty the rows of all guests of a meeting that is deleted, inside that command."""
    guests = db.session.scalars(select(Registrant.id).where(Registrant.event_id == event_id, _is_named())).all()
    for numbers in mails.in_parts(guests):
        empty_guests(numbers)


def empty_guests(guests: Sequence[int]) -> None:
    """Empty the rows of guests: how many they were stays; their letters go, and the key of their page opens nothing."""
    found = db.session.scalars(select(EventRegistration).where(EventRegistration.registrant_id.in_(guests))).all()
    ids = [registration.id for registration in found]
    tell(GuestsForgotten(tuple(ids)))
    _forget_letters(ids)
    _forget_addresses(guests)
    for registration in found:
        registration.code = codes.new_code(registration.event_id)
        registration.needs, registration.meal, registration.answers = "", "", {}
    empty = {"name": "", "email": None, "lang": "fr", "consented_at": None}
    run(update(Registrant).where(Registrant.id.in_(guests)).values(**empty))


@command
def _forget_details() -> None:
    """Keep from where people came as numbers of the meeting alone, and of no registration; nor which letters it had."""
    ids = select(EventRegistration.event_id).where(*_located_since(DETAILS_FOR))
    for event in db.session.scalars(select(Event).where(Event.id.in_(ids)).limit(AT_ONCE)):
        event.origins = attendance.write_origins(attendance.get_attendance(event).places)
        run(update(EventRegistration).where(EventRegistration.event_id == event.id).values(territory_id=None))
    run(delete(EventMail).where(EventMail.registration_id.in_(_told_since(DETAILS_FOR))))


def _forget_letters(ids: Sequence[int]) -> None:
    names = [mails.name_registration(number) for number in ids]
    # A mail that the worker is writing is waited for: its letter is there then, and goes with the others.
    run(delete(EventMail).where(EventMail.registration_id.in_(ids)))
    run(delete(Outgoing).where(Outgoing.about.in_(names)))
    _forget_letters_of_several(ids)


def _forget_letters_of_several(ids: Sequence[int]) -> None:
    """Erase what tells addresses of all that waits there; what waits there still is told anew."""
    addresses = select(func.coalesce(Registrant.email, User.email)).select_from(EventRegistration)
    addresses = addresses.outerjoin(Registrant, Registrant.id == EventRegistration.registrant_id)
    addresses = addresses.outerjoin(User, User.id == EventRegistration.user_id).where(EventRegistration.id.in_(ids))
    letters = (Outgoing.about == mails.SEVERAL, Outgoing.recipient.in_(addresses))
    emails = db.session.scalars(select(Outgoing.recipient).where(*letters, is_waiting()).distinct()).all()
    run(delete(Outgoing).where(*letters).execution_options(synchronize_session=False))
    for email in emails:
        for left in registrations.list_at_address(email):
            if left.id not in ids:
                mails.ask(left.event, CONFIRM, EventRegistration.id == left.id)


def _forget_addresses(guests: Sequence[int]) -> None:
    """Forget of the addresses of guests that they do not exist."""
    query = select(Registrant.email).where(Registrant.id.in_(guests), Registrant.email.is_not(None))
    dead_addresses.revive(*(email or "" for email in db.session.scalars(query)))


def _unconfirmed_since(age: timedelta) -> tuple[ColumnElement[bool], ...]:
    """Match what nobody confirmed in time, and what they refused to confirm."""
    is_open = EventRegistration.state == UNCONFIRMED
    is_refused = and_(EventRegistration.state == CANCELLED, EventRegistration.confirmed_at.is_(None))
    return (or_(is_open, is_refused), EventRegistration.created_at < clock.now() - age)


def _needs_since(age: timedelta) -> tuple[ColumnElement[bool], ...]:
    has_answers = dialect.as_text(EventRegistration.answers) != "{}"
    is_said = or_(EventRegistration.needs != "", EventRegistration.meal != "", has_answers)
    return (EventRegistration.event_id.in_(_over_since(age)), is_said)


def _guests_since(age: timedelta) -> Any:
    return select(Registrant.id).where(Registrant.event_id.in_(_over_since(age)), _is_named())


def _is_named() -> ColumnElement[bool]:
    return or_(Registrant.name != "", Registrant.email.is_not(None))


def _located_since(age: timedelta) -> tuple[ColumnElement[bool], ...]:
    return (EventRegistration.event_id.in_(_over_since(age)), EventRegistration.territory_id.is_not(None))


def _told_since(age: timedelta) -> Any:
    """Select the registrations at meetings that have been over for a time of which letters are noted still."""
    return select(EventRegistration.id).where(EventRegistration.event_id.in_(_over_since(age)))


def _over_since(age: timedelta) -> Any:
    """Select the meetings that have been over for a time; one that is deleted is over."""
    moment = clock.now() - age
    return select(Event.id).where(or_(Event.ends_at < moment, Event.deleted_at < moment))


def count_overdue() -> int:
    """Count what should have been forgotten a day ago: `check` says so."""
    unconfirmed = select(func.count()).where(*_unconfirmed_since(UNCONFIRMED_FOR + PATIENCE))
    needs = select(func.count()).where(*_needs_since(NEEDS_FOR + PATIENCE))
    guests = select(func.count()).select_from(_guests_since(GUESTS_FOR + PATIENCE).subquery())
    located = select(func.count()).where(*_located_since(DETAILS_FOR + PATIENCE))
    told = select(func.count()).where(EventMail.registration_id.in_(_told_since(DETAILS_FOR + PATIENCE)))
    return sum(db.session.scalar(query) or 0 for query in (unconfirmed, needs, guests, located, told))
