"""Every act that somebody may do, with the fields that its form really holds."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import request
from flask_wtf import FlaskForm

from app.core.db import db
from tests import matrix
from tests.matrix import Row
from tests.support import tables
from tests.support.browser import Browser
from tests.support.world import ROLES, World
from tests.test_routes import TABLE, address

HELD = ("csrf_token", "submit")
# Who has the form of an act, where it is not everybody who may act: a guest has no account.
FOUND_BY = matrix.table("FOUND_BY")
# One in so many of the fields that another act, which sends the same form, tried already.
REPEATED = 3
# What is another one each time, by the end of its name.
VOLATILE = (
    "_at",
    ".until",
    ".result",
    ".at",
    ".n",
    "form_key",
    "token_hash",
    "event_registrations.code",
    "fs_uniquifier",
    "recovery_codes",
    "key",
    "id",
    "outbox.text",
    "outbox.html",
    "notices.facts",
    "journal.nonce",
    "journal.digest",
    "journal.previous",
    "journal.hash",
)
# Within a value, so is a moment of these years: squares are built at different hours. Those that are forged are of 2001.
MOMENT = re.compile(r"20[2-9]\d-\d\d-\d\d(?:[T ][\d:.]+(?:[+-]\d\d:\d\d)?)?")
Effect = tuple[int, set[str]]
# What each act is like, by engine and rule, once it was seen in this process: its fields, each with its form, and its effect.
# PostgreSQL never gives a number twice, so that an effect there is not the one on SQLite.
_seen: dict[tuple[str, str], tuple[set[tuple[str, str]], Effect]] = {}


@dataclass
class Act:
    row: Row
    path: str
    role: str
    fields_of_forms: set[tuple[str, str]] = field(default_factory=set)
    effect: Effect = field(default_factory=lambda: (0, set()))

    @property
    def fields(self) -> set[str]:
        return {name for _form, name in self.fields_of_forms}

    def do(self, people: dict[str, Browser], **more: Any) -> Any:
        """Send it; the browser keeps its cookies as they were."""
        browser = people[self.role]
        with browser.keep_cookies():
            return browser.forge(self.path, data=self.row.data | more)

    def do_and_undo(self, people: dict[str, Browser], before: tables.Photo, /, **more: Any) -> Effect:
        """Send it and put the rows back; return its answer and what it wrote."""
        code = self.do(people, **more).status_code
        cells = cells_written(before, tables.photo())
        tables.restore(before)
        return code, cells


def cells_written(before: tables.Photo, after: tables.Photo) -> set[str]:
    """Name each cell that differs, with its value, but for what is another one each time."""
    cells = set()
    for name in tables.changed_tables(before, after):
        for key in before[name].keys() | after[name].keys():
            old, new = before[name].get(key, {}), after[name].get(key, {})
            cells |= {
                f"{name}.{column}={MOMENT.sub('a moment', repr(value))}"
                for column, value in new.items()
                if old.get(column) != value and not f"{name}.{column}".endswith(VOLATILE)
            }
            cells |= {f"{name}.{column}" for column in new if old.get(column) != new[column]}
        cells |= {f"{name}-"} if before[name].keys() - after[name].keys() else set()
    return cells


def acts(world: World, people: dict[str, Browser], patch: pytest.MonkeyPatch) -> list[Act]:
    """Return each act with the fields that its forms hold: it was done once, to see them, and undone."""
    before, found = tables.photo(), acts_without_fields(world)
    with recording(patch) as fields_of_forms:
        for act in found:
            place = db.engine.dialect.name, act.row.rule
            if place not in _seen:
                fields_of_forms.clear()
                effect = act.do_and_undo(people, before)
                _seen[place] = {(form, name) for form, name in fields_of_forms if name not in HELD}, effect
            act.fields_of_forms, act.effect = _seen[place]
    return found


def fields_to_try(found: list[Act], *, is_sample: bool) -> Iterator[tuple[Act, list[str]]]:
    """Yield each act with its fields; in a sample, those of forms that no act before it sends, and some of the others."""
    tried = set[tuple[str, str]]()
    for turn, act in enumerate(found):
        names = {name for _form, name in act.fields_of_forms - tried}
        repeated = sorted(act.fields - names)
        tried |= act.fields_of_forms
        start = turn % min(REPEATED, len(repeated) or 1)
        yield act, sorted(names | set(repeated[start::REPEATED] if is_sample else repeated))


def acts_without_fields(world: World) -> list[Act]:
    """Return each act with its address and the role of somebody who may do it."""
    found = []
    for row, state in _rows_of_acts():
        roles = [role for role, code in row.codes(ROLES).items() if code not in (401, 403, 404)]
        found.append(Act(row, address(world, row, state), FOUND_BY.get(row.rule, roles[-1])))
    return found


def _rows_of_acts() -> Iterator[tuple[Row, str]]:
    """Yield one row of each act, in the first state in which it succeeds (else in which it is refused politely)."""
    best: dict[str, tuple[Row, str]] = {}
    for row in (row for row in TABLE if row.method == "POST" and row.answers != "404 *"):
        codes = set(row.codes(ROLES).values()) - {401, 403, 404}
        if codes and (row.rule not in best or (not best[row.rule][0].changes and row.changes)):
            best[row.rule] = row, (row.states.split() or [""])[0]
    yield from best.values()


@contextmanager
def recording(patch: pytest.MonkeyPatch) -> Iterator[set[tuple[str, str]]]:
    """Note the fields of every form that is made for a request, each with the name of its form."""
    found: set[tuple[str, str]] = set()
    make = FlaskForm.__init__

    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        make(self, *args, **kwargs)
        if request.method == "POST":
            form = f"{type(self).__module__}.{type(self).__name__}"
            found.update((form, one.name) for one in self)

    with patch.context() as within:
        within.setattr(FlaskForm, "__init__", init)
        yield found
