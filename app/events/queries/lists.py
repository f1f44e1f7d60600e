"""Meetings among others: to come, past, of a month, about something; and for calendars, which keep them a while."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select

from app.communities.cached_statements import cached_statement, reader_parameters
from app.core import clock, versions
from app.core.actor import ANYONE, Actor
from app.core.db import NOW, Moment, constant, constants, db, number_parameter, numbers_parameter
from app.core.dialect import has_row, unindexed
from app.core.paging import SIZE, Order, Page, page_of, parse_cursor
from app.events.models.contents import EventSubject
from app.events.models.meetings import (
    CANCELLED,
    Event,
    EventCommunity,
    EventFeature,
    EventIssue,
    EventOrganisation,
    EventTag,
    EventTerritory,
)
from app.events.queries.reading import in_sight_of

LONGEST = timedelta(days=14)
"""No meeting is longer: what began before cannot last until now."""
KEPT = timedelta(days=60)
"""How long a calendar still holds a meeting that is over, or was cancelled."""
MOST = 500
"""How many meetings a month or a calendar holds."""
SOON = Order(Event.starts_at, Event.id, descending=False, id_descending=False)
LATE = Order(Event.starts_at, Event.id)
_STARTS = unindexed(Event.starts_at)
FOUND_SOON, FOUND_LATE = Order(_STARTS, Event.id, descending=False, id_descending=False), Order(_STARTS, Event.id)
"""The same orders, of meetings that something else finds: no others are walked through."""
ANNOUNCED = Order(Event.published_at, Event.id)
FROM, _UNTIL, PLACE = (bindparam(name, type_=Moment) for name in ("from", "until", "place"))
LIMIT, _SUBJECT = map(number_parameter, ("limit", "subject"))


class EventRow(NamedTuple):
    """A meeting as lists and calendars show it; `features` are the codes of its access, with spaces."""

    id: int
    community_id: int | None
    is_private: bool
    lang: str
    title: str
    excerpt: str
    starts_at: datetime
    ends_at: datetime
    mode: str
    place: str
    territory_id: int | None
    status: str
    published_at: datetime | None
    cancelled_at: datetime | None
    cancelled_reason: str
    sequence: int
    changed_at: datetime
    opens_at: datetime | None
    capacity_in_person: int | None
    capacity_online: int | None
    taken_in_person: int
    taken_online: int
    waiting_in_person: int
    waiting_online: int
    takes_registrations: bool
    came_in_person: int | None
    came_online: int | None
    comments_count: int
    features: str | None


@dataclass(frozen=True)
class EventFilters:
    """What a list is narrowed to, by numbers; `mode` and `access` by codes. Empty means all.

    A meeting of both modes is of each; `access` are all that it has to have.
    """

    community: tuple[int, ...] = ()
    territory: tuple[int, ...] = ()
    issue: tuple[int, ...] = ()
    tag: tuple[int, ...] = ()
    organisation: tuple[int, ...] = ()
    mode: str = ""
    access: tuple[str, ...] = ()

    @property
    def shape(self) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
        """Return what the statement depends on: which axes are asked for, and the codes."""
        return tuple(axis for axis in AXES if getattr(self, axis)), self.mode, self.access

    @property
    def parameters(self) -> dict[str, Any]:
        return {axis: list(getattr(self, axis)) for axis in AXES if getattr(self, axis)}


AXES = tuple(field.name for field in fields(EventFilters) if field.name not in ("mode", "access"))
ALL = EventFilters()
FILED: dict[str, tuple[Any, Any]] = {
    "community": (Event.community_id, EventCommunity.community_id),
    "territory": (Event.territory_id, EventTerritory.territory_id),
    "issue": (None, EventIssue.issue_id),
    "tag": (None, EventTag.tag_id),
    "organisation": (None, EventOrganisation.organisation_id),
}
Shape = tuple[tuple[str, ...], str, tuple[str, ...]]


def list_to_come(actor: Actor, filters: EventFilters = ALL, *, after: str = "", size: int = SIZE) -> Page[EventRow]:
    """Return what is to come or goes on, the next first; `after` is the cursor of the page before."""
    statement = go_on(_select_to_come(actor, filters.shape), SOON, after)
    rows = _read(actor, statement, filters, limit=size + 1, **span_parameters("to come"))
    return page_of(rows, "starts_at", size=size, is_first=not after)


@cached_statement
def _select_to_come(actor: Actor, shape: Shape) -> Select[Any]:
    return SOON.apply(select_rows(actor, shape).where(*is_within("to come"))).limit(LIMIT)


def is_within(span: str) -> tuple[ColumnElement[bool], ...]:
    """Match what is to come, what is past, or what is held in a month; `span_parameters` are what it compares."""
    if span == "month":
        return Event.starts_at > FROM, Event.starts_at < _UNTIL, Event.ends_at > PLACE
    return (Event.starts_at > FROM, Event.ends_at > NOW) if span == "to come" else (Event.ends_at <= NOW,)


def span_parameters(span: str, first: date | None = None) -> dict[str, Any]:
    if first:
        start, end = (_midnight(day) for day in (first, next_month(first)))
        return {"from": start - LONGEST, "place": start, "until": end}
    return {"from": clock.now() - LONGEST} if span == "to come" else {}


def go_on(statement: Select[Any], order: Order, after: str) -> Select[Any]:
    """Begin a list after the row of a cursor; an empty one begins at its start."""
    return statement.where(order.after(*parse_cursor(after, datetime))) if after else statement


def list_next(actor: Actor, filters: EventFilters = ALL, *, size: int) -> list[EventRow]:
    """Return the next meetings that are held: what is cancelled is told on lists of meetings alone."""
    values = {"from": clock.now() - LONGEST}
    return _read(actor, _select_held(actor, filters.shape, "starts_at"), filters, limit=size, **values)


def find_next() -> EventRow | None:
    """Return the next meeting of all that everybody may see, which the process knows until something changes."""
    known = versions.get_or_load("next meetings", lambda: list_next(ANYONE, size=SIZE))
    return next((row for row in known if row.ends_at > clock.now()), None)


def list_announced(actor: Actor, filters: EventFilters = ALL, *, size: int) -> list[EventRow]:
    """Return what is to come in the order in which it was announced, the last first."""
    values = {"from": clock.now() - LONGEST}
    return _read(actor, _select_held(actor, filters.shape, "published_at"), filters, limit=size, **values)


@cached_statement
def _select_held(actor: Actor, shape: Shape, order: str) -> Select[Any]:
    query = select_rows(actor, shape).where(*_is_held()).limit(LIMIT)
    return (SOON if order == "starts_at" else ANNOUNCED).apply(query)


def _is_held() -> tuple[ColumnElement[bool], ...]:
    return Event.starts_at > FROM, Event.ends_at > NOW, Event.status != constant(CANCELLED)


def list_month(actor: Actor, first: date, filters: EventFilters = ALL) -> list[EventRow]:
    """Return what is held in the month of which this is the first day, in the region's time, in order."""
    return _read(actor, _select_span(actor, filters.shape), filters, limit=MOST, **span_parameters("month", first))


