"""Every act that somebody may do, with the fields that its form really holds."""
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import request
from flask_wtf import FlaskForm

from tests.matrix import Row
from tests.support import tables
from tests.support.browser import Browser
from tests.support.sampling import Some
from tests.support.world import ROLES, World
from tests.test_routes import TABLE, address

HELD = ("csrf_token", "submit")
# The fields of each act, by rule, once they were seen in this process.
_fields: dict[str, set[str]] = {}


@dataclass
class Act:
    row: Row
    path: str
    role: str
    fields: set[str] = field(default_factory=set)

    def do(self, people: dict[str, Browser], **more: Any) -> Any:
        """Send it; the browser keeps its cookies as they were."""
        browser = people[self.role]
        with browser.keep_cookies():
            return browser.forge(self.path, data=self.row.data | more)


def acts(world: World, people: dict[str, Browser], patch: pytest.MonkeyPatch, some: Some | None = None) -> list[Act]:
    """Return each act with the fields that its forms hold: it was done once, to see them, and undone.

    With `some`, one in three on PostgreSQL.
    """
    before, found = tables.photo(), acts_without_fields(world, some)
    with recording(patch) as names:
        for act in found:
            rule = act.row.rule
            if rule not in _fields:
                names.clear()
                act.do(people)
                _fields[rule] = set(names) - set(HELD)
                tables.restore(before)
            act.fields = _fields[rule]
    return found


def acts_without_fields(world: World, some: Some | None = None) -> list[Act]:
    """Return each act with its address and the role of somebody who may do it; with `some`, one in three on PostgreSQL."""
    found = []
    for row, state in some(_rows_of_acts(), postgresql=3) if some else _rows_of_acts():
        roles = [role for role, code in row.codes(ROLES).items() if code not in (401, 403, 404)]
        found.append(Act(row, address(world, row, state), roles[-1]))
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
def recording(patch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """Note the names of the fields of every form that is made for a request."""
    names: set[str] = set()
    make = FlaskForm.__init__

    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        make(self, *args, **kwargs)
        if request.method == "POST":
            names.update(one.name for one in self)

    with patch.context() as within:
        within.setattr(FlaskForm, "__init__", init)
        yield names
