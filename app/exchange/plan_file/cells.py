"""What one cell says, as a person writes it: texts, lists, states, links. Numbers and days are beside (`figures`)."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from app.core.errors import N_
from app.core.text.plain import clean_line, clean_text, fold, sort_key
from app.exchange import html

LINE, TITLE, TEXT, CODE, LINK = 200, 300, 20_000, 20, 2_000
TOO_LONG = N_("Ce texte dépasse %(max)s caractères.")
NOT_A_CODE = N_(
    "Le tableur a fait une date de ce code : mettez la colonne en format texte, puis écrivez-le de nouveau."
)
NOT_A_STATE = N_("Ce n'est pas un état. Écrivez « à venir », « en cours », « réalisée » ou « abandonnée ».")
NOT_A_LINK = N_("Ce n'est pas une adresse complète. Elle commence par https:// ou http://.")
STATES = {
    "planned": (
        "à venir",
        "prévue",
        "prévu",
        "planifiée",
        "planifié",
        "non commencée",
        "non débutée",
        "pas commencé",
        "pas commencée",
    ),
    "underway": ("en cours", "commencée", "commencé", "débutée", "débuté", "amorcée", "en cours de réalisation"),
    "achieved": ("réalisée", "réalisé", "terminée", "terminé", "complétée", "complété", "fait", "faite", "atteinte"),
    "dropped": ("abandonnée", "abandonné", "annulée", "annulé", "retirée"),
}
_ENGLISH = {
    "planned": ("planned", "to come", "not started", "upcoming", "to do", "not yet started"),
    "underway": ("underway", "in progress", "ongoing", "started", "on track"),
    "achieved": ("achieved", "done", "completed", "complete", "finished"),
    "dropped": ("dropped", "cancelled", "canceled", "abandoned"),
}
# What is no state here, and the nearest one.
_NEAR = {
    "planned": (
        *("à discuter", "à définir", "à préciser", "à confirmer", "en discussion", "à planifier", "en attente"),
        *("reportée", "reporté", "suspendue", "suspendu", "en suspens", "en pause", "proposed", "on hold", "postponed"),
        *("pending", "tbd", "à faire", "à réaliser", "à débuter", "à compléter", "non amorcée", "non réalisée"),
        *("non débuté", "non commencé", "pas commencé", "en élaboration", "en préparation", "stand by"),
    ),
    "underway": (
        *("en retard", "partiellement réalisée", "partielle", "en bonne voie", "delayed", "late", "behind", "partial"),
        *("en continu", "continu", "récurrent", "récurrente", "permanent", "à poursuivre", "active", "actif"),
        *("réalisée en partie", "réalisé en partie", "partiellement complété", "partiellement réalisé", "partiel"),
        *("en voie de réalisation", "en développement", "continuous", "recurring", "partially completed"),
    ),
}
_YES = frozenset(("x", "oui", "yes", "vrai", "true", "✓", "✔", "☑", "ok", "1"))
_NO = frozenset(("non", "no", "faux", "false", "0", "☐"))
NEAR_STATE = N_("Ce n'est pas un état d'ici : le plus proche est retenu.")
_STATE = {sort_key(word): state for words in (STATES, _ENGLISH) for state, names in words.items() for word in names}
_NEAR_STATE = {sort_key(word): state for state, names in _NEAR.items() for word in names}
# Words that say that nothing is known yet.
_NOTHING = frozenset(
    (
        *("-", "–", "—", "?", "n/a", "na", "n.a.", "s.o.", "s/o", "so", "nd", "n.d.", "tbd", "tba", "aucun", "aucune"),
        *("none", "nil", "a determiner", "a confirmer", "a preciser", "inconnu", "a definir", "a discuter", "a venir"),
        *("a valider", "a evaluer", "sans objet", "non determine", "non disponible", "s. o.", "n. d.", "--", "..."),
        *("to be determined", "to be confirmed", "unknown", "not applicable", "xx", "xxx"),
    )
)
NOTHING_YET = N_("C'est lu comme une case vide.")
_PERCENTS = re.compile(r"(\d{1,3}) ?%")
_ASIDE = re.compile(r"([^(]+)\([^()]*\)")
PARTS = re.compile(r"[;,/•·|]| (?:et|and|&|\+) ", re.IGNORECASE)
"""What parts the names of a list that stand on one clean line, where each part is a name."""
# An item between quotation marks, or all up to the next separator: no part of it is tried in two ways.
_TAG = re.compile(r"</?(?:p|div|br|ul|ol|li|a|b|i|strong|em|span|h[1-6]|table)\b[^<>]{0,300}>", re.IGNORECASE)
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


def parse_markdown(value: Any) -> str:
    """Return a text as Markdown: one that has tags of HTML in it is turned into some (record 0013)."""
    text = to_text(value)
    return _within(html.to_markdown(text) if _TAG.search(text[:TEXT]) else clean_text(text), TEXT)


def _within(found: str, most: int) -> str:
    if len(found) > most:
        raise CellError(TOO_LONG, max=most)
    return found


def parse_code(value: Any) -> str:
    """Return a code, which is a text; one that the spreadsheet turned into a day is refused."""
    if isinstance(value, date):
        raise CellError(NOT_A_CODE)
    return parse_line(value, CODE)


def parse_state(value: Any) -> Any:
    """Return a state, or "" where the cell says that something is not done; what is none here is a guess."""
    text = to_text(value).strip()
    mark, word = fold(text), sort_key(text)
    if value is True or mark in _YES:
        return "achieved"
    if value is False or mark in _NO:
        return ""
    if word in _STATE:
        return _STATE[word]
    if word not in _NEAR_STATE and says_nothing(text):
        return Guessed("", "", NOTHING_YET)
    if word not in _NEAR_STATE:
        return _state_of_figure(text)
    return Guessed(_NEAR_STATE[word], STATES[_NEAR_STATE[word]][0], NEAR_STATE)


def _state_of_figure(text: str) -> Guessed:
    """Return the state that « 50 % » or « En cours (50 %) » says. Raise CellError for what says none."""
    aside, percents = _ASIDE.fullmatch(text[:LINE]), _PERCENTS.fullmatch(text[:LINE])
    word = sort_key(aside[1]) if aside else ""
    if percents:
        state = "achieved" if int(percents[1]) >= 100 else "underway" if int(percents[1]) else "planned"
    else:
        state = _STATE.get(word) or _NEAR_STATE.get(word, "")
    if not state:
        raise CellError(NOT_A_STATE)
    return Guessed(state, STATES[state][0], NEAR_STATE)


def says_nothing(value: Any) -> bool:
    """Tell whether a cell only says that there is nothing to say yet."""
    return isinstance(value, str) and len(value) <= 20 and fold(value).strip() in _NOTHING


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
    return [item for item, _is_quoted in split_list(value, most)]


def split_list(value: Any, most: int = LINE) -> list[tuple[str, bool]]:
    """Return the items of a list, each with whether it stands between quotation marks."""
    text = _within(to_text(value), TEXT)
    items = (
        (found[2], False) if found[1] is None else (found[1].replace('""', '"'), True) for found in _ITEM.finditer(text)
    )
    return [(parse_line(item, most), is_quoted) for item, is_quoted in items if clean_line(item)]


def format_list(items: list[str]) -> str:
    """Write a list as `parse_list` reads it: what could be read as several items stands between quotation marks."""
    return "; ".join(
        '"' + item.replace('"', '""') + '"'
        if PARTS.search(item) or says_nothing(item) or item.startswith('"')
        else item
        for item in items
    )
