from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import text

from app import create_app
from app.core.db import db
from app.core.errors import Conflict
from app.core.unit import unit
from app.operations import migrate, reference, schema
from tests.support import databases
from tests.support.house import SETTINGS


@pytest.fixture
def empty(engine: str, tmp_path: Path) -> Flask:
    """An application on a database without tables."""
    return create_app(**SETTINGS, DATA_DIR=tmp_path, DATABASE_URL=databases.new(engine, "empty", tmp_path))


def test_an_empty_database_comes_to_the_head_and_stays_there(empty: Flask) -> None:
    with empty.app_context():
        assert (schema.get_current_revision(), "run `reflexe migrate`" in schema.describe_difference()) == ("", True)
        assert migrate.upgrade() == ("", schema.get_head_revision())
        assert migrate.upgrade() == (schema.get_head_revision(), schema.get_head_revision())
        assert schema.describe_difference() == ""
        assert reference.seed()["communities"] == 5
        schema.disconnect()


@pytest.mark.one_engine
def test_the_revisions_are_the_numbers_of_their_files(empty: Flask) -> None:
    scripts = ScriptDirectory.from_config(migrate.build_configuration())
    assert {script.revision for script in scripts.walk_revisions()} == schema.list_known_revisions()
    assert scripts.get_heads() == [schema.get_head_revision()]


def test_a_database_of_a_newer_version_is_not_migrated(app: Flask) -> None:
    with unit():
        db.session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Conflict, match="is the database that of a newer version"):
        migrate.upgrade()
