"""A table as a spreadsheet holds it, whatever the file that it came in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.core.errors import N_, Invalid
from app.exchange.plan_file import columns as column_names
from app.exchange.plan_file.columns import Column

MOST_BYTES, MOST_ROWS, MOST_COLUMNS, HEAD_WITHIN = 900_000, 3_000, 120, 30
MOST_CHARACTERS = 4_000_000
"""How long the texts of all cells may be together: each counts wherever it stands, or a merged cell fills it in."""
UNREADABLE = N_(
    "Ce fichier ne peut pas être lu comme un classeur Excel (.xlsx) ou un fichier CSV. Ouvrez-le dans "
    "votre tableur, enregistrez-le de nouveau dans un de ces formats, puis réessayez."
)
TOO_LARGE = N_(
    "Ce fichier est trop grand : au plus %(rows)s lignes, %(columns)s colonnes, %(kilobytes)s Ko et "
    "%(millions)s millions de caractères en tout."
)
NO_HEAD = N_(
    "Aucune ligne de titres n'a été trouvée. Les colonnes « Orientation », « Objectif » et « Action » sont "
    "nécessaires, dans une des %(rows)s premières lignes."
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

    def head(self) -> int | None:
        """Return the place of the row that names the columns, or None."""
        rows = enumerate(self.rows[:HEAD_WITHIN])
        return next((place for place, row in rows if column_names.is_head(column_names.match_columns(row))), None)

    def columns(self, head: int) -> dict[int, Column]:
        return column_names.match_columns(self.rows[head])


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
