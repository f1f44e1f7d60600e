"""One's own meetings: those where one has a place or waits for one, and the drafts of one's team."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, case, select

from app.communities.cached_statements import cached_statement, reader_parameters
from app.core.actor import Actor
from app.core.db import NOW, constant, constants, db
from app.core.dialect import unindexed
from app.core.paging import SIZE, Page, page_of
from app.events.models.meetings import DRAFT, Event
from app.events.models.registrations import IN, WAITING, EventRegistration
from app.events.queries import lists
from app.events.queries.lists import FOUND_LATE, FOUND_SOON, EventRow
from app.events.queries.reading import run_by

# In the place of the state of who arrived.
HERE = "here"
OwnPage = Page[tuple[EventRow, str]]


def list_for_calendar(actor: Actor) -> list[tuple[EventRow, str]]:
    """Return what a person's own calendar holds, each with the state of their place, for as long as any calendar."""
    values = reader_parameters(actor, **lists.calendar_parameters(), limit=lists.MOST)
    rows = db.session.connection().execute(_select_own_calendar(actor), values)
    return _pair(rows)


def _pair(rows: Iterable[Any]) -> list[tuple[EventRow, str]]:
    return [(EventRow._make(row[:-1]), row[-1]) for row in rows]


@cached_statement
def _select_own_calendar(actor: Actor) -> Select[Any]:
    query = _select_own(actor).where(*lists.is_kept_in_calendars())
    return lists.SOON.apply(query).limit(lists.LIMIT)


def list_own_to_come(actor: Actor, *, after: str = "", size: int = SIZE) -> OwnPage:
    """Return the meetings to come where a person has a place or waits for one, the next first, each with that state."""
    return _list_own(actor, True, after, size)


def list_own_past(actor: Actor, *, after: str = "", size: int = SIZE) -> OwnPage:
    """Return those that are over, the last first."""
    return _list_own(actor, False, after, size)


def _list_own(actor: Actor, is_to_come: bool, after: str, size: int) -> OwnPage:
    statement = lists.go_on(_select_own_page(actor, is_to_come), FOUND_SOON if is_to_come else FOUND_LATE, after)
    rows = db.session.connection().execute(statement, reader_parameters(actor, limit=size + 1)).all()
    page = page_of(rows, "starts_at", size=size, is_first=not after)
    return Page(_pair(page.items), page.next, page.is_first)


@cached_statement
def _select_own_page(actor: Actor, is_to_come: bool) -> Select[Any]:
    query = _select_own(actor).where(Event.ends_at > NOW if is_to_come else Event.ends_at <= NOW)
    return (FOUND_SOON if is_to_come else FOUND_LATE).apply(query).limit(lists.LIMIT)


def list_drafts(actor: Actor) -> list[Any]:
    """Return number, title, language and beginning of the drafts of a person's team, the last to be made first."""
    return list(db.session.connection().execute(_select_drafts(actor), reader_parameters(actor, limit=SIZE)))


@cached_statement
def _select_drafts(actor: Actor) -> Select[Any]:
    query = select(Event.id, Event.title, Event.lang, Event.starts_at).where(run_by(actor), Event.in_sight())
    query = query.where(Event.status == constant(DRAFT), unindexed(Event.rehearses_id).is_(None))
    return query.order_by(Event.created_at.desc(), Event.id.desc()).limit(lists.LIMIT)


def _select_own(actor: Actor) -> Select[Any]:
    """Select the meetings where a person has a place or waits for one; the last column is its state, or `HERE`."""
    mine, event = EventRegistration.__table__, Event.__table__
    state = case((mine.c.arrived_at.is_not(None), constant(HERE)), else_=mine.c.state)
    query = lists.select_rows(actor, lists.ALL.shape).add_columns(state).join(mine, mine.c.event_id == event.c.id)
    return query.where(mine.c.user_id == actor.id, mine.c.state.in_(constants((IN, WAITING))))
