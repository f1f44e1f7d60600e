"""The words that narrow a list: Saint-Rémi and St-Rémi are one name, however the row and the person write it."""

from typing import Any

from sqlalchemy import ColumnElement, func, literal, or_

from app.core.dialect import contains

_IN_FULL = {"st": "saint", "ste": "sainte"}
_SHORT = {word: short for short, word in _IN_FULL.items()}
_SIGNS = "-."
"""What stands after St, beside a space."""


def has_word(column: Any, word: str) -> ColumnElement[bool]:
    """Match the rows whose column, which is folded, holds a word of `plain.search_words`."""
    full = _IN_FULL.get(word, word)
    if full not in _SHORT:
        return contains(column, word)
    apart = column
    for sign in _SIGNS:
        apart = func.replace(apart, sign, " ")
    return or_(contains(column, full), contains(literal(" ") + apart + literal(" "), f" {_SHORT[full]} "))


def is_in(text: str, word: str) -> bool:
    """Tell whether a folded text holds a word of `plain.search_words`."""
    full = _IN_FULL.get(word, word)
    if full not in _SHORT:
        return word in text
    return full in text or _SHORT[full] in text.translate(dict.fromkeys(map(ord, _SIGNS), " ")).split()
