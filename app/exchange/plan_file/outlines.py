"""A plan whose three levels stand in one column: by the numbers of their titles, the words before these, or by indents.

The table is unfolded: what is an orientation or an objective moves to a column of its own, after all the others. So
each row keeps its number, and what is said beside an action stays where it is.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.exchange.plan_file import headings, tables
from app.exchange.plan_file.columns import BY_KEY, LEVELS
from app.exchange.plan_file.tables import Table

_NUMBER = re.compile(r"\s*(?:[^\W\d_]{3,20}\s+)?(?:(\d{1,3})\s?[.):](?!\d)|(\d{1,3}(?:\.\d{1,3}){1,3})\b)")
_NO_NUMBER = 9
_NAMED = re.compile(r"\s*([^\W\d_]{3,20}(?:\s[^\W\d_]{3,20})?)\s+(?:\d|[IVX]+\b)")
_BULLET = "-–•*· \t\u00a0"
TITLES = tuple(f"{level}.title" for level in LEVELS)


def unfold(table: Table, chosen: Mapping[str, str]) -> Table:
    """Return a table with a column for each level, where it has them all in one; else the table as it is."""
    if table.head(chosen) is not None:
        return table
    for place, row in enumerate(table.rows[: tables.HEAD_WITHIN]):
        columns = headings.match_columns(row, chosen)
        titled = [number for number, column in columns.items() if column.key in TITLES]
        if len(titled) == 1 and len(columns) > 1:
            depths = _find_depths(table.rows[place + 1 :], titled[0])
            return _move(table, place, titled[0], depths) if depths else table
    return table


def _find_depths(rows: Sequence[Sequence[Any]], column: int) -> dict[int, int]:
    """Return the depth of each row (0, 1, 2), by its place after the head; nothing where the rows are no outline."""
    texts = {n: str(row[column]) for n, row in enumerate(rows) if column < len(row) and tables.is_filled(row[column])}
    for read in (_by_number, _by_word, _by_indent):
        ranks = {n: read(text) for n, text in texts.items()}
        levels = sorted(set(ranks.values()))
        # A title without a number is that of an action, below two levels that have them.
        is_outline = len(levels) in (2, 3) and ranks[min(ranks)] == levels[0] and levels[1] < _NO_NUMBER
        if is_outline:
            depths = dict(zip(levels, (0, 1, 2) if len(levels) == 3 else (0, 2), strict=True))
            return {n: depths[rank] for n, rank in ranks.items()}
    return {}


def _by_number(text: str) -> int:
    """Return how many parts more than one the number of a title has."""
    found = _NUMBER.match(text)
    return (found[1] or found[2]).count(".") if found else _NO_NUMBER


def _by_word(text: str) -> int:
    """Return the level that the word before a number names; a title without any is that of an action."""
    named = _NAMED.match(text)
    column = headings.match_columns([named[1]]).get(0) if named else None
    return LEVELS.index(column.part) if column and column.key in TITLES else 2


def _by_indent(text: str) -> int:
    return len(text) - len(text.lstrip(_BULLET))


def _move(table: Table, head: int, column: int, depths: Mapping[int, int]) -> Table:
    """Move the titles of orientations and objectives to columns that come after the last."""
    width = max(map(len, table.rows))
    rows = [[*row, *[""] * (width + 2 - len(row))] for row in table.rows]
    rows[head][column] = BY_KEY["action.title"].fr
    rows[head][width:] = [BY_KEY[key].fr for key in TITLES[:2]]
    for place, depth in depths.items():
        row = rows[head + 1 + place]
        title = str(row[column]).strip(_BULLET)
        row[column] = ""
        row[column if depth == 2 else width + depth] = title
    return replace(table, rows=rows)
