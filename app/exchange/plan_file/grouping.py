"""From rows to the tree of a plan: an orientation, an objective or an action goes on until another one is named."""
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
class FilePart:
    """An orientation, objective or action of the file: its cells by key, each with its row, and the parts in it.

    `rows` are those of what an action has several of (`ROW_PARTS`).
    """

    level: str
    row: int
    cells: dict[str, tuple[Any, int]] = field(default_factory=dict)
    parts: list["FilePart"] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def fold(self, field: str) -> str:
        """Return what a field says, without accents and capitals."""
        return _fold(self.cells.get(f"{self.level}.{field}", ("", 0))[0])

    def inner(self, level: str, row: Row) -> "FilePart":
        """Return the part that a row names, one that is there or a new one: by its code, else by its title."""
        code, title = (_fold(row.cells.get(f"{level}.{field}", "")) for field in ("code", "title"))
        for part in self.parts:
            if code and part.fold("code"):
                is_same = code == part.fold("code")
            else:
                is_same = title != "" and title == part.fold("title")
            if is_same:
                return part
        self.parts.append(FilePart(level, row.number))
        return self.parts[-1]


def _fold(value: Any) -> str:
    return fold(show(value))


def group(sheet: Sheet) -> list[FilePart]:
    """Return the orientations of a sheet, with all that they hold."""
    trail = [FilePart("plan", 0)]
    for row in sheet.rows():
        trail = _follow(row, trail)
        _attach(sheet, row, trail)
    return trail[0].parts


def _follow(row: Row, trail: list[FilePart]) -> list[FilePart]:
    """Return the orientation, the objective and the action in which a row stands, as far as they are known."""
    for depth, level in enumerate(LEVELS, 1):
        if f"{level}.title" in row.cells or f"{level}.code" in row.cells:
            if len(trail) < depth:
                return trail
            part = trail[depth - 1].inner(level, row)
            if len(trail) == depth or part is not trail[depth]:
                trail = [*trail[:depth], part]
    return trail


def _attach(sheet: Sheet, row: Row, trail: list[FilePart]) -> None:
    """Give the cells of a row to the parts that they speak of."""
    for depth, kind in enumerate((*LEVELS, *ROW_PARTS), 1):
        if not row.has(kind):
            continue
        if len(trail) <= min(depth, len(LEVELS)):
            missing = LEVELS[len(trail) - 1]
            sheet.refuse(row.number, f"{missing}.title", "", ORPHANS[missing])
            return
        if kind in LEVELS:
            _absorb(sheet, row, trail[depth])
        elif row not in trail[-1].rows[-1:]:
            trail[-1].rows.append(row)


def _absorb(sheet: Sheet, row: Row, part: FilePart) -> None:
    for key, value in row.cells.items():
        if not key.startswith(f"{part.level}."):
            continue
        former, number = part.cells.setdefault(key, (value, row.number))
        if _fold(former) != _fold(value):
            sheet.refuse(row.number, key, value, CONTRADICTS, row=number)
