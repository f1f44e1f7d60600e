"""Who is expected at a meeting and who arrived, as its door reads it; and who read that."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, select
from sqlalchemy.orm import aliased, joinedload

from app.accounts.models.accesses import Access
from app.accounts.models.people import User
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.permits import Permission
from app.core.text.plain import sort_key
from app.events.models.meetings import Event
from app.events.models.registrations import UNCONFIRMED, EventRegistration, Registrant
from app.events.queries.reading import get_event, readable_by
from app.events.queries.registrations import is_coming


@dataclass(frozen=True)
class Guest:
    """Somebody who comes, with their party, as the door knows them; `name` is empty for one person more.

    `by` is who pressed their arrival, None where they showed by themselves that they are there.
    """

    id: int
    name: str
    code: str
    state: str
    mode: str
    party: int
    meal: str
    needs: str
    is_walk_in: bool
    arrived_at: datetime | None
    arrival_key: str | None
    by: str | None

    @property
    def others(self) -> int:
        """Count those who come with them."""
        return self.party - 1

    @property
    def words(self) -> str:
        """Return what they are found by: the words of their name, folded, and their code."""
        return f"{sort_key(self.name)} {self.code.casefold()}".strip()

    def is_found(self, typed: str) -> bool:
        """Tell whether each word that was typed begins one of theirs."""
        words, starts = self.words.split(), filter(str.isalnum, sort_key(typed).split())
        return all(any(word.startswith(start) for word in words) for start in starts)


@dataclass(frozen=True)
class Crowd:
    """How many people arrived, how many of those who have a place are expected still, how many came unannounced."""

    arrived: int
    expected: int
    unannounced: int


def list_guests(event_id: int) -> list[Guest]:
    """Return who has a place and who waits for one, by their names; those without a name come last."""
    return _sort(_list_guests(event_id, is_coming()))


def list_named_guests(event_id: int) -> list[Guest]:
    """Return those without an account who gave a name, by their names: those who come no more, too."""
    is_named = and_(Registrant.name != "", EventRegistration.state != UNCONFIRMED)
    return _sort(_list_guests(event_id, is_named))


def _sort(guests: Iterable[Guest]) -> list[Guest]:
    return sorted(guests, key=lambda guest: (not guest.name, sort_key(guest.name), guest.id))


def get_guest(registration_id: int, event_id: int) -> Guest:
    return next(guest for guest in _list_guests(event_id, EventRegistration.id == registration_id))


def _list_guests(event_id: int, which: ColumnElement[bool]) -> Iterable[Guest]:
    keeper, own = aliased(User), EventRegistration
    name = case((User.closed_at.is_not(None), ""), else_=func.coalesce(User.name, Registrant.name))
    columns = (own.id, name, own.code, own.state, own.mode, own.party, own.meal, own.needs, own.is_walk_in)
    query = (
        select(*columns, own.arrived_at, own.arrival_key, keeper.name)
        .outerjoin(User, User.id == own.user_id)
        .outerjoin(Registrant, Registrant.id == own.registrant_id)
        .outerjoin(keeper, keeper.id == own.arrived_by)
        .where(own.event_id == event_id, which)
    )
    return [Guest(*row) for row in db.session.execute(query).tuples()]


def count_crowd(guests: Iterable[Guest]) -> Crowd:
    """Count people, each party whole."""
    arrived = [guest for guest in guests if guest.arrived_at]
    expected = [one for one in guests if not one.arrived_at and (one.state, one.mode) == ("in", "in_person")]
    unannounced = [guest for guest in arrived if guest.is_walk_in]
    return Crowd(*(sum(guest.party for guest in some) for some in (arrived, expected, unannounced)))


def get_registration(actor: Actor, event_id: int, registration_id: int, permission: Permission) -> EventRegistration:
    """Return a registration at a meeting of which the actor has the permission. Raise NotFound."""
    event = get_event(actor, event_id, permission)
    query = (
        select(EventRegistration)
        .where(EventRegistration.id == registration_id)
        .options(joinedload(EventRegistration.event))
    )
    found: EventRegistration | None = db.session.scalar(query)
    if found is None or found.event_id != event.id or not (found.is_coming or found.is_walk_in):
        raise NotFound()
    return found


def find_walk_in(event_id: int, key: str) -> EventRegistration | None:
    """Return who was let in unannounced by the press of a key."""
    mine = (EventRegistration.event_id == event_id, EventRegistration.is_walk_in, EventRegistration.arrival_key == key)
    found: EventRegistration | None = db.session.scalar(select(EventRegistration).where(*mine))
    return found


def has_read_today(actor: Actor, event_id: int, what: str) -> bool:
    """Tell whether this reading of the day, in the region, was written down."""
    began = datetime.combine(clock.today(), time(), clock.ZONE)
    mine = (Access.by_id == actor.own_id, Access.event_id == event_id, Access.what == what, Access.at >= began)
    return bool(db.session.scalar(select(exists().where(*mine))))


def name_joined(actor: Actor) -> dict[int, str]:
    """Map the meetings whose list a person is on to their titles: who reads one is told to them.

    The title is empty where they may not read it any more.
    """
    title = case((readable_by(actor), Event.title), else_="")
    query = select(Event.id, title).join(EventRegistration, EventRegistration.event_id == Event.id)
    return dict(db.session.execute(query.where(EventRegistration.user_id == actor.id, is_coming())).tuples().all())


def list_answers(event_id: int) -> dict[int, dict[str, Any]]:
    """Map the registrations at a meeting to what each answered to the questions of its team."""
    query = select(EventRegistration.id, EventRegistration.answers).where(EventRegistration.event_id == event_id)
    return dict(db.session.execute(query).tuples().all())


def list_readers(event_id: int) -> list[tuple[datetime, str]]:
    """Return who read the list of a meeting, and when, the last first: each person on it may be shown that."""
    query = select(Access.at, func.coalesce(User.name, "")).join(User, User.id == Access.by_id)
    query = query.where(Access.event_id == event_id).order_by(Access.id.desc())
    return [(at, name) for at, name in db.session.execute(query).tuples()]
