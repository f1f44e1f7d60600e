"""The steps of a journey and its chapters, in the order of time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.events.models.meetings import Event
from app.forum.models import ForumTopic
from app.ideas.models import Idea
from app.ideas.transitions import STATIONS
from app.plan.models.structure import Action, Milestone

# Of what happened in one moment, what comes first.
ORDER = (
    "forum_topic",
    "voice",
    "drawn",
    "text",
    "side",
    "talk",
    "meeting",
    "joined",
    "parted",
    "leads_on",
    "stands_alone",
    "part",
    "related",
    "status",
    "answer",
    "update",
    "link",
    "bulletin",
    "unlink",
)
ENDS = ("declined", "archived", "withdrawn", "dropped")


@dataclass(frozen=True)
class JourneyStep:
    """One step: `kind` is of ORDER, `key` names it in an address, `row` is what was written when it was made.

    `idea` is another voice, `action` what the plan does, `event` a meeting, `session` a topic of a Forum ouvert;
    `count` numbers the comments of a talk.
    """

    kind: str
    at: datetime
    key: str
    row: Any = None
    by: Any = None
    text: str = ""
    idea: Idea | None = None
    action: Action | None = None
    event: Event | None = None
    session: ForumTopic | None = None
    status: str = ""
    milestones: tuple[Milestone, ...] = ()
    count: int = 0

    @property
    def is_end(self) -> bool:
        """Return whether something stops here: the idea, an action of it, or the link between the two."""
        return self.status in ENDS or self.kind == "unlink"


@dataclass
class Chapter:
    """The steps made at one station (1 to 5), from its first; an idea that comes back to a station has two of them."""

    station: int
    steps: list[JourneyStep] = field(default_factory=list)


@dataclass(frozen=True)
class Journey:
    """The journey of one idea, as one person may read it. `arrivals` says when each station was first reached."""

    idea: Idea
    chapters: Sequence[Chapter]
    arrivals: dict[int, datetime]

    @property
    def steps(self) -> list[JourneyStep]:
        return [step for chapter in self.chapters for step in chapter.steps]

    @property
    def voices(self) -> int:
        """Count the voices that are one now: this idea, and those that were joined to it and not parted again."""
        kinds: dict[int, str] = {
            step.idea.id: step.kind for step in self.steps if step.idea and step.kind in ("joined", "parted")
        }
        return 1 + sum(kind == "joined" for kind in kinds.values())

    @property
    def ends(self) -> int:
        return sum(step.is_end for step in self.steps)

    @property
    def days(self) -> int:
        steps = self.steps
        return (steps[-1].at - steps[0].at).days if steps else 0


def build_journey(idea: Idea, steps: Iterable[JourneyStep], marks: Iterable[tuple[datetime, str]]) -> Journey:
    """Put steps in the order of time and in chapters; `marks` are the statuses of the idea, each with its moment.

    A chapter begins with the station that a mark leads to, and the steps of that very moment are in it.
    """
    arrivals: dict[int, datetime] = {}
    stations = [(at, STATIONS[status]) for at, status in sorted(marks) if status in STATIONS]
    chapters: list[Chapter] = []
    for step in sorted(steps, key=lambda step: (step.at, ORDER.index(step.kind), step.key)):
        station = next((number for at, number in reversed(stations) if at <= step.at), 1)
        if not chapters or chapters[-1].station != station:
            chapters.append(Chapter(station))
        chapters[-1].steps.append(step)
    for at, number in stations:
        arrivals.setdefault(number, at)
    return Journey(idea, chapters, arrivals)
