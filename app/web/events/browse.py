"""Meetings to find: the list, a month, one's own."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from app.core import clock
from app.core.paging import Page
from app.events import policy
from app.events.queries import facets, lists, past, reading
from app.events.queries.facets import Counts
from app.events.queries.lists import EventRow
from app.web.events import listing, month_table
from app.web.events.bp import bp
from app.web.events.listing import EventAddress
from app.web.events.month_table import MonthTable
from app.web.frame import locale
from app.web.frame.responses import render
from app.web.frame.routes import public
from app.web.frame.session import me

Months = list[tuple[str, list[EventRow]]]


@bp.get("/events")
@public(policy.READ, lists=reading.readable_by)
def index() -> str:
    address = listing.parse_address()
    page, table = _read(address)
    return render(
        "events/index.html",
        address=address,
        listing=page,
        months=group_by_month(page.items),
        table=table,
        chips=listing.list_chips(address),
        facets=listing.get_facets(address, _count(address)),
        tabs=listing.list_tabs(address),
    )


def _read(address: EventAddress) -> tuple[Page[EventRow], MonthTable]:
    """Return what the list holds, and the month beside it: the one that was asked for is both."""
    filters, first = address.filters(), address.month or clock.today().replace(day=1)
    held = lists.list_month(me(), first, filters)
    table = month_table.build_month(first, held, address)
    if address.month:
        return Page(held), table
    read = past.list_past if address.is_past else lists.list_to_come
    return read(me(), filters, after=address.after), table


def _count(address: EventAddress) -> Counts:
    return facets.get_counts(me(), address.filters(), is_past=address.is_past, month=address.month)


def group_by_month(events: Iterable[EventRow]) -> Months:
    """Return meetings by the month in which each begins, in the order that they have."""
    return [
        (month_table.capitalise(locale.format_month(month)), list(held)) for month, held in groupby(events, key=_month)
    ]


def _month(event: EventRow) -> date:
    return event.starts_at.astimezone(clock.ZONE).date().replace(day=1)
