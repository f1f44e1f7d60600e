"""Both engines: every page says the same things in the same order, however rows lie, and every act changes the same."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import zip_longest
from typing import Any

from sqlalchemy import CompoundSelect, Engine, Label, Select, String, Table, UnaryExpression, event
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql import visitors

from tests.crawl.crawl import fail_on, listed, square_of
from tests.support import square, tables
from tests.support.house import House
from tests.support.world import ROLES
from tests.test_routes import COUNTED, TABLE, address, send

# Empty in no row of the lists that are sorted by it: those hold what is public, hidden, put aside, or has its place.
NEVER_EMPTY = {
    "ideas.published_at",
    "ideas.status_at",
    "ideas.hidden_at",
    "answers.asked_at",
    "answers.dropped_at",
    "profiles.changed_at",
    "threads.unread_id",
    "published_lines.review_at",
}
# Alone of its kind without being a key: a number within one idea or document; what ends a list of several kinds of things.
ALONE = {"number", "id", "role"}
# What is another each time: the fields that a page carries unseen, and the seals of the journal.
ANEW = re.compile(r'<input[^>]*type="hidden"[^>]*>|\b[0-9a-f]{64}\b|(?<=Empreinte )[0-9a-f]{12}')


# What ends the sessions of those who act, or shows a secret that is another each time.
APART = ("/logout", "/account/closing", "/account/sessions", "/login", "/register", "/account/two-factor")


def test_every_page_says_the_same_in_the_same_order_wherever_its_rows_lie(houses: list[House]) -> None:
    (first, sorts), (second, other_sorts) = map(read, houses)
    assert first.keys() == second.keys()
    fail_on((page, pair) for page in first for pair in differences(first[page], second[page]))
    look_at_sorts(sorts + other_sorts)


def read(house: House) -> tuple[dict[str, Any], list[Any]]:
    """Return the answers of an engine, by address and reader, and what its lists were sorted by."""
    readers = tuple(square.READERS)
    with square_of(house, readers) as (world, _front, browsers), sorting() as sorts:
        found = {f"{path} ({one})": browsers[one].get(path) for one in readers for path in listed(world, one)}
    return found, sorts


def differences(first: Any, second: Any) -> Iterator[str]:
    """Yield the lines of two answers that differ."""
    if first.status_code != second.status_code:
        yield f"{first.status_code}, then {second.status_code}"
        return
    texts = [ANEW.sub("", answer.get_data(as_text=True)).splitlines() for answer in (first, second)]
    yield from (f"{one!r}, then {other!r}" for one, other in zip_longest(*texts, fillvalue="") if one != other)


def test_every_act_that_succeeds_answers_and_changes_the_same(houses: list[House]) -> None:
    """Once, by one who may do it: it is how PostgreSQL is asked all that acts write."""
    first, second = map(effects, houses)
    fail_on((rule, f"{first[rule]}, then {second[rule]}") for rule in first if first[rule] != second[rule])
    assert len(first) > 150


def effects(house: House) -> dict[str, tuple[int, set[str]]]:
    """Do each act of the matrix on the square of an engine; return its answer and what it changed, and undo it."""
    found = {}
    with square_of(house, ROLES) as (world, _front, browsers):
        before = tables.photo()
        for row in (row for row in TABLE if row.method == "POST" and not row.rule[5:].startswith(APART)):
            able = [role for role, code in row.codes(ROLES).items() if code in (200, 303)]
            for state in (row.states.split() or [""])[:1] if able else ():
                answer = send(browsers[able[-1]], row, address(world, row, state))
                found[f"{row.rule} [{state}]"] = (
                    answer.status_code,
                    tables.differences(before, tables.photo()) - COUNTED,
                )
                tables.restore(before)
    return found


def look_at_sorts(sorts: list[Any]) -> None:
    """Text is compared by its bytes, whatever the language of the server; what may be empty has its place; ids come last."""
    found = set()
    for keys in sorts:
        columns = [(key, column) for key in keys for column in [under(key)] if column is not None]
        # A list that is walked along one value of its index sorts by it first.
        found |= {
            f"{column} is text"
            for _key, column in columns
            if is_text(column) and str(column) not in ("ideas.kind", "ideas.status")
        }
        found |= {
            f"{column} may be empty"
            for key, column in columns
            if column.nullable and "NULLS" not in str(key) and str(column) not in NEVER_EMPTY
        }
        if not is_alone(keys[-1]) and "search_words.rowid" not in str(keys[-1]):
            found.add(f"nothing tells two rows apart: {[str(key) for key in keys]}")
    assert len(sorts) > 100 and not found, "\n".join(sorted(found))


@contextmanager
def sorting() -> Iterator[list[Any]]:
    """Note what each statement sorts by, once for all the times that it is sent."""
    sorts: list[Any] = []
    looked_at = set[Any]()

    def note(_connection: Any, _cursor: Any, _text: str, _values: Any, context: Any, _many: bool) -> None:
        statement = getattr(context.compiled, "statement", None)
        if isinstance(statement, Select | CompoundSelect) and context.compiled not in looked_at:
            looked_at.add(context.compiled)
            sorts.extend(
                list(part._order_by_clauses)
                for part in visitors.iterate(statement)
                if getattr(part, "_order_by_clauses", ())
            )

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sorts
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def under(key: Any) -> Any:
    """Find the column of a table that a key of a sort is, through what orders it and the names it was given."""
    while isinstance(key, UnaryExpression | Label):
        key = key.element
    bases = [base for base in getattr(key, "base_columns", ()) if isinstance(getattr(base, "table", None), Table)]
    return bases[0] if len(bases) == 1 else None


def is_alone(key: Any) -> bool:
    column = under(key)
    name = str(key).removesuffix(" DESC").rpartition(".")[2]
    return name in ALONE or (column is not None and bool(column.primary_key or column.unique))


def is_text(column: Any) -> bool:
    kind = column.type.dialect_impl(postgresql.dialect())
    return isinstance(kind, String) and kind.collation != "C"
