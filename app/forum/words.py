"""What is typed of a forum: its question, its rooms, its hours, its topics."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class RoomWords:
    """A room; `id` is that of one that is there, 0 for another."""

    name: str
    places: int | None = None
    is_step_free: bool = False
    has_hearing_loop: bool = False
    has_captions: bool = False
    is_noisy: bool = False
    url: str = ""
    note: str = ""
    id: int = 0


@dataclass(frozen=True)
class SlotWords:
    """An hour, in minutes after the meeting begins; `id` is that of one that is there, 0 for another."""

    starts_after: int
    minutes: int
    kind: str
    title: str = ""
    id: int = 0


@dataclass(frozen=True)
class ForumWords:
    question: str
    rooms: Sequence[RoomWords] = ()
    slots: Sequence[SlotWords] = ()


@dataclass(frozen=True)
class TopicWords:
    """A topic; `host_name` is that of somebody for whom the team writes, "" else."""

    title: str
    why: str = ""
    lang: str = "fr"
    wants_step_free: bool = False
    wants_online: bool = False
    wants_quiet: bool = False
    idea_id: int | None = None
    host_name: str = ""


@dataclass(frozen=True)
class WallLine:
    """A line of the wall of the room: a topic with its host, and its hour and room (`slot_id`, `room_id`) or None."""

    words: TopicWords
    cell: tuple[int, int] | None = None
