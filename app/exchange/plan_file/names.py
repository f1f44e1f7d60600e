"""The names in a cell: one or several things of an axis, one or several organisations.

Semicolons and lines part names. Commas, slashes, « et » do where each part is then a name that is known, or, for
organisations, where each part looks like one, which is a guess.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from app.core.errors import N_
from app.core.text.plain import clean_line, sort_key
from app.exchange.plan_file import cells
from app.exchange.plan_file.axes import Axis
from app.exchange.plan_file.cells import CellError, Guessed
from app.reference import former_names
from app.reference.service import ORGANISATION

BAD_NAME = N_("Le nom d'un organisme compte de 2 à 120 caractères.")
SEVERAL_ORGANISATIONS = N_("C'est lu comme plusieurs organismes.")
FIRST_LEADS = N_("Plusieurs organismes sont nommés : le premier est responsable, les autres sont partenaires.")
SHORT_NAME = N_("Ce nom est lu comme celui d'ici dont il est le plus près.")
_SIGNS = re.compile(r"[;,/•·|]")
_WORDS = 7
"""How many words the name of an organisation has at most, where a comma is taken for the end of it."""


def axis_parser(axis: Axis, *, of_one: bool = False) -> Callable[[Any], Any]:
    """Return what reads the keys of the things that a cell names, or the key of the one that it may name."""

    def read(value: Any) -> Any:
        found = [axis.find(cells.parse_line(value))] if of_one else _find_all(axis, cells.split_list(value))
        keys = list(dict.fromkeys(key for keys, _is_sure in found for key in keys))
        answer: Any = keys[0] if of_one else keys
        if all(is_sure for _keys, is_sure in found):
            return answer
        return Guessed(answer, ", ".join(map(axis.write, keys)), SHORT_NAME)

    return read


def _find_all(axis: Axis, items: Sequence[tuple[str, bool]]) -> list[tuple[list[str], bool]]:
    return [one for item, is_whole in items for one in ([axis.find(item)] if is_whole else _find_parts(axis, item))]


def _find_parts(axis: Axis, item: str) -> list[tuple[list[str], bool]]:
    """Return what an item names: one thing, or several where each of its parts is one."""
    try:
        return [axis.find(item)]
    except CellError:
        parts = [part for part in map(clean_line, cells.PARTS.split(item)) if part]
        if len(parts) < 2:
            raise
        return list(map(axis.find, parts))


def parse_organisations(value: Any) -> Any:
    """Return the names of organisations."""
    parts = [([item], True) if is_whole else _part(item) for item, is_whole in cells.split_list(value)]
    names = list(dict.fromkeys(_check(name) for found, _is_sure in parts for name in found))
    if all(is_sure for _found, is_sure in parts):
        return names
    return Guessed(names, "; ".join(names), SEVERAL_ORGANISATIONS)


def _part(item: str) -> tuple[list[str], bool]:
    """Return the names in an item, and whether that is sure."""
    if former_names.find_organisation(item):
        return [item], True
    for pattern, is_enough in ((cells.PARTS, _are_known), (_SIGNS, _look_like_names)):
        parts = [part for part in map(clean_line, pattern.split(item)) if part]
        if len(parts) > 1 and is_enough(parts):
            return parts, is_enough is _are_known
    return [item], True


def _are_known(parts: Sequence[str]) -> bool:
    return len(former_names.get_organisations(parts)) == len(set(parts))


def _look_like_names(parts: Sequence[str]) -> bool:
    """Tell whether each part begins as a name does and is no longer than one: « CCNS, FDE80 »."""
    return all(part[0].isupper() and len(part.split()) <= _WORDS and len(sort_key(part)) > 1 for part in parts)


def _check(name: str) -> str:
    if not ORGANISATION[0] <= len(name) <= ORGANISATION[1]:
        raise CellError(BAD_NAME)
    return name
