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


@dataclass
class Said:
    """What a file says of one part: its row, the columns that could be read of it, and those that were refused.

    `inner` is the same of its milestones and indicators: their column and folded name, and whether it could be read.
    """

    row: int
    keys: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    inner: dict[tuple[str, str], bool] = field(default_factory=dict)


Pairs = list[tuple[ActionOutline, FileProgress]]
Completions = dict[int, FileCompletion]


@dataclass
class PlanFile:
    """`progress` goes with the actions of the outline, one each; `titles` are those of its columns, by key.

    `said` goes with the parts of the outline, one each; `unplaced` are the rows of what has no place in it. A file that
    is `partial` removes nothing, and its empty cells say nothing. `left_out` are the rows that say nothing of the
    plan, with why.
    """

    outline: Outline
    progress: list[FileProgress]
    titles: dict[str, str]
    refusals: list[Refusal] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    sheet: str = ""
    guesses: list[Guess] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    unplaced: list[int] = field(default_factory=list)
    is_partial: bool = False
    left_out: list[Refusal] = field(default_factory=list)

    def actions(self) -> Pairs:
        return list(zip(self.outline.actions(), self.progress, strict=True))

    def get_completions(self) -> Completions:
        """Return how the milestones were reached that the file says so of, by their identity."""
        pairs = ((action.milestones, claim.completions) for action, claim in self.actions())
        found = (pair for milestones, ones in pairs for pair in zip(milestones, ones, strict=True))
        return {id(milestone): one for milestone, one in found if one}
