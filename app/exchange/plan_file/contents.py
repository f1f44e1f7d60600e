"""What a file holds once it was read, as plain values: the plan, how far its actions are, and what was refused."""
from dataclasses import asdict, dataclass, field
from typing import Any

from app.exchange.plan_file.rows import Refusal
from app.plan import outline as outlines
from app.plan.outline import ActionOutline, Outline


@dataclass
class Reached:
    """That a milestone was reached: the day (ISO), what proves it and, perhaps, a link."""

    on: str
    proof: str
    url: str = ""


@dataclass
class Facts:
    """How far the file says that an action is ("" and None: it does not say); `reached` goes with its milestones."""

    row: int
    state: str = ""
    progress: int | None = None
    reached: list[Reached | None] = field(default_factory=list)


@dataclass
class PlanFile:
    """`facts` go with the actions of the outline, one each; `titles` are those of the columns of the file, by key."""

    outline: Outline
    facts: list[Facts]
    titles: dict[str, str]
    refusals: list[Refusal] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    sheet: str = ""

    def actions(self) -> list[tuple[ActionOutline, Facts]]:
        return list(zip(self.outline.actions(), self.facts, strict=True))

    def dump(self) -> dict[str, Any]:
        """Return all of it as JSON holds it."""
        return asdict(self)


def read(data: dict[str, Any]) -> PlanFile:
    """Return a file that was kept as JSON."""
    facts = [Facts(**one | {"reached": [reached and Reached(**reached) for reached in one["reached"]]})
             for one in data["facts"]]
    refusals = [Refusal(**one) for one in data["refusals"]]
    return PlanFile(outlines.read(data["outline"]), facts, data["titles"], refusals, data["unknown"], data["sheet"])
