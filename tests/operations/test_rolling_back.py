"""An upgrade is taken back by the newer program, which restores the copy made before; then the former one goes on."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from app.core.db import db
from app.core.schema_guard import OtherSchema
from app.core.unit import unit
from app.operations import backup, migrate, schema
from tests.operations.test_backup import names, rename
from tests.support import terminal
from tests.support.migration_cases import downgrade
from tests.support.races import PATIENCE, wait_until_somebody_waits

FORMER = "0021"


def test_the_newer_program_puts_back_a_copy_of_the_former_version_at_its_schema(
    platform: Flask, tmp_path: Path
) -> None:
    file, newest = tmp_path / "before-upgrade", schema.get_head_revision()
    downgrade(revision=FORMER)
    db.session.remove()
    before = names()
    backup.backup(file)
    migrate.upgrade()
    rename("Written since the upgrade")

    said = terminal.run(platform, "restore", file).output
    assert (schema.get_current_revision(), names()) == (FORMER, before)
    assert (
        f"It is at {FORMER}, not {newest}: run `reflexe migrate` first, or go back to the version that made the copy."
        in said
    )
    assert migrate.upgrade() == (FORMER, newest) and names() == before


def test_what_was_written_since_an_upgrade_is_kept_for_the_newer_program(platform: Flask, tmp_path: Path) -> None:
    file = tmp_path / "before-upgrade"
    downgrade(revision=FORMER)
    db.session.remove()
    backup.backup(file)
    migrate.upgrade()
    rename("Written since the upgrade")
    _contents, since = backup.restore(file, platform.config["DATA_DIR"])
    assert since
    backup.restore(since, platform.config["DATA_DIR"])
    assert (schema.get_current_revision(), names()) == (schema.get_head_revision(), {"Written since the upgrade"})


def test_who_runs_while_a_former_schema_is_put_back_is_waited_for_then_writes_nothing(
    platform: Flask, engine: str, tmp_path: Path
) -> None:
    file = tmp_path / "before-upgrade"
    downgrade(revision=FORMER)
    db.session.remove()
    backup.backup(file)
    migrate.upgrade()

    def restore() -> None:
        with platform.app_context():
            backup.restore(file, platform.config["DATA_DIR"])

    forgotten = db.engine.pool
    with ThreadPoolExecutor(1) as pool:
        with unit():
            db.session.execute(text("INSERT INTO heartbeats (machine, at) VALUES ('written', '2026-11-30')"))
            restoration = pool.submit(restore)
            wait_until_somebody_waits(engine)
            assert not restoration.done()
        restoration.result(PATIENCE)
    forgotten.dispose()
    with pytest.raises(OtherSchema, match=f"now at schema {FORMER}, not .*: run `reflexe migrate`"), unit():
        db.session.execute(text("DELETE FROM heartbeats"))
