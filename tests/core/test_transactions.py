"""How a transaction ends: what only read keeps the statements that PostgreSQL has prepared; the rest is undone."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import DBAPIError

from app.core.db import db
from app.core.unit import unit
from app.core.versions import Version

PREPARED = text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%the same question%'")
ROW = {"key": "a row", "n": 1}
SQL = "INSERT INTO versions (key, n) VALUES ('a row', 1)"
WRITES = insert(Version).values(ROW), text(SQL)


def count_rows() -> int:
    return db.session.scalar(select(func.count()).where(Version.key == ROW["key"])) or 0


def ask() -> None:
    db.session.execute(text("SELECT 'the same question'"))
    db.session.rollback()


def test_a_question_asked_by_many_requests_stays_prepared(app: Flask, engine: str) -> None:
    for _n in range(8):
        ask()
    if engine == "postgresql":
        assert db.session.scalar(PREPARED) == 1


@pytest.mark.parametrize("statement", WRITES)
def test_what_was_written_before_a_rollback_is_undone(app: Flask, statement: Any) -> None:
    db.session.execute(statement)
    db.session.rollback()
    assert count_rows() == 0
    with pytest.raises(ZeroDivisionError), unit():
        db.session.execute(statement)
        raise ZeroDivisionError
    assert count_rows() == 0


def test_what_an_act_wrote_in_the_driver_s_own_way_is_undone(app: Flask) -> None:
    with pytest.raises(ZeroDivisionError), unit():
        db.session.connection().connection.cursor().execute(SQL)
        raise ZeroDivisionError
    assert count_rows() == 0


def test_a_question_that_fails_leaves_a_connection_that_answers(app: Flask) -> None:
    with pytest.raises(DBAPIError):
        db.session.execute(text("SELECT nothing FROM nowhere"))
    db.session.rollback()
    assert count_rows() == 0
