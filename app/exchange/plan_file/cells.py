"""What one cell says, as a person writes it: texts, lists, states, links. Numbers and days are beside (`figures`)."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from app.core.errors import N_
from app.core.text.plain import clean_line, clean_text, sort_key

LINE, TITLE, TEXT, CODE, LINK = 200, 300, 20_000, 20, 2_000
TOO_LONG = N_("Ce texte dépasse %(max)s caractères.")
NOT_A_CODE = N_(
    "Le tableur a fait une date de ce code : mettez la colonne en format texte, puis écrivez-le de nouveau."
)
NOT_A_STATE = N_("Ce n'est pas une étape. Écrivez « à venir », « en cours », « réalisée » ou « abandonnée ».")
NOT_A_LINK = N_("Ce n'est pas une adresse complète. Elle commence par https:// ou http://.")
STATES = {
    "planned": ("à venir", "prévue", "prévu", "planifiée", "planifié", "non commencée", "planned", "to come"),
    "underway": ("en cours", "commencée", "commencé", "underway", "in progress"),
    "achieved": ("réalisée", "réalisé", "terminée", "terminé", "complétée", "complété", "achieved", "done"),
    "dropped": ("abandonnée", "abandonné", "annulée", "annulé", "dropped", "cancelled"),
}
_STATE = {sort_key(word): state for state, words in STATES.items() for word in words}
# An item between quotation marks, or all up to the next separator: no part of it is tried in two ways.
_ITEM = re.compile(r'[^\S\n]*"((?:[^"]|"")*+)"[^\S\n]*(?:[;\n]|\Z)|([^;\n]*+)(?:[;\n]|\Z)')


class CellError(Exception):
    """A cell that can't be taken; `message` is a message id for the person."""

    def __init__(self, message: str, **values: object):
        super().__init__(message)
        self.message, self.values = message, values


@dataclass(frozen=True)
class Guessed:
    """A cell that was taken with a doubt: its value, how the value is written, and a message id that says why."""

    value: Any
    understood: str
    message: str
    values: dict[str, object] = field(default_factory=dict)


def to_text(value: Any) -> str:
    """Return what a cell holds, as a text."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def parse_line(value: Any, most: int = LINE) -> str:
    return _within(clean_line(to_text(value)), most)


def parse_title(value: Any) -> str:
    return parse_line(value, TITLE)


def parse_text(value: Any) -> str:
    return _within(clean_text(to_text(value)), TEXT)


def _within(found: str, most: int) -> str:
    if len(found) > most:
        raise CellError(TOO_LONG, max=most)
    return found


def parse_code(value: Any) -> str:
    """Return a code, which is a text; one that the spreadsheet turned into a day is refused."""
    if isinstance(value, date):
        raise CellError(NOT_A_CODE)
    return parse_line(value, CODE)


def parse_state(value: Any) -> str:
    found = _STATE.get(sort_key(to_text(value)))
    if found is None:
        raise CellError(NOT_A_STATE)
    return found


def parse_link(value: Any) -> str:
    """Return an address of the web, its scheme in small letters."""
    found = parse_line(value, LINK)
    try:
        parts = urlsplit(found)
    except ValueError:
        raise CellError(NOT_A_LINK) from None
    if parts.scheme not in ("http", "https") or not parts.hostname or " " in found:
        raise CellError(NOT_A_LINK)
    return parts.scheme + found[len(parts.scheme) :]


def is_link(value: Any) -> bool:
    return to_text(value).strip().lower().startswith(("http://", "https://"))


def parse_list(value: Any, most: int = LINE) -> list[str]:
    """Return the items of a list, which stand between semicolons or on lines of their own.

    What has a semicolon in it stands between quotation marks.
    """
    text = _within(to_text(value), TEXT)
    items = (found[2] if found[1] is None else found[1].replace('""', '"') for found in _ITEM.finditer(text))
    return [parse_line(item, most) for item in items if clean_line(item)]


def format_list(items: list[str]) -> str:
    """Write a list as `parse_list` reads it."""
    return "; ".join(
        '"' + item.replace('"', '""') + '"' if ";" in item or item.startswith('"') else item for item in items
    )
