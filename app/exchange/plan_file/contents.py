"""What a file holds once it was read, as plain values: the plan, how far its actions are, and what was not sure."""

from dataclasses import dataclass, field

from app.exchange.plan_file.headings import Unread
from app.exchange.plan_file.rows import Guess, Question, Refusal
from app.plan.outline import ActionOutline, Outline


@dataclass
class FileCompletion:
    """When a milestone was reached (ISO), what proves it and, perhaps, a link."""

    on: str
    proof: str
    url: str = ""


@dataclass
class FileProgress:
    """How far the file says that an action is ("" and None: it does not say).

    `completions` go with the milestones of the action, one each (None: not reached).
    """

    row: int
    state: str = ""
    progress: int | None = None
    completions: list[FileCompletion | None] = field(default_factory=list)


Pairs = list[tuple[ActionOutline, FileProgress]]


@dataclass
class PlanFile:
    """`progress` goes with the actions of the outline, one each; `titles` are those of its columns, by key.

    `left_out` are the rows that say nothing of the plan, with why.
    """

    outline: Outline
    progress: list[FileProgress]
    titles: dict[str, str]
    refusals: list[Refusal] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    sheet: str = ""
    guesses: list[Guess] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    left_out: list[Refusal] = field(default_factory=list)

    def actions(self) -> Pairs:
        return list(zip(self.outline.actions(), self.progress, strict=True))
