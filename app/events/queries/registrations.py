"""Who comes to a meeting: one registration, and the list of those who wait."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from app.accounts.models.people import User
from app.core import clock, dialect
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.events.models.meetings import Event
from app.events.models.registrations import (
    CONFIRM,
    IN,
    UNCONFIRMED,
    WAITING,
    EventMail,
    EventRegistration,
    Registrant,
)
from app.events.places import Party


def is_coming() -> ColumnElement[bool]:
    """Match who has a place, and who waits for one."""
    return EventRegistration.state.in_((IN, WAITING))


def get_registration(event_id: int, registration_id: int, code: str) -> EventRegistration:
    """Return the registration that a signed key names, with its meeting and its person. Raise NotFound."""
    found = find_by_key(registration_id, code)
    if found is None or found.event_id != event_id:
        raise NotFound()
    return found


def find_by_key(registration_id: int, code: str) -> EventRegistration | None:
    """Return the registration that a signed key names; None once it is erased.

    The code is part of the key: another registration that has the number of one that was erased is not found.
    """
    query = _select_whole().where(EventRegistration.id == registration_id, EventRegistration.code == code)
    found: EventRegistration | None = db.session.scalar(query)
    return found


def find_by_code(event_id: int, code: str) -> EventRegistration | None:
    """Return the registration of a code, of somebody who has a place at a meeting or waits for one."""
    return _find(event_id, EventRegistration.code == code, is_coming())


def find_registration(registration_id: int) -> EventRegistration | None:
    """Return a registration by its number, with its meeting and its person."""
    found: EventRegistration | None = db.session.scalar(_select_whole().where(EventRegistration.id == registration_id))
    return found


def list_at_address(email: str) -> list[EventRegistration]:
    """Return what waits at an address for a press of its own, at meetings to come."""
    owed = exists().where(
        EventMail.registration_id == EventRegistration.id,
        EventMail.kind == CONFIRM,
        EventMail.written_at.is_(None),
    )
    waits = or_(EventRegistration.state == UNCONFIRMED, and_(is_coming(), owed))
    is_theirs = or_(Registrant.email == email, User.email == email)
    query = _select_whole().outerjoin(User, User.id == EventRegistration.user_id).join(EventRegistration.event)
    query = query.where(is_theirs, waits, Event.ends_at > clock.now()).order_by(EventRegistration.id)
    return list(db.session.scalars(query))


def find_own(actor: Actor, event_id: int) -> tuple[EventRegistration | None, int]:
    """Return the registration of a member who has a place or waits for one, and how many people wait before them."""
    if not actor.is_someone:
        return None, 0
    mine = (EventRegistration.event_id == event_id, EventRegistration.user_id == actor.id)
    row = db.session.execute(select(EventRegistration, _select_before()).where(*mine, is_coming())).one_or_none()
    return row._tuple() if row else (None, 0)


def find_of_user(event_id: int, user_id: int) -> EventRegistration | None:
    """Return the registration of an account, whatever its state."""
    return _find(event_id, EventRegistration.user_id == user_id)


def find_of_guest(event_id: int, email: str) -> EventRegistration | None:
    """Return the registration of a guest by their address, whatever its state."""
    return _find(event_id, Registrant.email == email)


def find_of_account(event_id: int, user_id: int) -> tuple[EventRegistration | None, EventRegistration | None]:
    """Return the registration of an account, and that of its confirmed address as a guest, whatever their state."""
    is_theirs = or_(EventRegistration.user_id == user_id, Registrant.email == _select_address(user_id))
    query = _select_whole().where(EventRegistration.event_id == event_id, is_theirs)
    found = {one.user_id is not None: one for one in db.session.scalars(query)}
    return found.get(True), found.get(False)


def holds_another(registration: EventRegistration) -> bool:
    """Tell whether the address of a registration holds another place at its meeting: as a guest, or as a member."""
    guest = aliased(Registrant)
    address = select(guest.email).where(guest.id == registration.registrant_id).scalar_subquery()
    accounts = select(User.id).where(User.email == address, User.confirmed_at.is_not(None))
    is_theirs = (
        Registrant.email == _select_address(registration.user_id)
        if registration.user_id
        else EventRegistration.user_id.in_(accounts)
    )
    return _find(registration.event_id, is_coming(), is_theirs) is not None


def _select_address(user_id: int) -> Any:
    """Select the address of an account, once it is confirmed."""
    return select(User.email).where(User.id == user_id, User.confirmed_at.is_not(None)).scalar_subquery()


def _find(event_id: int, *which: ColumnElement[bool]) -> EventRegistration | None:
    found: EventRegistration | None = db.session.scalar(
        _select_whole().where(EventRegistration.event_id == event_id, *which)
    )
    return found


def _select_whole() -> Select[Any]:
    person = (joinedload(EventRegistration.registrant), joinedload(EventRegistration.user))
    query = select(EventRegistration).outerjoin(Registrant, Registrant.id == EventRegistration.registrant_id)
    # What a command left of its rows is not loaded any more.
    return query.options(joinedload(EventRegistration.event), *person).execution_options(populate_existing=True)


def lock_event(event_id: int) -> Event | None:
    """Return a meeting read anew and locked, inside a command that was not given it."""
    query = dialect.lock(select(Event).where(Event.id == event_id)).execution_options(populate_existing=True)
    found: Event | None = db.session.scalar(query)
    return found


def lock_meetings(user_id: int) -> list[Event]:
    """Return the meetings to come of an account, read anew and locked."""
    theirs = select(EventRegistration.event_id).where(EventRegistration.user_id == user_id)
    query = select(Event).where(Event.id.in_(theirs), Event.ends_at > clock.now()).order_by(Event.id)
    return list(db.session.scalars(dialect.lock(query).execution_options(populate_existing=True)))


def list_waiting(event_id: int, mode: str) -> list[Party]:
    """Return who waits for a place, in the order in which they came."""
    query = select(EventRegistration.id, EventRegistration.party).where(*is_waiting(event_id, mode))
    return [Party(*row) for row in db.session.execute(query.order_by(EventRegistration.rank))]


def is_waiting(event_id: int, mode: str) -> tuple[ColumnElement[bool], ...]:
    """Match who waits for a place."""
    here = EventRegistration.event_id == event_id
    return here, EventRegistration.state == WAITING, EventRegistration.mode == mode


def count_before(registration: EventRegistration) -> int:
    """Count the people who wait for the same places as a registration, and came before it."""
    return db.session.scalar(select(_select_before()).where(EventRegistration.id == registration.id)) or 0


def _select_before() -> ColumnElement[int]:
    """Count people, as `Event.waiting_…` does, with the whole of each party."""
    other, same = aliased(EventRegistration), EventRegistration
    waits = (other.event_id == same.event_id, other.state == WAITING, other.mode == same.mode)
    people = func.coalesce(func.sum(other.party), 0)
    return select(people).where(*waits, other.rank < same.rank).correlate(same).scalar_subquery()


def has_code(event_id: int, code: str) -> bool:
    query = select(EventRegistration.id).where(EventRegistration.event_id == event_id, EventRegistration.code == code)
    return db.session.scalar(query) is not None
