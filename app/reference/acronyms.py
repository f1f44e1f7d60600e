"""Acronyms, which the coordination keeps: whoever looks for CdP finds the communautés de pratique, and the reverse."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import select

from app.core import dialect, versions
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import N_, Invalid
from app.core.permits import require
from app.core.text.plain import sort_key
from app.core.unit import command
from app.reference import policy
from app.reference.models import Acronym
from app.reference.queries import KEY
from app.search.tokens import STOP_WORDS, split_groups

NAME, MEANING = (2, 20), (2, 120)
TURN = "acronyms"
"""What whoever writes one holds: of two that say the same at once, the second is refused."""
SAME = N_("Ce sigle a déjà ce sens. S'il est archivé, rouvrez-le dans la liste.")
NO_WORD = N_("Un sigle compte au moins une lettre, et n'a pas d'espace.")
COMMON = N_("Ce mot est trop courant : il changerait toutes les recherches où il se trouve.")
ITSELF = N_("Écrivez ce que le sigle veut dire, en toutes lettres.")


@command
def create(actor: Actor, name: str, meaning: str) -> Acronym:
    """Add an acronym. Raise Invalid for one that has this meaning already, and where either is no name."""
    require(actor, policy.EDIT)
    key = _check(name, meaning)
    dialect.take_turn(TURN)
    if not dialect.insert_once(Acronym, name=name, meaning=meaning, sort_key=key):
        raise Invalid(SAME, "name")
    versions.touch(KEY)
    return db.session.scalars(select(Acronym).where(Acronym.sort_key == key)).one()


@command
def edit(actor: Actor, row: Acronym, name: str, meaning: str) -> None:
    """Write an acronym, or what it stands for, otherwise. Raise Invalid as `create` does."""
    require(actor, policy.EDIT, row)
    if (name, meaning) == (row.name, row.meaning):
        return
    key = _check(name, meaning)
    dialect.take_turn(TURN)
    if db.session.scalar(select(Acronym.id).where(Acronym.sort_key == key, Acronym.id != row.id)):
        raise Invalid(SAME, "name")
    row.name, row.meaning, row.sort_key = name, meaning, key
    versions.touch(KEY)


def _check(name: str, meaning: str) -> str:
    """Return the key of an acronym; raise Invalid where search could do nothing with it."""
    short = _fold(name)
    if len(name.split()) != 1 or not any(map(str.isalpha, short)):
        raise Invalid(NO_WORD, "name")
    if not any(map(str.isalpha, sort_key(meaning))) or short == sort_key(meaning):
        raise Invalid(ITSELF, "meaning")
    for field, words in (("name", name), ("meaning", meaning)):
        if STOP_WORDS.issuperset(part for parts in split_groups(words) for part in parts):
            raise Invalid(COMMON, field)
    return build_acronym_key(name, meaning)


def build_acronym_key(name: str, meaning: str) -> str:
    """Return what an acronym is sorted by, and found by in its list: its letters, then its meaning."""
    return f"{_fold(name)} {sort_key(meaning)}"


def _fold(name: str) -> str:
    """Return the letters of an acronym as search reads it: C.D.P. is CdP."""
    return sort_key(name.replace(".", ""))


def get_other_names() -> Mapping[str, Collection[str]]:
    """Return what each acronym and each meaning is also called, by their names; archived ones are left out.

    An acronym is also the others of its meanings: OBNL is OSBL.
    """
    return versions.get_or_load("acronyms", _load, under=KEY)


def _load() -> Mapping[str, Collection[str]]:
    rows = db.session.execute(select(Acronym.name, Acronym.meaning).where(Acronym.archived_at.is_(None))).tuples().all()
    others, names = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for name, meaning in rows:
        names[sort_key(meaning)].add(name)
        others[meaning].add(name)
    for name, meaning in rows:
        others[name] |= {meaning, *names[sort_key(meaning)]} - {name}
    return dict(others)
