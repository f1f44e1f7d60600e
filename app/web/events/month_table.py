"""A month as a table: who sees it and who hears it get the same."""

from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date, get_day_names
from flask_babel import get_locale
from flask_babel import gettext as _

from app.core import clock
from app.events.queries.lists import EventRow
from app.web.events.listing import EventAddress, list_around
from app.web.frame import locale
from app.web.frame.session import rooms

SUNDAY = 6
# The number of Sunday, then of the other days, as Babel has them.
WEEK = (6, 0, 1, 2, 3, 4, 5)


@dataclass(frozen=True)
class DayCell:
    """A day: `label` is what is held then, for who hears it, and `url` leads to the first; both "" where nothing is."""

    number: int
    is_out: bool
    is_today: bool
    label: str
    url: str
    colour: str


@dataclass(frozen=True)
class MonthTable:
    """A month, with the days of others that fill its first and last weeks; the ways to those around are (name, url)."""

    title: str
    weekdays: Sequence[tuple[str, str]]
    weeks: Sequence[Sequence[DayCell]]
    before: tuple[str, str] | None
    after: tuple[str, str] | None


def build_month(first: date, events: Sequence[EventRow], address: EventAddress) -> MonthTable:
    """Return the month of a first day with what is held in it; on its own page, days lead to their place there."""
    held = _sort_by_day(events)
    page = "" if address.month == first else address.month_url(first)
    weeks = Calendar(SUNDAY).monthdatescalendar(first.year, first.month)
    before, after = list_around(first)
    return MonthTable(
        capitalise(locale.format_month(first)),
        _name_weekdays(),
        [[_cell(day, first, held[day] if day.month == first.month else [], page) for day in week] for week in weeks],
        (_name(before), address.month_url(before)) if before else None,
        (_name(after), address.month_url(after)) if after else None,
    )


def _sort_by_day(events: Sequence[EventRow]) -> dict[date, list[EventRow]]:
    held = defaultdict[date, list[EventRow]](list)
    for event in events:
        for day in _days(event):
            held[day].append(event)
    return held


def _days(event: EventRow) -> Iterator[date]:
    """Yield the days of a meeting; one that ends at midnight is not of the next."""
    day = event.starts_at.astimezone(clock.ZONE).date()
    last = (event.ends_at - timedelta(microseconds=1)).astimezone(clock.ZONE).date()
    while day <= last:
        yield day
        day += timedelta(days=1)


def _cell(day: date, first: date, held: Sequence[EventRow], page: str) -> DayCell:
    is_out, is_today = day.month != first.month, day == clock.today()
    if not held:
        label = _("%(day)s, aujourd'hui", day=_short(day)) if is_today and not is_out else ""
        return DayCell(day.day, is_out, is_today, label, "", "")
    titles = ", ".join(event.title for event in held)
    going_on = [event for event in held if event.status != "cancelled"]
    room = rooms().by_id.get((going_on or held)[0].community_id or 0)
    colour = room.colour if room and going_on else "neutral"
    url = f"{page}#event-{held[0].id}"
    return DayCell(day.day, is_out, is_today, _("%(day)s : %(titles)s", day=_short(day), titles=titles), url, colour)


def _short(day: date) -> str:
    """Write a day without its year: 18 février, 1er mars."""
    if get_locale().language != "fr":
        return str(format_date(day, "MMMM d", locale=get_locale()))
    return str(format_date(day, "d MMMM", locale=get_locale())).replace("1 ", "1er ", day.day == 1)


def _name(month: date) -> str:
    return str(format_date(month, "MMMM", locale=get_locale()))


def capitalise(text: str) -> str:
    return text[:1].upper() + text[1:]


def _name_weekdays() -> list[tuple[str, str]]:
    """Return the days of the week, each with its first letter."""
    names = get_day_names("wide", locale=get_locale())
    return [(names[day], names[day][:1]) for day in WEEK]
