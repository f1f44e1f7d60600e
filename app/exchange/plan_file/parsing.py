"""From groups of cells to the outline of a plan: each cell is read by what its column holds, or refused in words."""
from collections.abc import Callable
from typing import Any

from app.core.errors import N_
from app.core.text.plain import fold
from app.exchange.plan_file import action_parts, axes, cells, figures
from app.exchange.plan_file.cells import CellError
from app.exchange.plan_file.contents import FileProgress
from app.exchange.plan_file.grouping import Group
from app.exchange.plan_file.rows import Sheet
from app.plan.outline import ActionOutline, MilestoneOutline, ObjectiveOutline, OrientationOutline
from app.reference.service import ORGANISATION

NO_TITLE = N_("Il manque le titre.")
BAD_NAME = N_("Le nom d'un organisme compte de 2 à 120 caractères.")
SAME_CODE = N_("Ce code est déjà celui d'une autre partie du plan, à la ligne %(row)s.")
HAS_MILESTONES = N_("L'avancement de cette action se compte par ses jalons : laissez la case vide.")
NOT_DONE = N_("Une action réalisée l'est en entier : corrigez l'état ou l'avancement.")


class Parser:
    """Read the groups of one sheet; `progress` goes with the actions, in their order."""

    def __init__(self, sheet: Sheet):
        self._sheet = sheet
        self._places, self._issues, self._rooms = axes.territories(), axes.issues(), axes.Communities()
        self._codes: dict[str, tuple[str, int]] = {}
        self.progress: list[FileProgress] = []

    def orientation(self, group: Group) -> OrientationOutline:
        return OrientationOutline(
            self._title(group), code=self._code(group), summary=self._take(group, "summary", cells.text, ""),
            weight=self._weight(group), objectives=list(map(self._objective, group.groups)))

    def _objective(self, group: Group) -> ObjectiveOutline:
        return ObjectiveOutline(self._title(group), code=self._code(group), weight=self._weight(group),
                                actions=list(map(self._action, group.groups)))

    def _action(self, group: Group) -> ActionOutline:
        parts = action_parts.ActionParts(self._sheet, group.rows)
        action = ActionOutline(
            self._title(group), code=self._code(group), body=self._take(group, "body", cells.text, ""),
            weight=self._weight(group), lead=self._take(group, "lead", _organisation, ""),
            partners=self._take(group, "partners", _organisations, []),
            community=self._take(group, "community", lambda value: self._rooms.find(cells.line(value)), ""),
            communities=self._several(group, "communities", self._rooms),
            territories=self._several(group, "territories", self._places),
            issues=self._several(group, "issues", self._issues),
            starts_on=self._take(group, "starts_on", figures.day(figures.FIRST), ""),
            ends_on=self._take(group, "ends_on", figures.day(figures.LAST), ""),
            budget=self._take(group, "budget", figures.dollars, None), funding=parts.funding(),
            indicators=parts.indicators(), documents=parts.documents(), milestones=parts.milestones())
        self.progress.append(self._progress(group, action.milestones, parts.completions()))
        return action

    def _progress(self, group: Group, milestones: list[MilestoneOutline], completions: list[Any]) -> FileProgress:
        state = self._take(group, "state", cells.state, "")
        progress = self._take(group, "progress", figures.progress, None)
        if progress is not None and milestones:
            self._refuse(group, "progress", HAS_MILESTONES)
        elif progress not in (None, 100) and state == "achieved":
            self._refuse(group, "progress", NOT_DONE)
        return FileProgress(group.row, state, progress, completions)

    def _several(self, group: Group, field: str, axis: axes.Axis) -> list[str]:
        return self._take(group, field, lambda value: list(map(axis.find, cells.listing(value))), [])

    def _title(self, group: Group) -> str:
        title: str = self._take(group, "title", cells.title, "")
        if f"{group.part}.title" not in group.cells:
            self._sheet.refuse(group.row, f"{group.part}.title", "", NO_TITLE)
        return title

    def _code(self, group: Group) -> str:
        """Return the code of a part, which no other part of the plan has."""
        code: str = self._take(group, "code", cells.code, "")
        key = fold(code)
        first = self._codes.setdefault(key, (group.part, group.row))
        if key and first != (group.part, group.row):
            self._refuse(group, "code", SAME_CODE, row=first[1])
        return code

    def _weight(self, group: Group) -> int:
        weight: int = self._take(group, "weight", figures.weight, 1)
        return weight

    def _take(self, group: Group, field: str, read: Callable[[Any], Any], default: Any) -> Any:
        """Return what a cell says; the default where it is empty, or refused."""
        value, row = group.cells.get(f"{group.part}.{field}", (None, 0))
        if value is None:
            return default
        try:
            return read(value)
        except CellError as error:
            self._sheet.refuse(row, f"{group.part}.{field}", value, error.message, **error.values)
            return default

    def _refuse(self, group: Group, field: str, message: str, **values: Any) -> None:
        value, row = group.cells[f"{group.part}.{field}"]
        self._sheet.refuse(row, f"{group.part}.{field}", value, message, **values)


def _organisation(value: Any) -> str:
    name = cells.line(value)
    if not ORGANISATION[0] <= len(name) <= ORGANISATION[1]:
        raise CellError(BAD_NAME)
    return name


def _organisations(value: Any) -> list[str]:
    return list(dict.fromkeys(map(_organisation, cells.listing(value))))
