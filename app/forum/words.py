"""What is typed of a forum: its question, its rooms, its hours."""

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
