"""Between two tests, a database is in its reference state again, whoever wrote in it and in whatever way."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from werkzeug.test import Client

from app.core.db import db
from app.reference.models import Issue, Territory
from tests.browser.served_application import Served
from tests.support import tables
from tests.support.house import House
from tests.support.make import Make
from tests.support.rows import every


def test_what_was_written_is_put_back(app: Flask, house: House, make: Make) -> None:
    before = tables.photo()
    make.idea(votes=2)
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE territories SET name = 'Ailleurs' WHERE code = '70052'"))
        connection.execute(text("UPDATE versions SET n = n + 1"))
        connection.execute(text("DELETE FROM search_vocabulary"))
    house.reset()
    assert tables.photo() == before
    # Asked of the tables themselves: a photo reads again only what it knows to be written in.
    assert every(Issue)
    assert db.session.scalar(select(func.count()).where(Territory.name == "Ailleurs")) == 0


def test_as_many_other_rows_are_not_taken_for_those_that_were_there(app: Flask, house: House) -> None:
    before = tables.photo()
    with db.engine.begin() as connection:
        rows = [
            {"key": row.key, "word": f"{row.word}x"}
            for row in connection.execute(text("SELECT key, word FROM search_vocabulary"))
        ]
        connection.execute(text("DELETE FROM search_vocabulary"))
        connection.execute(text("INSERT INTO search_vocabulary (key, word) VALUES (:key, :word)"), rows)
    house.reset()
    assert tables.photo() == before


def test_a_new_row_has_the_number_that_it_had_in_the_test_before(house: House, make: Make) -> None:
    first = make.user().id
    db.session.rollback()
    house.reset()
    assert make.user().id == first


def test_a_state_that_was_kept_comes_back_with_its_numbers(app: Flask, house: House, make: Make) -> None:
    make.idea(votes=2)
    db.session.rollback()
    house.state.keep("two supports")
    before, next_id = tables.photo(), make.user().id
    db.session.rollback()
    house.reset()
    assert "votes" in tables.changed_tables(before, tables.photo())
    house.state.restore("two supports")
    house.forget()
    assert tables.photo() == before
    assert make.user().id == next_id


@pytest.mark.one_engine
def test_tables_that_a_test_changed_made_large_or_damaged_are_as_they_were(app: Flask, house: House) -> None:
    pages, number = text("PRAGMA page_count"), "SELECT count(*) FROM search_words('alimentaire')"
    size, found = db.session.scalar(pages), db.session.scalar(text(number))
    for statement in (
        "ALTER TABLE votes ADD COLUMN other TEXT",
        "INSERT INTO search_words (search_words) VALUES ('delete-all')",
        "UPDATE issues SET name = printf('%8000000d', id)",
    ):
        db.session.remove()
        with db.engine.begin() as connection:
            connection.execute(text(statement))
        house.reset()
        assert "other" not in db.session.execute(text("SELECT * FROM votes")).keys()
        assert db.session.scalar(text(number)) == found > 0
        assert db.session.scalar(pages) == size and all(len(row.name) < 100 for row in every(Issue))


@pytest.mark.one_engine
def test_a_connection_that_its_pool_forgot_spoils_nothing(app: Flask, house: House, make: Make) -> None:
    """A thread may use one while the others are closed, as an outage of a test does: the next test begins without it."""
    make.idea(votes=2)
    before = db.engine.connect()
    driver_connection: Any = before.connection.driver_connection
    before.execute(text("SELECT count(*) FROM ideas"))
    db.session.remove()
    db.engine.dispose()
    before.close()
    house.reset()
    make.idea()
    assert db.session.scalar(text("SELECT count(*) FROM votes")) == 0
    with pytest.raises(sqlite3.ProgrammingError, match="closed database"):
        driver_connection.execute("SELECT 1")


def test_a_request_that_comes_late_does_not_open_the_database_of_the_next_test() -> None:
    """Whoever opens a file of SQLite while it is replaced sees a mixture: a page that was closed may have asked for more."""
    reached, asked, may_end = [], threading.Event(), threading.Event()

    def application(environ: Any, start_response: Any) -> list[bytes]:
        reached.append(environ["PATH_INFO"])
        asked.set()
        assert may_end.wait(5)
        start_response("200 OK", [])
        return [b"an answer"]

    served = Served(application)
    with ThreadPoolExecutor() as threads:
        with served.open():
            early = threads.submit(Client(served).get, "/early")
            assert asked.wait(5)
            threading.Timer(0.05, may_end.set).start()
        assert may_end.is_set(), "the request under way was not waited for"
        assert early.result().data == b"an answer"
        assert Client(served).get("/late").status_code == 503
    assert reached == ["/early"]
