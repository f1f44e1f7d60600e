"""From rows to the tree of a plan: an orientation, an objective or an action goes on until another one is named."""

from dataclasses import dataclass, field
from typing import Any

from app.core.errors import N_
from app.core.text.plain import fold
from app.exchange.plan_file.cells import to_text
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

    `rows` are those of what an action has several of (`ROW_PARTS`); `place` is its own among the parts beside it.
    """

    level: str
    row: int
    cells: dict[str, tuple[Any, int]] = field(default_factory=dict)
    parts: list["FilePart"] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    place: int = 0
    by_code: dict[str, "FilePart"] = field(default_factory=dict)
    by_title: dict[str, dict[int, "FilePart"]] = field(default_factory=dict)
    folded: dict[str, str] = field(default_factory=dict)

    def fold(self, field: str) -> str:
        """Return what a field says, without accents and capitals."""
        key = f"{self.level}.{field}"
        if key in self.cells and key not in self.folded:
            self.folded[key] = _fold(self.cells[key][0])
        return self.folded.get(key, "")

    def inner(self, level: str, row: Row) -> "FilePart":
        """Return the part that a row names, one that is there or a new one: by its code, else by its title."""
        code, title = (_fold(row.cells.get(f"{level}.{field}", "")) for field in ("code", "title"))
        same = [part for part in self.by_title.get(title, {}).values() if not (code and part.fold("code"))][:1]
        same += [self.by_code[code]] if code in self.by_code else []
        if same:
            return min(same, key=lambda part: part.place)
        self.parts.append(FilePart(level, row.number, place=len(self.parts)))
        return self.parts[-1]

    def note(self, part: "FilePart") -> None:
        """Let `inner` find a part of this one by the code and the title that its rows gave so far."""
        if part.fold("code"):
            self.by_code.setdefault(part.fold("code"), part)
        if part.fold("title"):
            self.by_title.setdefault(part.fold("title"), {})[part.place] = part


def _fold(value: Any) -> str:
    return fold(to_text(value))


def group_rows(sheet: Sheet) -> list[FilePart]:
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
            trail[depth - 1].note(trail[depth])
        elif row not in trail[-1].rows[-1:]:
            trail[-1].rows.append(row)


def _absorb(sheet: Sheet, row: Row, part: FilePart) -> None:
    for key, value in row.cells.items():
        if not key.startswith(f"{part.level}."):
            continue
        former, number = part.cells.setdefault(key, (value, row.number))
        if former is not value and _fold(former) != _fold(value):
            sheet.refuse(row.number, key, value, CONTRADICTS, row=number)
