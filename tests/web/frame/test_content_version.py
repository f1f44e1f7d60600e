"""No page of a reader without an account changes with the tables that do not change the content version."""

from typing import Any

from sqlalchemy import delete, func, select

from app.core.content_version import get_models
from app.core.db import Model, db
from app.core.unit import unit
from tests.support import migration_cases
from tests.support.browser import TOKEN, Browser
from tests.support.square import read_by_all
from tests.support.world import World


def private_tables() -> list[Any]:
    models = get_models(Model.registry)
    return [table for table in db.metadata.sorted_tables if not models[table.name].public]


def fill_private_tables() -> None:
    """Write a row in those that have none, each of the first of its parents: a page could show something of it."""
    with unit():
        for table in private_tables():
            if not db.session.scalar(select(func.count()).select_from(table)):
                firsts = {
                    column.name: db.session.scalar(select(func.min(key.column)))
                    for column in table.columns
                    for key in column.foreign_keys
                    if not column.nullable
                }
                db.session.execute(migration_cases.row(table).values(firsts))


def test_pages_are_the_same_without_any_row_of_a_private_table(full_square: World, visitor: Browser) -> None:
    answers = {path: visitor.get(path) for path in read_by_all(full_square)}
    # A page with a token is another one each time; one whose address is a key shows what its person has, and is not kept.
    pages = {path: one.text for path, one in answers.items() if one.headers["Referrer-Policy"] != "no-referrer"}
    fill_private_tables()
    with unit():
        for table in reversed(private_tables()):
            assert db.session.execute(delete(table)).rowcount, table.name
    whole = {path: page for path, page in pages.items() if not TOKEN.search(page)}
    assert len(whole) > 30
    assert [path for path, page in whole.items() if visitor.get(path).get_data(as_text=True) != page] == []
