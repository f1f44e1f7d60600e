"""From the titles of columns to what the columns hold: by their names, else by their words, in both languages.

Accents, capitals, signs, plurals, the order of the words, and words that say nothing more (« prévu », « (en $) »)
make no difference. Of two titles that say one thing the nearer is read; the other is not, and says which one it is
like.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.text.plain import sort_key
from app.exchange.plan_file.columns import BY_KEY, COLUMNS, NEEDED, Column

# What says nothing of what a column holds, beside other words.
LOOSE = frozenset(
    [
        *("a", "au", "aux", "avec", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "ou", "par", "pour"),
        *("and", "by", "for", "in", "of", "on", "or", "the", "to"),
        *("prevu", "prevue", "prevision", "estime", "estimee", "approximatif", "envisage", "propose", "vise", "visee"),
        *("planned", "estimated", "expected", "proposed", "total", "totale", "plan", "principal", "principale", "main"),
        *("action", "actions", "s", "dollar", "cad", "realiser", "mettre", "oeuvre"),
    ]
)
_ASIDE = re.compile(r"[(\[][^)\]]{0,80}[)\]]")
_LINES = 3
"""A title is read no further than so many lines: what follows explains it."""
Found = tuple[int, Column]


@dataclass(frozen=True)
class Unread:
    """A column that is not read: its place from 0, its title, and that of the column that says the same, if any."""

    place: int
    title: str
    like: str = ""


def normalise(heading: Any) -> str:
    """Return a heading without accents, capitals, signs and the marks of plurals."""
    text = str(heading).replace("%", " pourcent ").replace("n°", "no").replace("N°", "no").replace("#", " no ")
    return " ".join(word.rstrip("s") if len(word) > 3 else word for word in sort_key(text[:400]).split())


def _reduce(heading: Any) -> frozenset[str]:
    """Return the words of a heading that say what it holds."""
    text = _ASIDE.sub(" ", "\n".join(str(heading)[:400].splitlines()[:_LINES]))
    words = frozenset(normalise(text).split())
    return (words - LOOSE) or (words & {"action"}) or words


BY_NAME = {normalise(name): column for column in COLUMNS for name in (column.fr, column.en, *column.others)}
BY_WORDS = {_reduce(name): BY_NAME[name] for name in reversed(BY_NAME)}


def match_columns(headings: Sequence[Any], chosen: Mapping[str, str] | None = None) -> dict[int, Column]:
    """Return the columns that these headings name, each once, by place; others are left out.

    `chosen` says what a person reads a heading as, by its normal form: the key of a column, or "" for none.
    """
    found = sorted((-_rank(heading, chosen or {})[0], place) for place, heading in enumerate(headings))
    columns: dict[int, Column] = {}
    for _rank_of, place in found:
        column = _rank(headings[place], chosen or {})[1]
        if column is not None and column not in columns.values():
            columns[place] = column
    return _without_milestones(_with_actions(dict(sorted(columns.items())), headings))


def _rank(heading: Any, chosen: Mapping[str, str]) -> tuple[int, Column | None]:
    """Return how surely a heading names a column (3: a person says so), and the column."""
    name = normalise(heading)
    if not name:
        return 0, None
    if name in chosen:
        return 3, BY_KEY.get(chosen[name])
    if name in BY_NAME:
        return 2, BY_NAME[name]
    return 1, BY_WORDS.get(_reduce(heading))


def _with_actions(columns: dict[int, Column], headings: Sequence[Any]) -> dict[int, Column]:
    """Read « Action (description) » as the title of the action, where no other column has it."""
    if any(column.key == "action.title" for column in columns.values()):
        return columns
    title = BY_KEY["action.title"]
    return {
        place: title if column.key == "action.body" and _reduce(headings[place]) == {"action"} else column
        for place, column in columns.items()
    }


def _without_milestones(columns: dict[int, Column]) -> dict[int, Column]:
    """Read the day of what has no milestones as the end of the action."""
    keys = {column.key for column in columns.values()}
    if "milestone.title" in keys or "milestone.due_on" not in keys or "action.ends_on" in keys:
        return columns
    end = BY_KEY["action.ends_on"]
    return {place: end if column.key == "milestone.due_on" else column for place, column in columns.items()}


def list_unread(headings: Sequence[Any], columns: Mapping[int, Column], chosen: Mapping[str, str]) -> list[Unread]:
    """Return the columns that are not read, without those that have no title."""
    titles = {column.key: str(headings[place]).strip() for place, column in columns.items()}
    found = []
    for place, heading in enumerate(headings):
        if place not in columns and normalise(heading):
            column = _rank(heading, chosen)[1]
            found.append(Unread(place, str(heading).strip(), titles.get(column.key, "") if column else ""))
    return found


def is_head(columns: Mapping[int, Column]) -> bool:
    """Tell whether a row with these columns is the one that names them: an action, and what it stands in."""
    keys = {column.key for column in columns.values()}
    return keys >= set(NEEDED) or keys >= {"objective.title", "action.title"}
