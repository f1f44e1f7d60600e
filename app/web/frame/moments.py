"""A moment as it is shown: at the head of an idea's page, and of the page of notices."""

from dataclasses import dataclass

from app.web.frame.dawn import Dawn

REASON = 400
"""How many characters of a reason are shown."""


@dataclass(frozen=True)
class MomentAct:
    label: str
    url: str


@dataclass(frozen=True)
class Moment:
    """What became of an idea, why and what one can do now; `drawn` is None over a no."""

    kicker: str
    title: str
    lead: str
    reason: str
    said_by: str
    acts: list[MomentAct]
    drawn: Dawn | None
    colour: str
