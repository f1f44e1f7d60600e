"""Addresses that nobody keeps: those of throw-away services, and those that the site refuses (settings)."""

import re
from functools import cache
from pathlib import Path

from app.core import settings

LINES = (Path(__file__).parent / "disposable.txt").read_text(encoding="utf-8").splitlines()


def is_refused(email: str) -> bool:
    """Tell whether the domain of an address, or one that it stands under, is refused; labels are compared whole."""
    labels = _plain(email.rpartition("@")[2]).split(".")
    names = {".".join(labels[n:]) for n in range(len(labels))}
    return not names.isdisjoint(_read_list() | _read_setting())


@cache
def _read_list() -> frozenset[str]:
    return frozenset(line for line in LINES if line and not line.startswith("#"))


def _read_setting() -> frozenset[str]:
    """Read the setting: names apart by spaces or commas, with or without « @ » or « *. » before them."""
    names = re.split(r"[\s,;]+", str(settings.get_value("refused_domains")))
    return frozenset(_plain(name.lstrip("@*.")) for name in names) - {""}


def _plain(domain: str) -> str:
    """Return a domain in small letters, without a last dot; one with accents in the form that machines exchange."""
    name = domain.strip().rstrip(".").lower()
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return name
