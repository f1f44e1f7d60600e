"""A file that somebody made for themselves, and what must come in of it, cell by cell."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from app.exchange.plan_file import reading
from app.exchange.plan_file.answers import Answers
from app.exchange.plan_file.contents import FileProgress, PlanFile
from app.plan.outline import ActionOutline
from tests.support.sheets import FRAME, table

Cells = dict[str, Any]
"""What is expected of an action, by the name of the field."""


@dataclass(frozen=True)
class VolunteerFile:
    """A file: its name, its bytes, at most three answers of the person who sends it, and what must come in.

    `actions` are in the order of the plan, each by « orientation > objective > action » with what its cells say; a
    field that is not named there is not looked at. `guesses` are values that must be marked in the preview; `refusals`
    are the rows and columns of what is refused, and nothing else is.
    """

    name: str
    write: Callable[[], bytes]
    actions: dict[str, Cells]
    answers: Answers = field(default_factory=Answers)
    guesses: frozenset[str] = frozenset()
    refusals: frozenset[tuple[int, str]] = frozenset()

    @property
    def answers_count(self) -> int:
        given = self.answers
        return len(given.headings) + len(given.names) + bool(given.proof) + (getattr(given, "head", None) is not None)


def lines(text: str) -> list[list[str]]:
    """Return the rows of a table that is written with bars between its cells, as many in each."""
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def read(one: VolunteerFile) -> PlanFile:
    """Read a file as the site does, with what its sender answered."""
    return reading.parse(table(one.write(), one.name), FRAME, one.answers)


def describe(file: PlanFile) -> dict[str, Cells]:
    """Return what came in of a file, as `VolunteerFile.actions` says it."""
    paths = [
        " > ".join((orientation.title, objective.title, action.title))
        for orientation in file.outline.orientations
        for objective in orientation.objectives
        for action in objective.actions
    ]
    return {path: _describe(*pair) for path, pair in zip(paths, file.actions(), strict=True)}


def narrow(found: dict[str, Cells], expected: dict[str, Cells]) -> dict[str, Cells]:
    """Leave out the fields of which nothing is expected."""
    return {
        path: {name: value for name, value in cells.items() if name in expected.get(path, cells)}
        for path, cells in found.items()
    }


def _describe(action: ActionOutline, progress: FileProgress) -> Cells:
    said = {
        "milestones": [" ".join(filter(None, (one.title, one.due_on))) for one in action.milestones],
        "reached": [one.on for one in progress.completions if one],
        "funding": [f"{one.source} {one.amount} {one.first_year}-{one.last_year}" for one in action.funding],
        "indicators": [f"{one.name}: {one.baseline:g} > {one.target:g} {one.unit}" for one in action.indicators],
        "documents": [f"{one.title} {one.url}" for one in action.documents],
        "state": progress.state,
        "progress": progress.progress,
    }
    return {name: getattr(action, name) for name in ActionOutline.__dataclass_fields__} | said
