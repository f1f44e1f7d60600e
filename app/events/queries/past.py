"""Meetings that are over: all of them in their order, those of a value that has few, or the last ones, each tested.

What is read for a page does not grow with all that was held, as for lists of ideas.
"""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, and_, func, select, tuple_

from app.communities.cached_statements import cached_statement, reader_parameters
from app.core import clock
from app.core.actor import Actor
from app.core.db import NOW, constant, db, number_parameter, numbers_parameter
from app.core.dialect import among
from app.core.paging import SIZE, Order, Page, format_cursor, page_of, parse_cursor
from app.events.models.meetings import FEATURES, Event, EventFeature
from app.events.queries import lists
from app.events.queries.lists import ALL, FOUND_LATE, LATE, PLACE, EventFilters, EventRow, Shape
from app.events.queries.reading import in_sight_of, is_published

FEW = 1_000
"""How many meetings a value has, at the most, for them to be read and sorted."""
LOOK = 10_000
"""How many meetings a page looks at otherwise."""
_AFTER = number_parameter("after")


def list_past(actor: Actor, filters: EventFilters = ALL, *, after: str = "", size: int = SIZE) -> Page[EventRow]:
    """Return what is over, the last first; `after` is the cursor of the page before.

    A page is short where it looked at `LOOK` meetings and is not full: the next one goes on from the last of these.
    """
    place, number = parse_cursor(after, datetime) if after else (clock.now(), 0)
    values = reader_parameters(actor, **filters.parameters, place=place, after=number, limit=size + 1)
    rarest = _find_rarest(filters)
    if rarest or filters == ALL:
        return _page(_select_whole(actor, filters.shape, rarest), values, size, after)
    page = _page(_select_tested(actor, filters.shape, LOOK), values, size, after)
    last = None if page.next else _find_last(actor, values)
    return Page(page.items, format_cursor(*last), page.is_first, is_short=True) if last else page


def _page(statement: Select[Any], values: dict[str, Any], size: int, after: str) -> Page[EventRow]:
    rows = [EventRow._make(row) for row in db.session.connection().execute(statement, values)]
    return page_of(rows, "starts_at", size=size, is_first=not after)


def _find_rarest(filters: EventFilters) -> str:
    """Return the axis, or the code of access, that leaves the fewest meetings; an empty text where none leaves few."""
    axes, _mode, access = filters.shape
    if not (axes or access):
        return ""
    row = db.session.connection().execute(_count_each((*axes, *access), FEW + 1), filters.parameters).one()
    numbers: dict[str, int] = dict(row._mapping)
    rarest = min(numbers, key=numbers.__getitem__)
    return rarest if numbers[rarest] <= FEW else ""


@cache
def _count_each(keys: tuple[str, ...], most: int) -> Select[Any]:
    """Count the meetings of each of these, none further than so many."""
    found = {key: _select_having(key).limit(most).subquery() for key in keys}
    return select(*(select(func.count()).select_from(ids).scalar_subquery().label(key) for key, ids in found.items()))


def _select_having(key: str) -> Select[Any]:
    """Select the meetings that have one of the values asked for on an axis, or what a code of access says."""
    if key in FEATURES:
        return select(EventFeature.event_id).where(EventFeature.feature == constant(key))
    own, other = lists.FILED[key]
    others = select(other.class_.event_id).where(other.in_(numbers_parameter(key)))
    if own is None:
        return others
    either = others.union_all(select(Event.id).where(is_published(), own.in_(numbers_parameter(key)))).subquery()
    return select(either.c.event_id)


@cached_statement
def _select_whole(actor: Actor, shape: Shape, rarest: str) -> Select[Any]:
    """Select what is over in its order; with the value of which there are few, these alone."""
    if not rarest:
        return LATE.apply(_after(lists.select_rows(actor, shape), LATE)).limit(lists.LIMIT)
    few = among(Event.id, _select_having(rarest))
    return FOUND_LATE.apply(_after(lists.select_rows(actor, shape), FOUND_LATE).where(few)).limit(lists.LIMIT)


@cached_statement
def _select_tested(actor: Actor, shape: Shape, most: int) -> Select[Any]:
    """Select the first that pass the tests of a shape among the next ones, of which so many are looked at."""
    passes = and_(*lists.list_tests(shape)).label("passes")
    seen = LATE.apply(_after(select(Event.id, passes).where(in_sight_of(actor)), LATE)).limit(most).subquery()
    ids = select(seen.c.id).where(seen.c.passes).limit(lists.LIMIT)
    return FOUND_LATE.apply(lists.select_rows(actor, ALL.shape).where(among(Event.id, ids)))


def _find_last(actor: Actor, values: dict[str, Any]) -> Row[Any] | None:
    """Return the place of the last of `LOOK` meetings; None where the list ends before."""
    return db.session.connection().execute(_select_last(actor, LOOK), values).first()


@cached_statement
def _select_last(actor: Actor, most: int) -> Select[Any]:
    query = _after(select(Event.starts_at, Event.id).where(in_sight_of(actor)), LATE)
    return LATE.apply(query).offset(most - 1).limit(1)


def _after(query: Select[Any], order: Order) -> Select[Any]:
    """Leave what is over, and comes after a place in an order."""
    return query.where(Event.ends_at <= NOW, tuple_(order.column, order.id) < tuple_(PLACE, _AFTER))
