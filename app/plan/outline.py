"""A plan as it is written, imported and kept in a version: plain values, which JSON holds.

Dates are ISO texts ("" for none), places, issues and communities their codes and addresses, organisations their names:
an old version stays readable by itself. `id` is that of the row, 0 or less for what no version holds yet.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from app.core.text.plain import fold


@dataclass
class MilestoneOutline:
    title: str
    id: int = 0
    weight: int = 1
    due_on: str = ""


@dataclass
class FundingOutline:
    """Dollars from one source, for the years from the first to the last."""

    source: str
    amount: int
    first_year: int
    last_year: int


@dataclass
class IndicatorOutline:
    name: str
    id: int = 0
    unit: str = ""
    baseline: float | None = None
    target: float | None = None


@dataclass
class DocumentOutline:
    title: str
    url: str


@dataclass
class ActionOutline:
    """`community` (a slug) has the team that moderates its talk; it concerns the `communities` beside it too."""

    title: str
    id: int = 0
    code: str = ""
    body: str = ""
    weight: int = 1
    lead: str = ""
    partners: list[str] = field(default_factory=list)
    community: str = ""
    communities: list[str] = field(default_factory=list)
    territories: list[str] = field(default_factory=list)
    issues: list[str] = field(default_factory=list)
    starts_on: str = ""
    ends_on: str = ""
    budget: int | None = None
    funding: list[FundingOutline] = field(default_factory=list)
    indicators: list[IndicatorOutline] = field(default_factory=list)
    documents: list[DocumentOutline] = field(default_factory=list)
    milestones: list[MilestoneOutline] = field(default_factory=list)


@dataclass
class ObjectiveOutline:
    title: str
    id: int = 0
    code: str = ""
    weight: int = 1
    actions: list[ActionOutline] = field(default_factory=list)


@dataclass
class OrientationOutline:
    title: str
    id: int = 0
    code: str = ""
    summary: str = ""
    weight: int = 1
    objectives: list[ObjectiveOutline] = field(default_factory=list)


@dataclass
class Outline:
    title: str
    starts_on: str
    ends_on: str
    summary: str = ""
    orientations: list[OrientationOutline] = field(default_factory=list)

    def number(self) -> None:
        """Give its place as a code ("2.1.3") to whatever has none, unless another has that code already."""
        codes = {fold(part.code) for part in self.parts()}
        for one, orientation in enumerate(self.orientations, 1):
            _number(orientation, str(one), codes)
            for two, objective in enumerate(orientation.objectives, 1):
                _number(objective, f"{orientation.code}.{two}", codes)
                for three, action in enumerate(objective.actions, 1):
                    _number(action, f"{objective.code}.{three}", codes)

    def parts(self) -> Iterator[Any]:
        """Yield each orientation, objective and action, in the order of the plan."""
        for orientation in self.orientations:
            yield orientation
            for objective in orientation.objectives:
                yield objective
                yield from objective.actions

    def actions(self) -> Iterator[ActionOutline]:
        return (part for part in self.parts() if isinstance(part, ActionOutline))

    def dump(self) -> dict[str, Any]:
        """Return the plan as JSON holds it."""
        return asdict(self)


def parse_day(text: str) -> date | None:
    """Return a day of an outline; None for none."""
    return date.fromisoformat(text) if text else None


def load_outline(data: dict[str, Any]) -> Outline:
    """Return the plan of a version or a draft from its JSON."""
    orientations = [
        _with(
            OrientationOutline,
            orientation,
            objectives=[
                _with(ObjectiveOutline, objective, actions=[_read_action(action) for action in objective["actions"]])
                for objective in orientation["objectives"]
            ],
        )
        for orientation in data["orientations"]
    ]
    return _with(Outline, data, orientations=orientations)


def _read_action(data: dict[str, Any]) -> ActionOutline:
    return _with(
        ActionOutline,
        data,
        funding=[FundingOutline(**row) for row in data["funding"]],
        indicators=[IndicatorOutline(**row) for row in data["indicators"]],
        documents=[DocumentOutline(**row) for row in data["documents"]],
        milestones=[MilestoneOutline(**row) for row in data["milestones"]],
    )


def _with(kind: Any, data: dict[str, Any], **parts: Any) -> Any:
    return kind(**data | parts)


def _number(part: Any, code: str, codes: set[str]) -> None:
    if part.code:
        return
    suffix, free = 1, code
    while fold(free) in codes:
        suffix += 1
        free = f"{code}-{suffix}"
    part.code = free
    codes.add(fold(free))
