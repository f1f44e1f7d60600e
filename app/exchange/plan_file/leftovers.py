"""The rows of a table that say nothing of the plan: titles of columns said again, totals, doubles, notes below."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from app.core.errors import N_
from app.core.text.plain import fold, sort_key
from app.exchange.plan_file.cells import to_text
from app.exchange.plan_file.columns import ROW_PARTS, Column

TITLES_AGAIN = N_("Cette ligne répète les titres : elle n'est pas lue.")
TOTAL = N_("Cette ligne est un total : elle n'est pas lue.")
DOUBLE = N_("Cette ligne dit ce que dit la ligne %(row)s : elle n'est pas lue.")
NOTE = N_("Cette ligne est une note sous le tableau : elle n'est pas lue.")
_TOTAL = re.compile(r"(?:grand |sous |sub)?tota(?:l|ux)\b|soustotal\b|somme\b|sum\b")
_FIGURE = re.compile(r"[\s\d.,$%()kKM–-]{1,40}\Z")
_NOTE = re.compile(r"(?:\*|\(?\d\)|note|source|legende|n\.? ?b\b|legend|mise a jour|derniere|last update)")
_LONG = 60
Line = dict[int, Any]
Found = dict[int, tuple[str, dict[str, Any]]]


def find_leftovers(
    lines: Mapping[int, Line], above: Sequence[Line], columns: Mapping[int, Column], *, first: int
) -> Found:
    """Return the lines that are left out, by place, with the message that says why and its values.

    `lines` are the filled cells of each row below the titles, `above` those of the titles and what is over them;
    `first` is the place of the first row.
    """
    said = [_fold(line) for line in above if line]
    found: Found = {place: (TITLES_AGAIN, {}) for place, line in lines.items() if line and _fold(line) in said}
    found |= {place: (TOTAL, {}) for place, line in lines.items() if _is_total(line, columns)}
    found |= {place: (NOTE, {}) for place in _notes(lines, first)}
    return found | (_doubles(lines) if _counts_doubles(columns) else {})


def _fold(line: Line) -> dict[int, str]:
    return {column: fold(to_text(value)).strip() for column, value in line.items()}


def _is_total(line: Line, columns: Mapping[int, Column]) -> bool:
    """Tell whether a line begins with the word of a sum, and says figures after it."""
    if not line:
        return False
    (place, value), *others = sorted(line.items())
    text = sort_key(to_text(value)[:_LONG])
    if not _TOTAL.match(text) or (place in columns and columns[place].part in ROW_PARTS):
        return False
    figures = all(_FIGURE.match(to_text(other)) for _place, other in others)
    return figures and bool(others or len(text.split()) <= len(("total", "general", "plan")))


def _notes(lines: Mapping[int, Line], first: int) -> list[int]:
    """Return the lone texts at the end, below an empty row: long ones, or those that begin as a note does."""
    tail = []
    for place in sorted(lines, reverse=True):
        if len(lines[place]) > 1:
            break
        tail.append(place)
    empty = min((place for place in tail if not lines[place]), default=None)
    texts = {place: to_text(next(iter(lines[place].values()))) for place in tail if lines[place]}
    return [
        place
        for place, text in texts.items()
        if empty is not None and place > max(empty, first) and (len(text) > _LONG or _NOTE.match(fold(text)))
    ]


def _counts_doubles(columns: Mapping[int, Column]) -> bool:
    """Tell whether a line that stands twice is a mistake: where actions have codes, two milestones may be alike."""
    return "action.code" not in {column.key for column in columns.values()}


def _doubles(lines: Mapping[int, Line]) -> Found:
    """Return the lines that say the same in all their cells as one before, of those with more than two."""
    first: dict[tuple[tuple[int, str], ...], int] = {}
    found: Found = {}
    for place, line in sorted(lines.items()):
        key = tuple(_fold(line).items())
        if len(key) > len(("orientation", "action")) and first.setdefault(key, place) != place:
            found[place] = (DOUBLE, {"row": first[key] + 1})
    return found
