"""Every page of a full square says the same things in the same order on both engines, however their rows lie."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import zip_longest
from typing import Any

import time_machine
from sqlalchemy import CompoundSelect, Engine, Label, Select, String, Table, UnaryExpression, event
from sqlalchemy.dialects import postgresql
from sqlalchemy.sql import visitors

from app.core.db import db
from app.core.text.plain import sort_key
from app.moderation.cases.models import Case, Report
from app.reference.models import Organisation, Tag
from tests.support import signing, square, tables
from tests.support.browser import Browser
from tests.support.house import House
from tests.support.make import Make
from tests.support.world import ELSEWHERE, HERE, World

PLACES = ("70", "70052", "67", "71140", "68030")
# Empty in no row of the lists that are sorted by it: those hold what is public, hidden, put aside.
NEVER_EMPTY = {
    "ideas.published_at",
    "ideas.status_at",
    "ideas.hidden_at",
    "answers.asked_at",
    "answers.dropped_at",
    "threads.unread_id",
}
# Alone of its kind without being a key: a number within one idea or document; what ends a list of several kinds of things.
ALONE = {"number", "id", "role"}
# What is another each time: the fields that a page carries unseen, and the seals of the journal.
ANEW = re.compile(r'<input[^>]*type="hidden"[^>]*>|\b[0-9a-f]{64}\b|(?<=Empreinte )[0-9a-f]{12}')


def build(make: Make) -> World:
    """Add to a full square what shares its moment, its count or its first letters with something else."""
    whole = square.build(make)
    author, idea = whole.people["author"], whole.ideas["full"]
    names = ("Zoé", "Élan vert", "Élan", "Eau", "eau-de-vie", "eau douce", "Œuvre", "Ouvre-boîte")
    tags = [make.add(Tag(slug=f"mot-{n}", name=name, sort_key=sort_key(name))) for n, name in enumerate(names)]
    for name in names:
        make.add(Organisation(name=f"Groupe {name}", sort_key=sort_key(f"Groupe {name}")))
        make.facilitator(make.user(f"Personne {name}"), HERE)
    for places in (PLACES, PLACES[::-1], PLACES[2:]):
        make.idea(
            author,
            HERE,
            territories=places,
            tags=tags,
            issues=["logement", "education"],
            communities=[ELSEWHERE, whole.rooms["archived"]],
        )
    for n in range(2):
        make.idea(author, HERE, merged_into=idea.id, title=f"Une idée jointe, sans trace {n}")
    case = make.add(Case(idea_id=idea.id, community_id=make.room(HERE).id))
    for reason in ("spam", "off_topic", "false", "insult", "other"):
        make.add(Report(case_id=case.id, user_id=make.user().id, reason=reason, words="Un mot"))
    whole.cases["open"] = case
    return whole


def read(house: House, whole: World, browsers: dict[str, Browser]) -> dict[str, str]:
    """Read every page as who it is for."""
    found = {}
    for role, paths in square.READERS.items():
        for path in paths(whole):
            answer = browsers[role].get(path)
            found[f"{path} ({role})"] = ANEW.sub("", answer.get_data(as_text=True))
    return found


def turn_over(engine: Engine) -> None:
    """Let the last row of each table lie first: what is not sorted comes in another order than it was written in."""
    with engine.begin() as connection:
        connection.exec_driver_sql(tables.UNCHECKED["postgresql"])
        for table, rows in db.metadata.tables.items():
            columns = ", ".join(f'"{column.name}"' for column in rows.columns)
            for statement in (
                f"CREATE TEMP TABLE lying ON COMMIT DROP AS SELECT {columns} FROM {table} ORDER BY ctid DESC",
                f"DELETE FROM {table}",
                f"INSERT INTO {table} ({columns}) SELECT {columns} FROM lying",
                "DROP TABLE lying",
            ):
                connection.exec_driver_sql(statement)


def test_a_list_is_in_one_order_wherever_its_rows_lie(houses: list[House]) -> None:
    """One square for this and for what lists are sorted by, which is slow to make and to read."""
    pages: dict[str, dict[str, str]] = {}
    sorts: list[Any] = []
    for house in houses:
        house.reset()
        with house.app.app_context(), time_machine.travel(datetime(2026, 3, 2, 12, tzinfo=UTC), tick=False):
            whole = build(Make())
            browsers = {role: Browser(house.app) for role in square.READERS}
            for role in browsers.keys() - {"anyone"}:
                signing.enter(house.app, browsers[role], whole.people[role].id)
            db.session.rollback()
            if house.engine == "postgresql":
                turn_over(db.engine)
            with sorting() as found:
                pages[house.engine] = read(house, whole, browsers)
            sorts += found
            db.session.remove()
    unlike = list(differences(*pages.values()))
    assert not unlike, "\n".join(map(str, unlike))
    look_at_sorts(sorts)


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

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sorts
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


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


def differences(first: dict[str, str], second: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield the lines that differ on each page."""
    assert first.keys() == second.keys()
    for path, text in first.items():
        lines = zip_longest(text.splitlines(), second[path].splitlines(), fillvalue="")
        yield from ((path, *pair) for pair in lines if pair[0] != pair[1])
