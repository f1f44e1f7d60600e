"""What communities and issues have in common: words in two languages, an address, a place in an order."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from sqlalchemy import func, select

from app.core import dialect
from app.core.db import db
from app.core.errors import N_, Invalid
from app.core.text.plain import fold
from app.core.text.slug import slugify
from app.reference import former_names, queries
from app.reference.models import Slug

# Pages of the site that stand where the address of a community would.
RESERVED = frozenset({"new", "cases", "appeals", "handovers", "measures"})
TAKEN = N_("Cette adresse a déjà servi à autre chose. Choisissez-en une autre.")
SAME_NAME = N_("Ce nom est déjà pris.")


@dataclass(frozen=True)
class EntryWords:
    """How a community or an issue is named and described; without English, French is shown."""

    name: str
    name_en: str = ""
    description: str = ""
    description_en: str = ""

    def put_on(self, row: Any) -> None:
        row.name, row.name_en = self.name, self.name_en or None
        row.description, row.description_en = self.description, self.description_en or None


def begin(kind: str, model: Any, words: EntryWords, **more: Any) -> Any:
    """Make a community or an issue, the last of its kind, at an address made from its name."""
    refuse_double(model, words.name)
    last = db.session.scalar(select(func.max(model.position)))
    row = model(slug=secrets.token_hex(16), position=0 if last is None else last + 1, **more)
    words.put_on(row)
    db.session.add(row)
    db.session.flush()
    row.slug = _free_address(kind, row, slugify(words.name))
    return row


def reword(kind: str, row: Any, words: EntryWords, slug: str) -> None:
    """Put other words and perhaps another address on it; the names and addresses that it had go on leading to it."""
    refuse_double(type(row), words.name, but=row.id)
    if (row.name, row.name_en or "") != (words.name, words.name_en):
        former_names.keep_former_names(kind, row, row.name, row.name_en)
    if slug != row.slug:
        take_address(kind, row, row.slug)
        if slug in RESERVED or not take_address(kind, row, slug):
            raise Invalid(TAKEN, "slug")
        row.slug = slug
    words.put_on(row)


def list_siblings(row: Any) -> Sequence[Any]:
    """Return all the rows of this kind, so that the command that moves one locks them with it."""
    return db.session.scalars(select(type(row))).all()


def shift(row: Any, step: int) -> None:
    """Put it `step` places further (-1: one place before), inside a command that holds all of its kind."""
    model = type(row)
    rows = list(db.session.scalars(select(model).order_by(model.position, model.id)))
    place = rows.index(row)
    rows.insert(max(0, place + step), rows.pop(place))
    for position, each in enumerate(rows):
        each.position = position


def take_address(kind: str, row: Any, slug: str) -> bool:
    """Write that an address leads to this row for ever; tell whether it does, or is or was another's."""
    model = type(row)
    if db.session.scalar(select(model.id).where(model.slug == slug, model.id != row.id)):
        return False
    if dialect.insert_once(Slug, kind=kind, slug=slug, subject_id=row.id):
        return True
    return queries.find_id_of_former_address(kind, slug) == row.id


def _free_address(kind: str, row: Any, base: str) -> str:
    tries = (base if n == 1 else f"{base}-{n}" for n in count(1))
    return next(slug for slug in tries if slug not in RESERVED and take_address(kind, row, slug))


def refuse_double(model: Any, name: str, but: int | None = None) -> None:
    rows = db.session.execute(select(model.id, model.name)).tuples()
    if any(fold(other) == fold(name) and row_id != but for row_id, other in rows):
        raise Invalid(SAME_NAME, "name")
