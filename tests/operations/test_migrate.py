from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.operations import migrate, reference
from tests.support import databases
from tests.support.house import SETTINGS


@pytest.fixture
def empty(engine: str, tmp_path: Path) -> Flask:
    """An application on a database without tables."""
    return create_app(**SETTINGS, DATA_DIR=tmp_path, DATABASE_URL=databases.new(engine, "empty", tmp_path))


def test_an_empty_database_comes_to_the_head_and_stays_there(empty: Flask) -> None:
    with empty.app_context():
        assert (migrate.current(), "run `reflexe migrate`" in migrate.difference()) == ("", True)
        assert migrate.upgrade() == ("", migrate.head())
        assert migrate.upgrade() == (migrate.head(), migrate.head())
        assert migrate.difference() == ""
        assert reference.seed()["communities"] == 5
        migrate.disconnect()
