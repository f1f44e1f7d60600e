"""A platform whose database may be replaced."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.operations import schema
from tests.support import postgresql
from tests.support.house import SETTINGS, House


@pytest.fixture
def platform(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """A platform of its own, with its reference data, on a database that may be replaced."""
    monkeypatch.setenv("PATH", str(postgresql.PROGRAMS), prepend=":")
    app = create_app(**SETTINGS, DATA_DIR=tmp_path, DATABASE_URL=house.state.copy("backup", tmp_path))
    with app.app_context():
        yield app
        schema.disconnect()
    app.extensions["huey"].storage.close()
