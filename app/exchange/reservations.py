"""Find the rows that say of themselves that they are private, a draft or rejected: nobody publishes them unasked."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from app.exchange.meanings import normalise
from app.exchange.report import DRAFT, HIDDEN, PRIVATE, REJECTED, UNPUBLISHED, WITHDRAWN

_WORDS = {
    PRIVATE: "private prive privee confidential confidentiel confidentielle secret restricted restreint restreinte",
    DRAFT: "draft brouillon",
    REJECTED: "rejected rejete rejetee refused refuse refusee declined denied spam",
    WITHDRAWN: "withdrawn retracted retire retiree retired removed deleted supprime supprimee",
    HIDDEN: "hidden masque masquee cache cachee blocked bloque bloquee moderated modere moderee",
    UNPUBLISHED: "unpublished depublie depubliee unlisted pending attente unapproved",
}
_RESERVATIONS = {normalise(word): name for name, words in _WORDS.items() for word in words.split()}
_STATES = {normalise(word) for word in ("state", "status", "statut", "etat", "stage", "etape")}
_AUDIENCES = {"visibility", "visibilite", "privacy", "confidentiality", "confidentialite", "audience"}
_DATES = {"published at", "published on", "publie le", "publication date", "date de publication"}
_PUBLIC = {"public", "is public", "published", "is published", "publie", "publiee", "publique", "visible", "is visible"}
_EVERYBODY = {"public", "publique", "everyone", "everybody", "all", "tou", "toute", "tout le monde", "open", "visible"}
_NO = {"", "false", "no", "non", "n", "f", "faux", "0", "0 0", "null", "none", "nil", "never", "jamai", "aucun"}
_NOT = {"not", "non", "pa", "no"}
_MADE_PUBLIC = {"public", "publie", "publiee", "published", "publique", "visible", "approved", "approuve", "approuvee"}
Row = Mapping[str, Any]


def find_reservation(row: Row) -> str:
    """Return what the row says of itself, as one of RESERVATIONS, or nothing."""
    for heading, value in row.items():
        role = _role(heading)
        if role and (found := _read(role, value)):
            return found
    return ""


def is_about_reservations(heading: str) -> bool:
    return bool(_role(heading))


@lru_cache(maxsize=10_000)
def _role(heading: str) -> str:
    """Return what the value of a column tells: a state, an audience, a date, that it is public, or one reservation."""
    name = normalise(heading)
    words = name.split()
    if name in _DATES:
        return "date"
    if name in _PUBLIC:
        return "public"
    for role, known in (("state", _STATES), ("audience", _AUDIENCES)):
        if known.intersection(words):
            return role
    # « cache » names other things in English, unless it stands alone.
    return next(
        (_RESERVATIONS[word] for word in words if word in _RESERVATIONS and (word != "cache" or name == word)), ""
    )


def _read(role: str, value: Any) -> str:
    if isinstance(value, dict):
        # Figures that the source published, under a name of ours.
        return ""
    text = normalise(" ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value))
    if role in ("date", "public"):
        return UNPUBLISHED if text in _NO else ""
    if role == "audience":
        return PRIVATE if text and text not in _EVERYBODY else ""
    if role == "state":
        return _read_state(text.split())
    return role if text not in _NO else ""


def _read_state(words: list[str]) -> str:
    if _NOT.intersection(words) and _MADE_PUBLIC.intersection(words):
        return UNPUBLISHED
    return next((_RESERVATIONS[word] for word in words if word in _RESERVATIONS), "")
