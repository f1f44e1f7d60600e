"""From lines to the tree of a plan: an orientation, an objective or an action goes on until another one is named."""
from dataclasses import dataclass, field
from typing import Any

from app.core.errors import N_
from app.core.text.plain import fold
from app.exchange.plan_file.cells import show
from app.exchange.plan_file.columns import LEVELS, ROW_PARTS
from app.exchange.plan_file.rows import Row, Sheet

NO_ORIENTATION = N_("De quelle orientation s'agit-il? Cette ligne ne le dit pas, ni celles au-dessus.")
NO_OBJECTIVE = N_("De quel objectif s'agit-il? Cette ligne ne le dit pas, ni celles au-dessus.")
NO_ACTION = N_("De quelle action s'agit-il? Cette ligne ne le dit pas, ni celles au-dessus.")
CONTRADICTS = N_("La ligne %(row)s dit autre chose. Laissez la case vide pour dire « comme au-dessus ».")
ORPHANS = {"orientation": NO_ORIENTATION, "objective": NO_OBJECTIVE, "action": NO_ACTION}


@dataclass
class Group:
    """A part of the plan as the file has it: the cells that speak of it, each with its row, and what it holds."""

    part: str
    row: int
    cells: dict[str, tuple[Any, int]] = field(default_factory=dict)
    groups: list["Group"] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def named(self, field: str) -> str:
        return _said(self.cells.get(f"{self.part}.{field}", ("", 0))[0])

    def inner(self, part: str, row: Row) -> "Group":
        """Return the part that a line names, one that is there or a new one: by its code, else by its title."""
        code, title = (_said(row.cells.get(f"{part}.{field}", "")) for field in ("code", "title"))
        for group in self.groups:
            if code == group.named("code") if code and group.named("code") else title and title == group.named("title"):
                return group
        self.groups.append(Group(part, row.number))
        return self.groups[-1]


def _said(value: Any) -> str:
    return fold(show(value))


def group(sheet: Sheet) -> list[Group]:
    """Return the orientations of a sheet, with all that they hold."""
    trail = [Group("plan", 0)]
    for row in sheet.rows():
        trail = _follow(sheet, row, trail)
        _attach(sheet, row, trail)
    return trail[0].groups


def _follow(sheet: Sheet, row: Row, trail: list[Group]) -> list[Group]:
    """Return the orientation, the objective and the action in which a line stands, as far as they are known."""
    for depth, part in enumerate(LEVELS, 1):
        if f"{part}.title" in row.cells or f"{part}.code" in row.cells:
            if len(trail) < depth:
                return trail
            found = trail[depth - 1].inner(part, row)
            if len(trail) == depth or found is not trail[depth]:
                trail = [*trail[:depth], found]
    return trail


def _attach(sheet: Sheet, row: Row, trail: list[Group]) -> None:
    """Give the cells of a line to the parts that they speak of."""
    for depth, part in enumerate((*LEVELS, *ROW_PARTS), 1):
        level = min(depth, len(LEVELS))
        if not row.has(part):
            continue
        if len(trail) <= level:
            missing = LEVELS[len(trail) - 1]
            sheet.refuse(row.number, f"{missing}.title", "", ORPHANS[missing])
            return
        if depth <= len(LEVELS):
            _absorb(sheet, row, trail[depth])
        elif row not in trail[-1].rows[-1:]:
            trail[-1].rows.append(row)


def _absorb(sheet: Sheet, row: Row, group: Group) -> None:
    for key, value in row.cells.items():
        if not key.startswith(f"{group.part}."):
            continue
        former, number = group.cells.setdefault(key, (value, row.number))
        if _said(former) != _said(value):
            sheet.refuse(row.number, key, value, CONTRADICTS, row=number)
