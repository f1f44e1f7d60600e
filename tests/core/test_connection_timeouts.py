"""A statement that PostgreSQL does not answer is given up on, where people wait."""

import time
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from app.core import connection_timeouts, dialect
from app.core.connection_timeouts import PatientConnection
from app.core.db import db


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(connection_timeouts, "LONGEST", 0.3)
    monkeypatch.setattr(PatientConnection, "longest", None)
    connection_timeouts.limit_waits()
    yield


def test_a_statement_that_is_not_answered_is_given_up_on_and_the_next_one_is_asked_elsewhere(
    app: Flask, engine: str, short: None
) -> None:
    if engine == "sqlite":
        assert dialect.is_alive(), "a file answers at once"
        return
    begin = time.monotonic()
    with pytest.raises(OperationalError, match="did not answer within"):
        db.session.execute(text("SELECT pg_sleep(20)"))
    assert time.monotonic() - begin < 10
    db.session.rollback()
    assert dialect.is_alive()
