"""What a whole run sees to would itself notice: a statement that PostgreSQL refuses, a row that was written since."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, String, event, func, literal, select, text

from app.accounts import queries as people
from app.core.actor import ANYONE
from app.core.db import db
from app.ideas.models import Idea
from app.reference import queries
from app.results import queries as queries_of_finds
from tests.support import tables
from tests.support.house import House
from tests.support.make import Make
from tests.support.statements import Statements, is_understood


@pytest.fixture
def statements(tmp_path: Path) -> Iterator[Statements]:
    found = Statements(tmp_path)
    found.watch()
    yield found
    event.remove(Engine, "before_cursor_execute", found._note)


def test_what_postgresql_never_ran_is_named_with_the_test_that_sent_it(
    houses: list[House], statements: Statements
) -> None:
    sqlite, postgresql = houses
    statements.by_engine["postgresql"]["SELECT another"] = "a test"
    for house, missing in ((sqlite, 1), (postgresql, 0)):
        house.reset()
        with house.app.app_context():
            db.session.scalars(select(Idea)).all()  # A test that looks for itself proves nothing, and owes nothing.
            queries.organisations()
            assert len(statements.missing()) == missing
            assert all("test_what_postgresql_never_ran" in one for one in statements.missing())
            db.session.remove()


def test_postgresql_is_asked_once_how_it_would_run_what_sqlite_alone_ran(
    houses: list[House], statements: Statements
) -> None:
    sqlite, postgresql = houses
    statements.by_engine["postgresql"]["SELECT another"] = "a test"
    sqlite.reset()
    with sqlite.app.app_context():
        queries.organisations()
        people.by_email("personne@example.org")
        db.session.remove()
        odd = select(func.julianday(Idea.created_at)).compile(db.engine)
        uneven = select(Idea.id).where(Idea.id == literal("one", String)).compile(db.engine)
    statements.by_engine["sqlite"]["odd"], statements._examples["odd"] = "a test", (odd, {})
    assert len(statements.missing()) == 3
    with postgresql.app.app_context(), db.engine.connect() as connection:
        statements.ask(connection)
        assert statements.missing() == ["odd\n    sent by a test"]
        assert not any(statements.claim(text) for text in statements.by_engine["sqlite"])
        assert not is_understood(connection, uneven, {})


def test_the_index_of_words_of_each_engine_is_asked_for_the_same(houses: list[House], statements: Statements) -> None:
    for house in houses:
        house.reset()
        with house.app.app_context():
            queries_of_finds.find(ANYONE, queries_of_finds.parse("jardin -parc"), after=f"0.{2**40}")
            assert any("has the words" in one for one in statements.by_engine[house.engine])
            db.session.remove()
    assert statements.missing() == []


def test_a_photo_that_is_taken_again_holds_what_was_written_since(make: Make) -> None:
    idea, before = make.idea(), tables.photo()
    assert tables.changed_tables(before, tables.photo()) == set()
    make.vote(make.user(), idea)
    after = tables.photo()
    assert tables.differences(before, after) == {"users+", "votes+", "ideas.votes_count"}
    tables.restore(before)
    assert tables.changed_tables(before, tables.photo()) == set() and before["ideas"] is not after["ideas"]


def test_a_database_is_put_back_when_the_last_thread_of_the_test_before_is_done_with_it(houses: list[House]) -> None:
    sqlite, _postgresql = houses
    sqlite.reset()
    connection = sqlite.state.engine.connect()
    connection.execute(text("SELECT 1"))
    ends = threading.Event()
    threading.Timer(0.1, lambda: (ends.set(), connection.close())).start()
    sqlite.reset()
    assert ends.is_set()
    with sqlite.state.engine.begin() as next_one:
        next_one.execute(text("DELETE FROM votes"))
