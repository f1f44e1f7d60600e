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
from tests.support.migration_cases import import_models, upgrade

TEMPLATE = "migrated"


@contextmanager
def on(url: str, folder: Path) -> Iterator[Flask]:
    """Make the application of a database; it is in its context."""
    import_models()
    app = create_app(**house.SETTINGS, DATA_DIR=folder, DATABASE_URL=url)
    with app.app_context():
        yield app
        schema.disconnect()


@pytest.fixture(scope="session")
def new_migrated(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str, Path], str]:
    """Make a database that went through all the migrations, where nothing is yet; return its address."""
    place, made = tmp_path_factory.mktemp(TEMPLATE), set[str]()

    def make(engine: str, name: str, folder: Path) -> str:
        if engine not in made:
            with on(databases.new(engine, TEMPLATE, place), place):
                upgrade()
            made.add(engine)
        if engine == "sqlite":
            shutil.copyfile(place / f"{TEMPLATE}.db", folder / f"{name}.db")
            return databases.new(engine, name, folder)
        postgresql.create(postgresql.own(name), like=postgresql.own(TEMPLATE))
        return postgresql.address(postgresql.own(name))

    return make


@pytest.fixture
def migrated(engine: str, new_migrated: Callable[[str, str, Path], str], tmp_path: Path) -> Iterator[Flask]:
    """The application on a database of its own that went through all the migrations, where nothing is yet."""
    with on(new_migrated(engine, "reflexe_migrated", tmp_path), tmp_path) as app:
        yield app
