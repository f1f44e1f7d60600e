"""A table as a spreadsheet holds it, whatever the file that it came in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from app.core.errors import N_, Invalid
from app.exchange.plan_file import headings

MOST_BYTES, MOST_ROWS, MOST_COLUMNS, HEAD_WITHIN = 900_000, 3_000, 120, 30
MOST_CHARACTERS = 4_000_000
"""How long the texts of all cells may be together: each counts wherever it stands, or a merged cell fills it in."""
UNREADABLE = N_(
    "Ce fichier ne peut pas être lu comme un classeur (.xlsx ou .ods) ou un fichier CSV. Ouvrez-le dans "
    "votre tableur, enregistrez-le de nouveau dans un de ces formats, puis réessayez."
)
TOO_LARGE = N_(
    "Ce fichier est trop grand : au plus %(rows)s lignes, %(columns)s colonnes, %(kilobytes)s Ko et "
    "%(millions)s millions de caractères en tout."
)
NO_HEAD = N_(
    "Aucune ligne de titres n'a été trouvée. Une colonne « Action » et une colonne « Orientation » ou « Objectif » "
    "sont nécessaires, dans une des %(rows)s premières lignes."
)

Range = tuple[int, int, int, int]


@dataclass
class Table:
    """Rows of cells as they stand, the empty ones too: the first row of the sheet is number 1.

    `merged` are ranges (row, column, last row, last column), from 0. `faults` are the cells that hold a formula without
    a value, with the message id that says so.
    """

    rows: list[list[Any]]
    sheet: str = ""
    merged: Sequence[Range] = ()
    faults: dict[tuple[int, int], str] = field(default_factory=dict)

    def head(self, chosen: Mapping[str, str] | None = None, said: int | None = None) -> int | None:
        """Return the place of the row that names the columns (`headings.match_columns`), or None.

        `said` is the one that a person says it is: no other is looked for then.
        """
        places = range(min(len(self.rows), HEAD_WITHIN)) if said is None else [said] * (said < len(self.rows))
        return next((n for n in places if headings.is_head(headings.match_columns(self.rows[n], chosen))), None)


def propose_head(table: Table) -> int | None:
    """Return the place of the row that names the most columns, of the first ones; None where no row names any."""
    counts = {place: len(headings.match_columns(row)) for place, row in enumerate(table.rows[:HEAD_WITHIN])}
    best = max(counts, key=lambda place: counts[place], default=None)
    return best if best is not None and counts[best] else None


def dump_table(table: Table) -> dict[str, Any]:
    """Return a table as JSON holds it."""
    return {
        "rows": [list(map(_dump_cell, row)) for row in table.rows],
        "sheet": table.sheet,
        "merged": table.merged,
        "faults": [[*place, message] for place, message in table.faults.items()],
    }


def _dump_cell(value: Any) -> Any:
    """Return a text, a number or a truth as it is, a day as an object that says it, and the text of what else."""
    if isinstance(value, date):
        return {"day": (value.date() if isinstance(value, datetime) else value).isoformat()}
    return value if isinstance(value, str | int | float) else str(value)


def load_table(content: dict[str, Any]) -> Table:
    """Return a table that JSON held."""
    rows = [
        [date.fromisoformat(cell["day"]) if isinstance(cell, dict) else cell for cell in row] for row in content["rows"]
    ]
    faults = {(row, column): message for row, column, message in content["faults"]}
    return Table(rows, content["sheet"], [tuple(one) for one in content["merged"]], faults)


def too_large() -> Invalid:
    return Invalid(
        TOO_LARGE,
        "file",
        rows=MOST_ROWS,
        columns=MOST_COLUMNS,
        kilobytes=MOST_BYTES // 1000,
        millions=MOST_CHARACTERS // 1_000_000,
    )


def check_size(rows: list[list[Any]]) -> None:
    """Raise Invalid for more rows or columns than are read; the empty ones at the end do not count, and are cut off."""
    while rows and not any(map(is_filled, rows[-1])):
        rows.pop()
    if len(rows) > MOST_ROWS or any(is_filled(cell) for row in rows for cell in row[MOST_COLUMNS:]):
        raise too_large()
    for row in rows:
        del row[MOST_COLUMNS:]


def check_merged(rows: list[list[Any]], merged: Iterable[Range]) -> list[Range]:
    """Return the merged ranges within a table. Raise Invalid for more than there is room for, or too much in them."""
    found = [
        (row, column, min(last, MOST_ROWS - 1), last_column)
        for row, column, last, last_column in merged
        if row < len(rows) and column < MOST_COLUMNS
    ]
    heights = sum(last - row + 1 for row, _column, last, _last_column in found)
    length = sum(
        (last - row) * len(str(rows[row][column]))
        for row, column, last, _last_column in found
        if column < len(rows[row])
    )
    if heights > MOST_ROWS * MOST_COLUMNS or length > MOST_CHARACTERS:
        raise too_large()
    return found


def is_filled(cell: Any) -> bool:
    return cell is not None and str(cell).strip() != ""
