"""What is typed of a meeting, as a plain value."""

from dataclasses import dataclass, fields
from datetime import datetime


@dataclass(frozen=True)
class Question:
    """What the team asks; `id` is 0 for a new one."""

    kind: str
    label: str
    why: str = ""
    choices: tuple[str, ...] = ()
    id: int = 0


@dataclass(frozen=True)
class EventWords:
    """What the form holds: columns of the meeting, then its places on the axes, and what it is made of."""

    title: str
    lead: str = ""
    body: str = ""
    lang: str = "fr"
    mode: str = "in_person"
    place: str = ""
    territory_id: int | None = None
    directions: str = ""
    room_url: str = ""
    languages: str = ""
    opens_at: datetime | None = None
    capacity_in_person: int | None = None
    capacity_online: int | None = None
    reminder: int | None = 1
    asks_meal: bool = False
    asks_territory: bool = False
    communities: tuple[int, ...] = ()
    issues: tuple[int, ...] = ()
    territories: tuple[int, ...] = ()
    tags: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    features: tuple[tuple[str, str], ...] = ()
    lines: tuple[tuple[int | None, str], ...] = ()
    documents: tuple[tuple[str, str], ...] = ()
    questions: tuple[Question, ...] = ()
    concerns: str = ""


PARTS = (
    "communities",
    "issues",
    "territories",
    "tags",
    "organisations",
    "features",
    "lines",
    "documents",
    "questions",
    "concerns",
)
COLUMNS = tuple(one.name for one in fields(EventWords) if one.name not in PARTS)
"""What a meeting stores in columns of the same names."""
