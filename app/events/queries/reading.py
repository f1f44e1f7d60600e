"""From an address to a meeting: who may read it."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.base import ExecutableOption

from app.accounts.models.people import User
from app.communities.cached_statements import cached_statement, reader_parameters
from app.communities.queries import seen_by
from app.communities.sql_policy import stands_in
from app.core.actor import Actor
from app.core.db import constant, db, number_parameter, numbers_parameter
from app.core.errors import NotFound
from app.core.permits import Permission
from app.events.models.meetings import DRAFT, Event, EventCommunity

# The number of the meeting that a statement selects, or whose rows it selects.
EVENT = number_parameter("event")


def is_published() -> ColumnElement[bool]:
    """SQL twin of `Event.is_published`, in the words of its indexes."""
    return and_(Event.status != constant(DRAFT), Event.in_sight())


def run_by(actor: Actor) -> ColumnElement[bool]:
    """SQL twin of `policy.runs_it`, for whoever has a charge."""
    if actor.is_coordinator:
        return Event.id.is_not(None)
    if not actor.facilitates:
        return false()
    beside = select(EventCommunity.event_id).where(EventCommunity.community_id.in_(actor.facilitates))
    return or_(Event.community_id.in_(actor.facilitates), Event.id.in_(beside))


def in_sight_of(actor: Actor) -> ColumnElement[bool]:
    """SQL twin of `policy.is_public`: what lists hold for this person."""
    return and_(is_published(), seen_by(actor, Event))


def readable_by(actor: Actor) -> ColumnElement[bool]:
    """SQL twin of `policy.READ`."""
    is_kept = Event.deleted_at.is_(None)
    is_hidden = and_(Event.hidden_at.is_not(None), is_kept)
    clauses = [in_sight_of(actor), and_(is_hidden, stands_in(actor, Event, Event.author_id))]
    if actor.is_coordinator or actor.facilitates:
        clauses.append(and_(run_by(actor), is_kept))
    return or_(*clauses)


def own_of(actor: Actor) -> ColumnElement[bool]:
    """SQL twin of `policy.READ_OWN`."""
    if not actor.is_someone:
        return false()
    is_kept = and_(Event.status != constant(DRAFT), Event.deleted_at.is_(None))
    return and_(Event.author_id == actor.id, is_kept, seen_by(actor, Event))


def get_event(actor: Actor, event_id: int, permission: Permission) -> Event:
    """Return a meeting by its number. Raise NotFound where it is absent or forbidden, without telling which."""
    rows = db.session.scalars(_select_one(actor), reader_parameters(actor, event=event_id))
    event: Event | None = rows.unique().one_or_none()
    if event is None or not permission.permits(actor, event):
        raise NotFound()
    return event


def was_deleted(actor: Actor, event_id: int) -> bool:
    """Tell whoever runs a meeting whether it was deleted; nobody else hears that it was there."""
    query = select(Event.id).where(Event.id == event_id, Event.deleted_at.is_not(None), run_by(actor))
    return db.session.scalar(query) is not None


@cached_statement
def _select_one(actor: Actor) -> Select[tuple[Event]]:
    # A rehearsal is read in the pages of its forum alone.
    query = select(Event).where(Event.id == EVENT, Event.rehearses_id.is_(None), or_(readable_by(actor), own_of(actor)))
    return query.options(*with_author(), joinedload(Event.thread), joinedload(Event.moves))


def get_event_of_thread(actor: Actor, thread_id: int, permission: Permission) -> Event:
    """Find the meeting that owns a thread."""
    event_id = db.session.scalar(select(Event.id).where(Event.thread_id == thread_id))
    return get_event(actor, event_id or 0, permission)


def get_events(actor: Actor, ids: Collection[int], threads: Collection[int]) -> dict[int, Event]:
    """Return those of these meetings, and of the meetings of these threads, that a person may read or wrote."""
    events = db.session.scalars(_select_some(actor), reader_parameters(actor, ids=list(ids), threads=list(threads)))
    return {event.id: event for event in events}


@cached_statement
def _select_some(actor: Actor) -> Select[tuple[Event]]:
    which = or_(Event.id.in_(numbers_parameter("ids")), Event.thread_id.in_(numbers_parameter("threads")))
    return select(Event).where(which, or_(readable_by(actor), own_of(actor))).options(*with_author())


def with_author() -> list[ExecutableOption]:
    return [joinedload(Event.author).load_only(User.name, User.closed_at)]
