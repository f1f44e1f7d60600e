"""Databases that went through all the migrations: the first of each engine goes through them, the others are its copies."""
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.operations import schema
from tests.support import databases, house, postgresql
from tests.support.migrating import upgrade

TEMPLATE = "migrated"


@contextmanager
def on(url: str, folder: Path) -> Iterator[Flask]:
    """Make the application of a database; it is in its context."""
    house.import_models()
    app = create_app(**house.SETTINGS, DATA_DIR=folder, DATABASE_URL=url)
    with app.app_context():
        yield app
        schema.disconnect()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Make the first database of an engine, once; return its folder."""
    folder, made = tmp_path_factory.mktemp(TEMPLATE), set[str]()

    def make(engine: str) -> Path:
        if engine not in made:
            with on(databases.new(engine, TEMPLATE, folder), folder):
                upgrade()
            made.add(engine)
        return folder

    return make


@pytest.fixture
def migrated(engine: str, template: Callable[[str], Path], tmp_path: Path) -> Iterator[Flask]:
    """The application on a database of its own that went through all the migrations, where nothing is yet."""
    folder = template(engine)
    url = databases.new(engine, "reflexe_migrated", tmp_path)
    if engine == "sqlite":
        shutil.copyfile(folder / f"{TEMPLATE}.db", tmp_path / "reflexe_migrated.db")
    else:
        postgresql.create(postgresql.own("reflexe_migrated"), like=postgresql.own(TEMPLATE))
    with on(url, tmp_path) as app:
        yield app
