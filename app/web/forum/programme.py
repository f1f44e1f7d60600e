"""The hours and the rooms of a forum, in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from app.events import local_time
from app.events.models.meetings import Event
from app.forms import times
from app.forms.forum import list_days
from app.forum.models import Forum, ForumRoom, ForumSlot
from app.forum.queries.forums import Arrangement
from app.web.forum import words
from app.web.frame.locale import format_date_day


@dataclass(frozen=True)
class HourLine:
    """An hour in words; `lang` is that of a name that was typed, "" where the name is ours."""

    start: str
    name: str
    until: str
    lang: str


@dataclass(frozen=True)
class RoomLine:
    """A room in words; its name and how to reach it are in `lang`."""

    name: str
    facts: Sequence[str]
    note: str
    lang: str


@dataclass(frozen=True)
class Programme:
    """The hours, the first first, and the rooms in their order.

    `overruns` is when the last hour ends, where that is after the meeting ends ("": it is not).
    """

    hours: Sequence[HourLine]
    rooms: Sequence[RoomLine]
    overruns: str


def describe(forum: Forum, arrangement: Arrangement) -> Programme:
    with_days = has_days(forum.event, arrangement.slots)
    hours = [_hour(forum, slot, has_days=with_days) for slot in arrangement.slots]
    end = max((slot.ends_at(forum.event) for slot in arrangement.slots), default=forum.event.ends_at)
    overruns = times.hour(end) if end > forum.event.ends_at else ""
    return Programme(hours, [describe_room(room, forum.event) for room in arrangement.rooms], overruns)


def has_days(event: Event, slots: Sequence[ForumSlot]) -> bool:
    """Tell whether hours are said with their day: the meeting, or they, go beyond the first."""
    return len(list_days(event, slots)) > 1


def describe_room(room: ForumRoom, event: Event) -> RoomLine:
    return RoomLine(room.name, list(list_facts(room)), room.note, event.lang)


def name_slot(slot: ForumSlot) -> str:
    """Return the name of an hour: its own, or that of its kind."""
    return slot.title or str(words.SLOTS[slot.kind])


def tell_slot(slot: ForumSlot, event: Event, *, has_days: bool) -> str:
    """Say when an hour begins and what it is: 9 h – Séances; with its day where there are several."""
    start = slot.starts_at(event)
    hour = f"{times.hour(start)} – {name_slot(slot)}"
    return f"{name_day(start)}, {hour}" if has_days else hour


def _hour(forum: Forum, slot: ForumSlot, *, has_days: bool) -> HourLine:
    start = slot.starts_at(forum.event)
    until = _("jusqu'à %(hour)s", hour=times.hour(slot.ends_at(forum.event)))
    lang = forum.event.lang if slot.title else ""
    words = f"{until}, {name_day(start)}" if has_days else until
    return HourLine(times.hour(start), name_slot(slot), words, lang)


def name_day(moment: datetime) -> str:
    return format_date_day(local_time.get_day_and_hour(moment)[0])


def list_facts(room: ForumRoom) -> Iterator[str]:
    """Yield what a room has, in words."""
    if room.places:
        yield ngettext("%(num)s place", "%(num)s places", room.places)
    for has, name in (
        (room.is_step_free, _("sans marche")),
        (room.has_hearing_loop, _("boucle auditive")),
        (room.has_captions, _("sous-titres en direct")),
        (room.is_noisy, _("bruyante")),
        (bool(room.url), _("en ligne")),
    ):
        if has:
            yield name
