"""A site whose database became that of another version answers as a site that is busy, loses nothing, and ends."""

from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest
from flask import Flask
from sqlalchemy import text

from app.core import schema_guard
from app.core.db import db
from app.ideas.models import Idea
from tests.support.browser import Browser
from tests.support.make import Make

# Each engine says in its own way that a column is gone.
pytestmark = pytest.mark.both_engines

WORDS = {"title": "Un frigo pour toute la rue", "body": "Un texte auquel on a pensé longtemps.", "kind": "idea"}


@pytest.fixture
def member(
    app: Flask, make: Make, sign_in: Callable[[Any], Browser], monkeypatch: pytest.MonkeyPatch, end_process: mock.Mock
) -> Browser:
    """A browser in which somebody is signed in, on a site that answers as in production."""
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    return sign_in(make.user(name="Zoé Élan"))


def migrate(*statements: str) -> None:
    with db.engine.begin() as connection:
        for statement in (*statements, "UPDATE alembic_version SET version_num = '9999'"):
            connection.execute(text(statement))


def test_what_was_typed_is_given_back_and_sent_in_one_press_to_who_knows_the_schema(
    member: Browser, end_process: mock.Mock
) -> None:
    page = member.get("/ideas/new")
    migrate()
    refusal = member.submit(page, "form[data-keep]", **WORDS, community="1")
    assert (refusal.status_code, refusal.headers["Retry-After"]) == (503, "5")
    assert refusal.soup.h1.text == "Le site est occupé" and end_process.called
    with db.engine.begin() as connection:
        assert connection.scalar(text("SELECT count(*) FROM ideas")) == 0
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{schema_guard.MINE}'"))
    assert member.submit(refusal, "main form").status_code == 303
    assert db.session.query(Idea.title).all() == [(WORDS["title"],)]


def test_each_page_says_so_to_each_reader(member: Browser, visitor: Browser, end_process: mock.Mock) -> None:
    migrate()
    for browser in (member, visitor):
        for path in ("/", "/ideas", "/account", "/search?q=frigo", "/nothing"):
            answer = browser.get(path)
            assert answer.status_code in (303, 404, 503), f"{path}: {answer.status}"
            assert answer.status_code == 303 or answer.soup.select_one("header"), path
    assert visitor.get("/ideas").status_code == member.get("/account").status_code == 503
    assert end_process.call_count == 1


@pytest.mark.parametrize(
    ("change", "undo"),
    [
        ("ideas RENAME title TO former", "ideas RENAME former TO title"),
        ("users RENAME name TO former", "users RENAME former TO name"),
        ("sessions RENAME TO former", "former RENAME TO sessions"),
        ("versions RENAME TO former", "former RENAME TO versions"),
    ],
)
def test_a_statement_that_fails_on_other_tables_is_no_fault_of_ours(
    member: Browser, visitor: Browser, end_process: mock.Mock, change: str, undo: str
) -> None:
    migrate(f"ALTER TABLE {change}")
    try:
        answers = [browser.get(path) for browser in (member, visitor) for path in ("/ideas", "/search?q=frigo")]
    finally:
        migrate(f"ALTER TABLE {undo}")
    assert {answer.status_code for answer in answers} == {503} and end_process.call_count == 1


def test_what_our_code_makes_of_other_rows_is_no_fault_of_ours_either(
    app: Flask, visitor: Browser, end_process: mock.Mock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page of the public that reads nothing else asks for no number."""
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setitem(app.view_functions, "site.about", lambda: {}["a code of another version"])
    assert (visitor.get("/about").status_code, end_process.called) == (500, False)
    migrate()
    assert (visitor.get("/about").status_code, end_process.called) == (503, True)
