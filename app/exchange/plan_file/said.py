"""What a file says of each part of its plan, and which of its rows have no place in it."""

from collections.abc import Iterable, Iterator

from app.core.text.plain import fold
from app.exchange.plan_file.cells import to_text
from app.exchange.plan_file.columns import LEVELS
from app.exchange.plan_file.contents import Said
from app.exchange.plan_file.grouping import CONTRADICTS, ORPHANS, FilePart
from app.exchange.plan_file.rows import Refusal, Row, Sheet

TITLES = [f"{level}.title" for level in LEVELS]
NAMES = {"milestone": "milestone.title", "indicator": "indicator.name"}


def list_said(sheet: Sheet, parts: Iterable[FilePart]) -> Iterator[Said]:
    """Yield what a file says of each part, once its cells were read, in the order of `Outline.parts`."""
    for part in parts:
        yield _describe(sheet, part)
        yield from list_said(sheet, part.parts)


def _describe(sheet: Sheet, part: FilePart) -> Said:
    said = Said(part.row)
    cells = [(row, key) for key, (_value, row) in part.cells.items()]
    cells += [(row.number, key) for row in part.rows for key in row.cells if key.startswith(("funding.", "document."))]
    for number, key in cells:
        (said.refused if sheet.is_refused(number, key) else said.keys).add(key)
    for row in part.rows:
        for kind in NAMES:
            said.inner |= dict(_list_inner(sheet, row, kind))
    return said


def _list_inner(sheet: Sheet, row: Row, kind: str) -> Iterator[tuple[tuple[str, str], bool]]:
    """Yield what a row says of a milestone or an indicator that it names."""
    name = fold(to_text(row.cells.get(NAMES[kind], "")))
    for key in row.cells:
        if name and key.startswith(f"{kind}."):
            yield (key, name), not sheet.is_refused(row.number, key)


def list_unplaced(sheet: Sheet) -> list[int]:
    """Return the rows that say something of no part, in two ways which part it is, or of one without a name."""
    return sorted({one.row for one in sheet.refusals if _has_no_place(one)})


def _has_no_place(refusal: Refusal) -> bool:
    is_another = refusal.message == CONTRADICTS and refusal.key in TITLES
    return is_another or refusal.message in ORPHANS.values() or refusal.key in NAMES.values()
