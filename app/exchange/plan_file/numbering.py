"""Titles that begin with their number: « 1.2.3 Glaner », « Axe II – Bouger », « Objectif 1.2 : Partager »."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.errors import N_
from app.core.text.plain import fold
from app.exchange.plan_file import headings
from app.exchange.plan_file.cells import to_text
from app.exchange.plan_file.columns import LEVELS

RESTARTS = N_("Ce numéro recommence ailleurs dans le fichier : il n'est pas gardé comme code.")
COUNTS = N_("Ces numéros comptent les lignes : ils ne sont pas gardés comme codes.")
UPPER_CODES = ("orientation.code", "objective.code")
_TITLES = tuple(f"{level}.title" for level in LEVELS)
_DOTTED = r"[0-9]{1,3}(?:\.[0-9]{1,3}){1,5}|[A-Z]{1,2}[-.]?[0-9]{1,3}(?:\.[0-9]{1,3}){0,4}"
_SIGN = r"(?:\.?\)|\.|\s?:|\s[–—-])\s+|\s?[–—](?=[^\W\d])"
# Words, a number, a sign and a title; each part is bounded, so that no text is tried in many ways.
_NAMED = re.compile(
    rf"([^\W\d_][^\W\d_'’]{{2,20}}(?:\s[^\W\d_'’]{{3,20}})?)\s+(?:n[°o]\.?\s?)?({_DOTTED}|[0-9]{{1,3}}|[IVX]{{1,6}}|[A-Z])"
    rf"(?:\s*\Z|{_SIGN}|\s?[-.:]\s?)(.*)",
    re.DOTALL,
)
_NUMBERED = re.compile(
    rf"(?:({_DOTTED})(?:{_SIGN}|(?:\.|-)?\s*(?=[^\W\da-zß-ÿ]|[«\"“])(?!M ?\$))"
    rf"|([0-9]{{1,3}}|[IVX]{{1,6}}|[A-H])(?:{_SIGN}))"
    r"(\S.*)",
    re.DOTALL,
)
Cells = dict[str, Any]


@dataclass(frozen=True)
class Numbered:
    """A title without its number: the level that a word before it names, if any, and the number."""

    level: str
    code: str
    title: str

    @property
    def depth(self) -> int:
        """Return in how many parts the number is."""
        return self.code.count(".") + 1


def split(value: Any) -> Numbered | None:
    """Return what a title says of its number, None where it says none."""
    text = to_text(value).strip()
    named = _NAMED.match(text)
    level = _level(named[1]) if named else ""
    if named and level:
        return Numbered(level, named[2], named[3].strip() or text)
    found = _NUMBERED.match(text)
    return Numbered("", found[1] or found[2], found[3].strip()) if found else None


def _level(words: str) -> str:
    column = headings.match_columns([words]).get(0)
    return column.part if column and column.field == "title" and column.part in LEVELS else ""


def drop_counters(rows: Iterable[Cells]) -> int | None:
    """Take away the codes of actions that only count rows: one names two actions, or one action has two of them.

    So do 1, 2, 3… where titles have numbers of their own.

    Return the place of the first of them, None where they are codes.
    """
    rows = list(rows)
    found = [(place, cells) for place, cells in enumerate(rows) if "action.code" in cells]
    texts = [to_text(cells["action.code"]).strip() for _place, cells in found]
    pairs = {
        (text, fold(to_text(cells["action.title"])))
        for text, (_place, cells) in zip(texts, found, strict=True)
        if "action.title" in cells
    }
    others = {to_text(cells[key]).strip() for _place, cells in found for key in UPPER_CODES if key in cells}
    is_clear = len(dict(pairs)) == len(pairs) == len({title for _text, title in pairs}) and others.isdisjoint(texts)
    is_clear = is_clear and not (_counts(texts) and any(split(cells.get(key, "")) for cells in rows for key in _TITLES))
    if is_clear or not all(text.isdecimal() for text in texts):
        return None
    for _place, cells in found:
        del cells["action.code"]
    return found[0][0]


def _counts(texts: Sequence[str]) -> bool:
    """Tell whether these are 1, 2, 3… to the last."""
    return len(texts) > 1 and list(texts) == [str(number) for number in range(1, len(texts) + 1)]


def take_codes(rows: Iterable[Cells]) -> list[tuple[int, str]]:
    """Move the numbers of titles to the codes of their levels, those that have no codes of their own.

    Return the first place, and the key, of the numbers of each level that are no codes: they name several parts.
    """
    rows, dropped = list(rows), []
    taken: set[str] = set()
    for level in LEVELS:
        key, code = f"{level}.title", f"{level}.code"
        if any(code in cells for cells in rows):
            taken |= {fold(to_text(cells[code])) for cells in rows if code in cells}
            continue
        found = {place: one for place, cells in enumerate(rows) if (one := split(cells.get(key, "")))}
        names = {(fold(one.code), fold(one.title)) for one in found.values()}
        is_code = len(dict(names)) == len(names) and not any(number in taken for number, _title in names)
        if is_code:
            taken |= set(dict(names))
        elif found:
            dropped.append((min(found), key))
        for place, one in found.items():
            rows[place] |= {key: one.title, **({code: one.code} if is_code else {})}
    return dropped
