"""What a file holds once it was read, as plain values: the plan, how far its actions are, and what was refused."""

from dataclasses import asdict, dataclass, field
from typing import Any

from app.exchange.plan_file.rows import Refusal
from app.plan import outline as outlines
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
    """`progress` goes with the actions of the outline, one each; `titles` are those of its columns, by key."""

    outline: Outline
    progress: list[FileProgress]
    titles: dict[str, str]
    refusals: list[Refusal] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    sheet: str = ""

    def actions(self) -> Pairs:
        return list(zip(self.outline.actions(), self.progress, strict=True))

    def dump(self) -> dict[str, Any]:
        """Return all of it as JSON holds it."""
        return asdict(self)


def load_plan_file(data: dict[str, Any]) -> PlanFile:
    """Return a file that was kept as JSON."""
    progress = [
        FileProgress(
            **one | {"completions": [completion and FileCompletion(**completion) for completion in one["completions"]]}
        )
        for one in data["progress"]
    ]
    refusals = [Refusal(**one) for one in data["refusals"]]
    return PlanFile(
        outlines.load_outline(data["outline"]), progress, data["titles"], refusals, data["unknown"], data["sheet"]
    )
