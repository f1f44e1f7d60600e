"""The rows of a file of which something is refused, as a file of those alone, to be mended and brought in again."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from app.core.text.plain import fold
from app.exchange.plan_file import cells, figures
from app.exchange.plan_file.answers import Answers
from app.exchange.plan_file.columns import LEVELS
from app.exchange.plan_file.rows import Fault, Row, Sheet
from app.exchange.plan_file.tables import Table


def list_refused_rows(
    table: Table, answers: Answers, reasons: Mapping[int, Collection[str]], *, heading: str
) -> Iterator[list[str]]:
    """Yield the titles of the columns that are read, then the rows that have reasons, each saying where it stands.

    The last column, under `heading`, is why.
    """
    sheet = Sheet(table, answers)
    yield [*sheet.titles.values(), heading]
    place: dict[str, Any] = {}
    for row in sheet.rows():
        place = _follow(place, row)
        if row.number in reasons:
            said = place | row.cells
            yield [*(_write(said.get(key, "")) for key in sheet.titles), " ".join(reasons[row.number])]


def _follow(place: dict[str, Any], row: Row) -> dict[str, Any]:
    """Return the codes and the titles of the orientation, the objective and the action in which a row stands."""
    for depth, level in enumerate(LEVELS):
        named = {key: row.cells[key] for key in (f"{level}.code", f"{level}.title") if key in row.cells}
        if any(fold(_write(place.get(key, ""))) != fold(_write(value)) for key, value in named.items()):
            place = {key: value for key, value in place.items() if key.partition(".")[0] in LEVELS[:depth]}
        place = place | named
    return place


def _write(value: Any) -> str:
    if isinstance(value, Fault):
        return ""
    return figures.format_number(value) if isinstance(value, int | float) else cells.to_text(value)
