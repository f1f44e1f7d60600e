"""An upgrade is taken back by the newer program, which restores the copy made before; then the former one goes on."""

from pathlib import Path

from flask import Flask

from app.core.db import db
from app.operations import backup, migrate, schema
from tests.operations.test_backup import names, rename
from tests.support import terminal
from tests.support.migration_cases import downgrade

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
