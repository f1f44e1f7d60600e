"""The migrations make the tables of the models, on both engines, and lose no row."""
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from app import create_app
from app.core.db import db
from tests.support import databases, house, migrating


@pytest.fixture
def empty(engine: str, tmp_path: Path) -> Iterator[Flask]:
    """The application on a database where nothing was ever made."""
    house.import_models()
    url = databases.new(engine, "reflexe_migrations", tmp_path)
    app = create_app(**house.SETTINGS, DATA_DIR=tmp_path, DATABASE_URL=url)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def test_the_migrated_tables_are_those_of_the_models(empty: Flask) -> None:
    upgrade()
    assert migrating.differences() == []


def test_rows_in_every_table_go_down_to_nothing_and_up_again(empty: Flask) -> None:
    upgrade()
    migrating.fill()
    assert set(migrating.counts().values()) == {1}
    downgrade(revision="base")
    assert migrating.tables() == set()
    upgrade()
    assert migrating.differences() == []
    assert set(migrating.counts().values()) == {0}


def test_a_table_that_is_copied_keeps_its_rows_and_its_children(empty: Flask, tmp_path: Path) -> None:
    upgrade()
    migrating.fill()
    names = sorted(migrating.tables())
    migrating.upgrade_with(empty, tmp_path, (
        f"for name in {names}:\n"
        "        with op.batch_alter_table(name, recreate='always' if op.get_bind().dialect.name == 'sqlite' else 'never')"
        " as table:\n            table.add_column(sa.Column('more', sa.String(), nullable=True))"))
    assert set(migrating.counts().values()) == {1}


@pytest.mark.one_engine
def test_a_migration_that_orphans_rows_is_refused_and_changes_nothing(empty: Flask, tmp_path: Path) -> None:
    upgrade()
    migrating.fill()
    with pytest.raises(RuntimeError, match="without their parent"):
        migrating.upgrade_with(empty, tmp_path, "op.execute('DELETE FROM users')")
    assert migrating.counts()["users"] == 1


@pytest.mark.one_engine
def test_foreign_keys_hold_again_after_a_migration(empty: Flask) -> None:
    upgrade()
    assert db.session.scalar(text("PRAGMA foreign_keys")) == 1