@cached_statement
def _select_span(actor: Actor, shape: Shape) -> Select[Any]:
    return SOON.apply(select_rows(actor, shape).where(*is_within("month"))).limit(LIMIT)


def next_month(first: date) -> date:
    """Return the first day of the month after that of a day."""
    return (first.replace(day=1) + timedelta(days=32)).replace(day=1)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=clock.ZONE)


def list_for_calendar(actor: Actor, filters: EventFilters = ALL) -> list[EventRow]:
    """Return what a calendar holds: what is to come, and for `KEPT` what is over or was cancelled."""
    return _read(actor, _select_calendar(actor, filters.shape), filters, limit=MOST, **calendar_parameters())


def calendar_parameters() -> dict[str, Any]:
    limit = clock.now() - KEPT
    return {"from": limit - LONGEST, "place": limit}


@cached_statement
def _select_calendar(actor: Actor, shape: Shape) -> Select[Any]:
    return SOON.apply(select_rows(actor, shape).where(*is_kept_in_calendars())).limit(LIMIT)


def is_kept_in_calendars() -> tuple[ColumnElement[bool], ...]:
    """Match what a calendar holds; `calendar_parameters` are the moments that it compares."""
    is_recent = or_(Event.cancelled_at.is_(None), Event.cancelled_at > PLACE)
    return Event.starts_at > FROM, Event.ends_at > PLACE, is_recent


def list_about(actor: Actor, column: str, row_id: int) -> list[EventRow]:
    """Return the meetings about something, or that led to it, the last first: `column` names it in the subjects."""
    return _read(actor, _select_about(actor, column), ALL, limit=SIZE, subject=row_id)


@cached_statement
def _select_about(actor: Actor, column: str) -> Select[Any]:
    subject = select(EventSubject.event_id).where(getattr(EventSubject, column) == _SUBJECT)
    is_on = Event.status != constant(CANCELLED)
    return LATE.apply(select_rows(actor, ALL.shape).where(is_on, Event.id.in_(subject))).limit(LIMIT)


def _read(actor: Actor, statement: Select[Any], filters: EventFilters, **values: Any) -> list[EventRow]:
    return [EventRow._make(row) for row in read_rows(actor, statement, **filters.parameters, **values)]


def read_rows(actor: Actor, statement: Select[Any], **values: Any) -> Sequence[Any]:
    return db.session.connection().execute(statement, reader_parameters(actor, **values)).all()


def select_rows(actor: Actor, shape: Shape) -> Select[Any]:
    """Select meetings that a person may be shown, as `EventRow`, narrowed to the axes of a shape."""
    event, feature = Event.__table__, EventFeature.__table__
    codes = select(func.aggregate_strings(feature.c.feature, " ")).where(feature.c.event_id == event.c.id)
    columns = {**event.c, "features": codes.scalar_subquery()}
    return select(*(columns[name] for name in EventRow._fields)).where(in_sight_of(actor), *list_tests(shape))


def list_tests(shape: Shape) -> list[ColumnElement[bool]]:
    """Return what a meeting has to pass to be of a list of this shape."""
    axes, mode, access = shape
    tests = [*map(_is_filed, axes), *map(_has_feature, access)]
    return [*tests, Event.mode.in_(constants((mode, "hybrid")))] if mode else tests


def _is_filed(axis: str) -> ColumnElement[bool]:
    """Match the meetings that have one of the values that are asked for on an axis."""
    own, other = FILED[axis]
    table = other.class_
    beside = has_row(select(table.event_id).where(table.event_id == Event.id, other.in_(numbers_parameter(axis))))
    return beside if own is None else or_(own.in_(numbers_parameter(axis)), beside)


def _has_feature(code: str) -> ColumnElement[bool]:
    found = select(EventFeature.event_id).where(EventFeature.event_id == Event.id, EventFeature.feature == code)
    return has_row(found)


def list_public_addresses(limit: int) -> list[Any]:
    """Return number and last change of the public meetings, for a map of the site, the last first."""
    query = select(Event.id, Event.changed_at, Event.edited_at).where(in_sight_of(ANYONE))
    return list(db.session.execute(LATE.apply(query).limit(limit)))
