"""The migrations on a copy, by a program of its own, and the same upgrade from the terminal, in place."""

import json
import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from app.core import maintenance
from app.core.db import db
from app.operations import backup, backup_trial, releases, schema, upgrade_notes, upgrade_program, upgrade_rehearsal
from app.operations import upgrade_examination as examination
from app.web.site import upkeep
from tests.operations.release_folders import FORMER
from tests.operations.test_backup import names, rename
from tests.support import terminal
from tests.support.migration_cases import downgrade

HEAD = schema.get_head_revision()


@pytest.fixture
def place(platform: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """A site at a former schema, whose program stands on its own; what it starts has the settings of a development."""
    monkeypatch.setenv("REFLEXE_ENV", "development")
    monkeypatch.setitem(platform.config, "PORT", 1)
    downgrade(revision=FORMER)
    db.session.remove()
    return platform


def look() -> tuple[str, set[str]]:
    """Return the schema and the names of the communities; no connection stays open, which a command would close."""
    found = schema.get_current_revision(), names()
    db.session.remove()
    return found


def copy(app: Flask) -> Path:
    file = examination.get_folder(app.config) / "before.copy"
    file.parent.mkdir()
    backup.backup(file)
    return file


def list_left(app: Flask) -> list[str]:
    """Return what a rehearsal left behind."""
    found = [str(one) for one in examination.get_folder(app.config).glob(upgrade_rehearsal.FOLDER)]
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect() as connection:
            query = text("SELECT datname FROM pg_database WHERE datname = current_database() || :name")
            found += connection.scalars(query, {"name": upgrade_rehearsal.DATABASE})
    return found


def test_the_migrations_are_done_on_a_copy_that_goes(place: Flask) -> None:
    lines: list[str] = []
    times = upgrade_rehearsal.rehearse(copy(place), lines.append)
    assert any(line.startswith("Migration 1 of") and "revision 0022" in line for line in times)
    assert [f"On the copy: {line}" for line in times] == lines
    assert (schema.get_current_revision(), list_left(place)) == (FORMER, [])


def test_migrations_that_fail_are_found_while_the_site_is_open(place: Flask) -> None:
    with db.engine.begin() as connection:
        connection.execute(text("CREATE TABLE search_entries (id INTEGER)"))
    _revision, before = look()
    failed = terminal.run(place, "upgrade", code=1)
    assert "The migrations fail on a copy of the database" in failed.stderr
    assert re.search(r"a copy of the database: .*search_entries", failed.stderr) and " CRITICAL " in failed.stderr
    assert (*look(), list_left(place)) == (FORMER, before, [])
    assert not maintenance.is_marked(place.config["DATA_DIR"])


def test_what_a_rehearsal_that_was_killed_left_goes(place: Flask) -> None:
    file = copy(place)
    with pytest.raises(KeyboardInterrupt), upgrade_rehearsal._make_copy(file):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(upgrade_rehearsal, "sweep", lambda _folder: None)
            assert list_left(place)
            raise KeyboardInterrupt
    (file.parent / upgrade_rehearsal.FOLDER).mkdir()
    upgrade_rehearsal.sweep(file.parent)
    assert list_left(place) == []


def test_the_worker_removes_what_a_trial_that_was_killed_left_unless_one_is_at_work(place: Flask) -> None:
    data_dir = place.config["DATA_DIR"]
    upgrade_notes.write(data_dir, examination.examine(place.config))
    file = copy(place)
    with pytest.MonkeyPatch.context() as patch, upgrade_rehearsal._make_copy(file):
        patch.setattr(upgrade_rehearsal, "sweep", lambda _folder: None)
        upkeep.back_up()
    assert list_left(place)
    with upgrade_notes.take_turn(data_dir):
        upkeep.back_up()
    assert list_left(place)
    upkeep.back_up()
    assert list_left(place) == []


def test_without_room_or_right_none_is_done_and_that_is_said(place: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup_trial, "make_database", lambda _name: False)
    if db.engine.dialect.name == "sqlite":
        free = iter([2**60, 2**60, 0])
        monkeypatch.setattr(examination, "get_free", lambda _folder: next(free))
    said = terminal.run(place, "upgrade").stderr
    assert "The migrations are not tried on it first: " in said and "Closing the site, for about" in said
    assert schema.get_current_revision() == HEAD


def test_a_program_on_its_own_is_upgraded_in_place_and_taken_back(place: Flask) -> None:
    _revision, before = look()
    said = terminal.run(place, "upgrade")
    assert f"schema {FORMER} to {HEAD}" in said.stderr and "The migrations went well on it" in said.stderr
    assert (
        "About" not in said.stdout
        and f"To go back: {releases.get_house()}/.venv/bin/reflexe upgrade --back" in said.stdout
    )
    assert look() == (HEAD, before)
    assert "Nothing to do" in terminal.run(place, "upgrade").stderr

    rename("Written since")
    db.session.remove()
    assert "--lose-them" in terminal.run(place, "upgrade", "--back", code=1).stderr
    refused = terminal.run(place, "upgrade", "--back", "--lose-them", code=1).stderr
    assert f"the version before, whose schema is {FORMER}" in refused and "git checkout" in refused
    assert look() == (FORMER, before)
    assert maintenance.is_marked(place.config["DATA_DIR"])


def test_the_former_program_in_its_place_opens_the_site(
    place: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    terminal.run(place, "upgrade")
    terminal.run(place, "upgrade", "--back", code=1)
    with monkeypatch.context() as patch:
        # It may stand in another folder, beside that of the newer one.
        patch.setattr(releases, "get_house", lambda: tmp_path)
        assert upgrade_program.find(place.config["DATA_DIR"], None, back=True) == tmp_path
    monkeypatch.setattr(schema, "describe_difference", lambda: "")
    assert "The site is at the version before again." in terminal.run(place, "upgrade", "--back").stdout
    assert not maintenance.is_marked(place.config["DATA_DIR"])


def test_ctrl_c_says_where_it_is_and_what_goes_on(place: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("app.operations.migrate.upgrade", stop)
        stopped = terminal.run(place, "upgrade", code=130).stderr
    assert "Stopped: the upgrade to" in stopped and "`reflexe upgrade` goes on" in stopped
    assert maintenance.is_marked(place.config["DATA_DIR"])
    assert json.loads(terminal.run(place, "upgrade", "--json").stdout)["step"] == upgrade_notes.DONE
    assert not maintenance.is_marked(place.config["DATA_DIR"])


def test_losing_goes_with_going_back(place: Flask) -> None:
    assert "--lose-them goes with --back" in terminal.run(place, "upgrade", "--lose-them", code=2).stderr
