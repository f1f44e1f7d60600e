"""From the parts of a file to an outline: each cell is read by what its column holds, or refused in words."""

from collections.abc import Callable
from typing import Any

from app.core.errors import N_
from app.core.text.plain import fold
from app.exchange.plan_file import action_parts, axes, cells, days, figures, names
from app.exchange.plan_file.contents import FileProgress
from app.exchange.plan_file.grouping import FilePart
from app.exchange.plan_file.rows import Sheet
from app.plan.outline import ActionOutline, MilestoneOutline, ObjectiveOutline, OrientationOutline

NO_TITLE = N_("Il manque le titre.")
SAME_CODE = N_("Ce code est déjà celui d'une autre partie du plan, à la ligne %(row)s.")
NOT_DONE = N_("Une action réalisée l'est en entier : corrigez l'état ou l'avancement.")


class Parser:
    """Read the parts of one sheet; `progress` goes with the actions, in their order."""

    def __init__(self, sheet: Sheet):
        self._sheet = sheet
        self._places, self._issues, self._rooms = (
            axes.build_territory_axis(sheet.choose),
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
        lead, others = self._lead(part)
        partners = self._take(part, "partners", names.parse_organisations, [])
        action = ActionOutline(
            self._title(part),
            code=self._code(part),
            body=self._take(part, "body", cells.parse_markdown, ""),
            weight=self._weight(part),
            lead=lead,
            partners=list(dict.fromkeys([*others, *partners])),
            community=self._take(part, "community", names.axis_parser(self._rooms, of_one=True), ""),
            communities=self._several(part, "communities", self._rooms),
            territories=self._several(part, "territories", self._places),
            issues=self._several(part, "issues", self._issues),
            starts_on=self._take(part, "starts_on", days.day_parser(days.FIRST, self._sheet.frame), ""),
            ends_on=self._take(part, "ends_on", days.day_parser(days.LAST, self._sheet.frame), ""),
            budget=self._take(part, "budget", figures.parse_dollars, None),
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
        found: list[str] = self._take(part, field, names.axis_parser(axis), [])
        return found

    def _lead(self, part: FilePart) -> tuple[str, list[str]]:
        """Return who leads an action, and who is named beside them."""
        found = self._take(part, "lead", names.parse_organisations, [])
        if len(found) > 1:
            self._sheet.guess(*self._cell(part, "lead"), found[0], names.FIRST_LEADS)
        return (found[0], found[1:]) if found else ("", [])

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
        row, key, value = self._cell(part, field)
        return self._sheet.take(row, key, value, read, default)

    def _cell(self, part: FilePart, field: str) -> tuple[int, str, Any]:
        """Return the row, the key and the value of a cell; None where it is empty."""
        key = f"{part.level}.{field}"
        value, row = part.cells.get(key, (None, 0))
        return row, key, value

    def _refuse(self, part: FilePart, field: str, message: str, **values: Any) -> None:
        self._sheet.refuse(*self._cell(part, field), message, **values)
