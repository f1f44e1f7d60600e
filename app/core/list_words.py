"""The words that narrow a list: Saint-Rémi and St-Rémi are one name, however the row and the person write it."""

from typing import Any

from sqlalchemy import ColumnElement, func, literal, or_

from app.core.dialect import contains

_IN_FULL = {"st": "saint", "ste": "sainte"}
_SHORT = {word: short for short, word in _IN_FULL.items()}


def has_word(column: Any, word: str) -> ColumnElement[bool]:
    """Match the rows whose column, which is folded, holds a word of `plain.search_words`."""
    full = _IN_FULL.get(word, word)
    if full not in _SHORT:
        return contains(column, word)
    apart = literal(" ") + func.replace(column, "-", " ") + literal(" ")
    return or_(contains(column, full), contains(apart, f" {_SHORT[full]} "))


def is_in(text: str, word: str) -> bool:
    """Tell whether a folded text holds a word of `plain.search_words`."""
    full = _IN_FULL.get(word, word)
    if full not in _SHORT:
        return word in text
    return full in text or _SHORT[full] in text.replace("-", " ").replace(".", " ").split()
