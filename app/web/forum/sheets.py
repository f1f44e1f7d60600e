"""What each paper of a forum holds, in words: it is called in the language of the meeting."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.forum.models import Forum, ForumRoom, ForumSlot
from app.forum.queries.layout import Layout, get_layout
from app.web.forum import addresses, programme, topic_lines, words
from app.web.forum.programme import RoomLine
from app.web.forum.topic_lines import HourHead, TopicLine

# What one sheet of the programme holds.
ROOMS_ON_A_SHEET, HOURS_ON_A_SHEET = 24, 4
SLIPS_ON_A_SHEET, BALLOTS_ON_A_SHEET = 4, 2
# What half a sheet holds: so many lines, and rows of words of so many characters. A blank ballot has the dots that a
# choice is offered.
LINES_OF_A_BALLOT, ROWS_OF_A_BALLOT, ROW, DOTS, MOST_ON_ONE = 8, 10, 70, 5, 3
# The lines of a sheet of notes, by what is written on them.
NOTE_PARTS = (
    (_l("Combien étaient là"), 1),
    (_l("Ce qui s'est dit"), 7),
    (_l("Des besoins, des aspirations, des idées, des questions"), 4),
    (_l("Des gestes à poser : quoi, qui, pour quand"), 4),
    (_l("Ce que quelqu'un offre : du temps, un lieu, un savoir"), 2),
)


@dataclass(frozen=True)
class Grid:
    """A sheet of the programme: hours across, rooms down, a topic or nothing in each cell."""

    caption: str
    hours: Sequence[HourHead]
    rows: Sequence[tuple[RoomLine, Sequence[TopicLine | None]]]


@dataclass(frozen=True)
class Sign:
    """The sign of a room, with what it holds at each hour."""

    room: RoomLine
    hours: Sequence[tuple[HourHead, TopicLine | None]]


@dataclass(frozen=True)
class Note:
    """A sheet of notes: of a session that has a room, or a blank one."""

    topic: TopicLine | None = None
    room: str = ""
    hour: HourHead | None = None


def gather_programme(forum: Forum) -> dict[str, Any]:
    """Gather the programme: one sheet, or several where there are more rooms or hours than one holds."""
    wall = get_layout(forum.id)
    parts, has_days = cut(wall), programme.has_days(forum.event, wall.slots)
    sheets = [
        Grid(
            _name_part(number, len(parts)),
            [topic_lines.describe_hour(slot, forum, has_days=has_days) for slot in slots],
            list(topic_lines.list_rows(wall, forum, rooms, slots)),
        )
        for number, (rooms, slots) in enumerate(parts, 1)
    ]
    together = [programme.tell_slot(slot, forum.event, has_days=has_days) for slot in wall.plenaries]
    return {"sheets": sheets, "together": together}


def cut(wall: Layout) -> list[tuple[Sequence[ForumRoom], Sequence[ForumSlot]]]:
    """Cut the wall in parts that fit a sheet each."""
    rooms, slots = wall.rooms, wall.session_slots
    return [
        (rooms[first : first + ROOMS_ON_A_SHEET], slots[start : start + HOURS_ON_A_SHEET])
        for start in range(0, max(len(slots), 1), HOURS_ON_A_SHEET)
        for first in range(0, max(len(rooms), 1), ROOMS_ON_A_SHEET)
    ]


def _name_part(number: int, total: int) -> str:
    return _("Programme, feuille %(n)s de %(total)s", n=number, total=total) if total > 1 else _("Programme")


def gather_rooms(forum: Forum) -> dict[str, Any]:
    wall = get_layout(forum.id)
    has_days = programme.has_days(forum.event, wall.slots)
    hours = [(slot, topic_lines.describe_hour(slot, forum, has_days=has_days)) for slot in wall.session_slots]
    signs = [
        Sign(
            programme.describe_room(room, forum.event),
            [(hour, topic_lines.find_cell(wall, slot, room)) for slot, hour in hours],
        )
        for room in wall.rooms
    ]
    return {"signs": signs, "short": addresses.describe_short(forum)}


def gather_principles(_forum: Forum) -> dict[str, Any]:
    return {"principles": [*words.PRINCIPLES, words.LAW, words.INVITATION]}


def gather_slips(_forum: Forum) -> dict[str, Any]:
    return {"slips": range(SLIPS_ON_A_SHEET)}


def gather_notes(forum: Forum) -> dict[str, Any]:
    """Gather a sheet for each session that has a room, hour by hour, then a blank one, to be copied."""
    wall = get_layout(forum.id)
    has_days = programme.has_days(forum.event, wall.slots)
    placed = [
        Note(found, room.name, topic_lines.describe_hour(slot, forum, has_days=has_days))
        for slot in wall.session_slots
        for room in wall.rooms
        if (found := topic_lines.find_cell(wall, slot, room))
    ]
    return {"notes": [*placed, Note()], "parts": [(name, range(lines)) for name, lines in NOTE_PARTS]}


def gather_ballots(_forum: Forum) -> dict[str, Any]:
    """Gather blank ballots, whose lines somebody fills once the circle knows what it chooses among."""
    return describe_ballots([("", "")] * LINES_OF_A_BALLOT, DOTS, MOST_ON_ONE)


def describe_ballots(lines: Sequence[tuple[str, str]], dots: int, most_on_one: int) -> dict[str, Any]:
    """Return a sheet of ballots, of one where two would not fit; `lines` are words with their language."""
    rows = sum(max(1, -(-len(words) // ROW)) for words, _lang in lines)
    is_long = len(lines) > LINES_OF_A_BALLOT or rows > ROWS_OF_A_BALLOT
    count = 1 if is_long else BALLOTS_ON_A_SHEET
    circles = range(most_on_one)
    return {"ballots": range(count), "lines": lines, "dots": dots, "most": most_on_one, "circles": circles}
