"""From the parts of a file to an outline: each cell is read by what its column holds, or refused in words."""

from collections.abc import Callable
from typing import Any

from app.core.errors import N_
from app.core.text.plain import fold
from app.exchange.plan_file import action_parts, axes, cells, figures
from app.exchange.plan_file.cells import CellError
from app.exchange.plan_file.contents import FileProgress
from app.exchange.plan_file.grouping import FilePart
from app.exchange.plan_file.rows import Sheet
from app.plan.outline import ActionOutline, MilestoneOutline, ObjectiveOutline, OrientationOutline
from app.reference.service import ORGANISATION

NO_TITLE = N_("Il manque le titre.")
BAD_NAME = N_("Le nom d'un organisme compte de 2 à 120 caractères.")
SAME_CODE = N_("Ce code est déjà celui d'une autre partie du plan, à la ligne %(row)s.")
NOT_DONE = N_("Une action réalisée l'est en entier : corrigez l'étape ou l'avancement.")


class Parser:
    """Read the parts of one sheet; `progress` goes with the actions, in their order."""

    def __init__(self, sheet: Sheet):
        self._sheet = sheet
        self._places, self._issues, self._rooms = (
            axes.build_territory_axis(),
            axes.build_issue_axis(),
            axes.Communities(),
        )
        self._codes: dict[str, tuple[str, int]] = {}
        self.progress: list[FileProgress] = []

    def orientation(self, part: FilePart) -> OrientationOutline:
        return OrientationOutline(
            self._title(part),
            code=self._code(part),
            summary=self._take(part, "summary", cells.parse_text, ""),
            weight=self._weight(part),
            objectives=list(map(self._objective, part.parts)),
        )

    def _objective(self, part: FilePart) -> ObjectiveOutline:
        return ObjectiveOutline(
            self._title(part),
            code=self._code(part),
            weight=self._weight(part),
            actions=list(map(self._action, part.parts)),
        )

    def _action(self, part: FilePart) -> ActionOutline:
        inner = action_parts.ActionParts(self._sheet, part.rows)
        action = ActionOutline(
            self._title(part),
            code=self._code(part),
            body=self._take(part, "body", cells.parse_text, ""),
            weight=self._weight(part),
            lead=self._take(part, "lead", _organisation, ""),
            partners=self._take(part, "partners", _organisations, []),
            community=self._take(part, "community", lambda value: self._rooms.find(cells.parse_line(value)), ""),
            communities=self._several(part, "communities", self._rooms),
            territories=self._several(part, "territories", self._places),
            issues=self._several(part, "issues", self._issues),
            starts_on=self._take(part, "starts_on", figures.day_parser(figures.FIRST), ""),
            ends_on=self._take(part, "ends_on", figures.day_parser(figures.LAST), ""),
            budget=self._take(part, "budget", figures.dollars, None),
            funding=inner.funding(),
            indicators=inner.indicators(),
            documents=inner.documents(),
            milestones=inner.milestones(),
        )
        self.progress.append(self._progress(part, action.milestones, inner.completions()))
        return action

    def _progress(self, part: FilePart, milestones: list[MilestoneOutline], completions: list[Any]) -> FileProgress:
        state = self._take(part, "state", cells.parse_state, "")
        progress = self._take(part, "progress", figures.parse_progress, None)
        if progress not in (None, 100) and state == "achieved" and not milestones:
            self._refuse(part, "progress", NOT_DONE)
            progress = None
        return FileProgress(part.row, state, progress, completions)

    def _several(self, part: FilePart, field: str, axis: axes.Axis) -> list[str]:
        return self._take(part, field, lambda value: list(map(axis.find, cells.parse_list(value))), [])

    def _title(self, part: FilePart) -> str:
        title: str = self._take(part, "title", cells.parse_title, "")
        if f"{part.level}.title" not in part.cells:
            self._sheet.refuse(part.row, f"{part.level}.title", "", NO_TITLE)
        return title

    def _code(self, part: FilePart) -> str:
        """Return the code of a part, which no other part of the plan has."""
        code: str = self._take(part, "code", cells.parse_code, "")
        key = fold(code)
        first = self._codes.setdefault(key, (part.level, part.row))
        if key and first != (part.level, part.row):
            self._refuse(part, "code", SAME_CODE, row=first[1])
            return ""
        return code

    def _weight(self, part: FilePart) -> int:
        weight: int = self._take(part, "weight", figures.weight, 1)
        return weight

    def _take(self, part: FilePart, field: str, read: Callable[[Any], Any], default: Any) -> Any:
        key = f"{part.level}.{field}"
        value, row = part.cells.get(key, (None, 0))
        return self._sheet.take(row, key, value, read, default)

    def _refuse(self, part: FilePart, field: str, message: str, **values: Any) -> None:
        value, row = part.cells[f"{part.level}.{field}"]
        self._sheet.refuse(row, f"{part.level}.{field}", value, message, **values)


def _organisation(value: Any) -> str:
    name = cells.parse_line(value)
    if not ORGANISATION[0] <= len(name) <= ORGANISATION[1]:
        raise CellError(BAD_NAME)
    return name


def _organisations(value: Any) -> list[str]:
    return list(dict.fromkeys(map(_organisation, cells.parse_list(value))))
