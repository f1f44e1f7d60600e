"""The cells of the wall in words, as papers and the projector show them: a topic, its host, and nobody else."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import ngettext

from app.forms import times
from app.forum.models import Forum, ForumRoom, ForumSlot, ForumTopic
from app.forum.queries.layout import Layout
from app.web.forum import programme
from app.web.forum.programme import RoomLine
from app.web.frame.filters import host, list_wishes


@dataclass(frozen=True)
class TopicLine:
    """A topic in words; its title and why it matters are in `lang`, `interest` is "" where nobody said so."""

    id: int
    title: str
    lang: str
    why: str
    host: str
    wishes: Sequence[str]
    interest: str


@dataclass(frozen=True)
class HourHead:
    """An hour at the head of a column: its day where there are several, and whether it is the present one."""

    hour: str
    day: str
    is_now: bool = False


def describe_topic(topic: ForumTopic) -> TopicLine:
    count = topic.people_count
    interest = ngettext("%(num)s personne intéressée", "%(num)s personnes intéressées", count) if count else ""
    return TopicLine(topic.id, topic.title, topic.lang, topic.why, host(topic), list_wishes(topic), interest)


def describe_hour(slot: ForumSlot, forum: Forum, *, has_days: bool, is_now: bool = False) -> HourHead:
    start = slot.starts_at(forum.event)
    return HourHead(times.hour(start), programme.name_day(start) if has_days else "", is_now)


def list_rows(
    wall: Layout, forum: Forum, rooms: Sequence[ForumRoom], slots: Sequence[ForumSlot]
) -> list[tuple[RoomLine, list[TopicLine | None]]]:
    """Return some rooms, each with what it holds at some hours."""
    return [
        (programme.describe_room(room, forum.event), [find_cell(wall, slot, room) for slot in slots]) for room in rooms
    ]


def find_cell(wall: Layout, slot: ForumSlot, room: ForumRoom) -> TopicLine | None:
    """Return what a room holds at an hour, None where it is free."""
    topic = wall.cells.get((slot.id, room.id))
    return describe_topic(topic) if topic else None
