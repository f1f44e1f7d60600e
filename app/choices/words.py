"""What is typed of a choice: its candidates, and what is decided of one."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class ChoiceWords:
    """What is chosen among: lines of notes and ideas by their numbers, and what was typed; and with how many dots."""

    dots: int
    most_on_one: int
    lines: Sequence[int] = ()
    ideas: Sequence[int] = ()
    typed: Sequence[str] = ()
    lang: str = "fr"


@dataclass(frozen=True)
class DecisionWords:
    """What the circle decided, who carries it, and the idea or the action of the plan that it is linked to."""

    text: str
    carried_by: str = ""
    lang: str = "fr"
    idea_id: int | None = None
    action_id: int | None = None
