"""Meetings as calendars hold them (iCalendar, RFC 5545), each for ever under one number of its own."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from icalendar import Calendar, Component, Event, Timezone, TimezoneDaylight, TimezoneStandard, vRecur, vText, vUri

from app.core import clock

KIND = "text/calendar; charset=utf-8"
PUBLISH, CANCEL = "PUBLISH", "CANCEL"
# How often a calendar that follows ours asks again.
REFRESH = timedelta(hours=1)
ZONE_NAME = str(clock.ZONE)
STANDARD, DAYLIGHT = timedelta(hours=-5), timedelta(hours=-4)
# What a text of a calendar cannot hold (section 3.1), and what some programs take for the end of a line.
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
# How a text is written (section 3.3.11): the backslash first, since it writes the others.
ESCAPES = (("\\", r"\\"), (";", r"\;"), (",", r"\,"), ("\n", r"\n"))


class Meeting(Protocol):
    """What a calendar reads of a meeting: never the address of its room."""

    @property
    def id(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def lang(self) -> str: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def status(self) -> str: ...
    @property
    def sequence(self) -> int: ...
    @property
    def changed_at(self) -> datetime: ...


@dataclass(frozen=True)
class Links:
    """What calendars say that the doors know: `host` names the site for ever, `organiser` is its mail address.

    `page`, `place` and `note` give the address of a meeting, where it is held, and what is said of it.
    """

    host: str
    site_name: str
    organiser: str
    page: Callable[[Meeting], str]
    place: Callable[[Meeting], str]
    note: Callable[[Meeting], str]


def of_event(meeting: Meeting, *, method: str, links: Links) -> str:
    """Write one meeting for a mail: `method` is PUBLISH, or CANCEL, which takes it off the calendar that it is in."""
    calendar = _begin(links)
    calendar.add("method", method)
    entry = _entry(meeting, links, is_off=method == CANCEL)
    entry.add("organizer", vUri(f"mailto:{links.organiser}", params={"CN": _clean(links.site_name)}))
    return _write(calendar, [entry])


def of_events(meetings: Iterable[Meeting], *, name: str, links: Links, waiting: frozenset[int] = frozenset()) -> str:
    """Write meetings for a calendar that asks again; `waiting` are the numbers of those where no place is sure."""
    calendar = _begin(links)
    calendar.add("name", _Text(name))
    # What programs read that are older than the two above and below (RFC 7986).
    calendar.add("x-wr-calname", _Text(name))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    return _write(calendar, [_entry(meeting, links, is_unsure=meeting.id in waiting) for meeting in meetings])


def _begin(links: Links) -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", _Text(f"-//{links.site_name}//{links.host}//FR"))
    calendar.add("calscale", "GREGORIAN")
    return calendar


def _write(calendar: Calendar, entries: Iterable[Event]) -> str:
    calendar.add_component(_zone())
    for entry in entries:
        calendar.add_component(entry)
    return calendar.to_ical().decode()


def _entry(meeting: Meeting, links: Links, *, is_off: bool = False, is_unsure: bool = False) -> Event:
    entry = Event()
    entry.add("uid", f"event-{meeting.id}@{links.host}")
    entry.add("sequence", meeting.sequence)
    # Of the last change, and not of this answer: what did not change is the same, to the letter.
    entry.add("dtstamp", meeting.changed_at.astimezone(UTC))
    entry.add("last-modified", meeting.changed_at.astimezone(UTC))
    entry.add("dtstart", _moment(meeting.starts_at))
    entry.add("dtend", _moment(meeting.ends_at))
    off = is_off or meeting.status == "cancelled"
    entry.add("status", "CANCELLED" if off else "TENTATIVE" if is_unsure else "CONFIRMED")
    entry.add("summary", _Text(meeting.title), parameters={"LANGUAGE": meeting.lang})
    entry.add("url", links.page(meeting))
    for name, text in (("location", links.place(meeting)), ("description", links.note(meeting))):
        if text:
            entry.add(name, _Text(text))
    return entry


def _moment(moment: datetime) -> datetime:
    """Return a moment in the time of the region, in UTC where its hour comes twice and this is the second."""
    local = moment.astimezone(clock.ZONE)
    return local.astimezone(UTC) if local.fold else local


class _Text(vText):
    r"""A text as somebody typed it: the class of the library takes a backslash before an N for the end of a line."""

    def to_ical(self) -> bytes:
        text = _clean(self)
        for sign, written in ESCAPES:
            text = text.replace(sign, written)
        return text.encode()


def _clean(text: str) -> str:
    return FORBIDDEN.sub("", text.replace("\r\n", "\n"))


def _zone() -> Timezone:
    """Return the time of the region as it has been since 2007: to come with the file, for who knows no time zones."""
    zone = Timezone()
    zone.add("tzid", ZONE_NAME)
    zone.add_component(_season(TimezoneDaylight(), "EDT", STANDARD, DAYLIGHT, datetime(2007, 3, 11, 2), "2SU"))
    zone.add_component(_season(TimezoneStandard(), "EST", DAYLIGHT, STANDARD, datetime(2007, 11, 4, 2), "1SU"))
    return zone


def _season(
    season: TimezoneDaylight | TimezoneStandard,
    name: str,
    before: timedelta,
    after: timedelta,
    first: datetime,
    day: str,
) -> Component:
    """Fill in one half of the year: it begins on a day of a month, such as its second Sunday, at two o'clock."""
    season.add("tzname", name)
    season.add("tzoffsetfrom", before)
    season.add("tzoffsetto", after)
    season.add("dtstart", first)
    season.add("rrule", vRecur({"FREQ": "YEARLY", "BYMONTH": first.month, "BYDAY": day}))
    return season
