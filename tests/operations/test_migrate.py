from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.core.errors import Conflict
from app.operations import migrate, reference
from tests.support import databases
from tests.support.house import SETTINGS


@pytest.fixture
def empty(engine: str, tmp_path: Path) -> Flask:
    """An application on a database without tables."""
    return create_app(**SETTINGS, DATA_DIR=tmp_path, DATABASE_URL=databases.new(engine, "empty", tmp_path))


def test_an_empty_database_comes_to_the_head_and_stays_there(empty: Flask) -> None:
    with empty.app_context():
        assert (migrate.current(), migrate.is_current()) == ("", False)
        assert migrate.upgrade() == ("", migrate.head())
        assert migrate.upgrade() == (migrate.head(), migrate.head())
        assert migrate.is_current()
        assert reference.seed()["communities"] == 5
        migrate.disconnect()


def test_a_database_that_is_away_is_a_refusal_in_words(tmp_path: Path) -> None:
    app = create_app(**SETTINGS, DATA_DIR=tmp_path, DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    with app.app_context(), pytest.raises(Conflict) as refusal:
        migrate.current()
    assert "127.0.0.1" in str(refusal.value.values["why"])
