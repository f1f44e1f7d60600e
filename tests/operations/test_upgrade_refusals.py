"""What keeps an upgrade from beginning, or a way back: each is said before anything is changed, with what to do."""

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import text

from app.accounts.models.people import User
from app.core import file_lock, keys, maintenance, site_key
from app.core.db import db
from app.core.errors import DomainError
from app.core.unit import unit
from app.operations import backup_folder, releases, running_site, schema, upgrade_notes, upgrade_program
from app.operations import upgrade_examination as examination
from app.reference.models import Tag
from tests.operations.release_folders import FORMER, NEW, OLD, Site, make
from tests.operations.test_backup import names, rename

HEAD = schema.get_head_revision()


def refusal(act: Callable[[], object]) -> str:
    """Return what is said by an act that must be refused."""
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value.message % refused.value.values


def test_a_folder_that_is_none_of_ours_is_refused(site: Site, tmp_path: Path) -> None:
    said = refusal(lambda: upgrade_program.find(site.data_dir, tmp_path, back=False))
    assert said.startswith(f"{tmp_path} is no folder of this platform, since it has no app/command.py")


def test_an_older_version_is_refused(site: Site) -> None:
    said = refusal(lambda: upgrade_program.find(site.data_dir, make(site.release("2097.1.0"), "2097.1.0"), back=False))
    assert "holds 2097.1.0, which is older than the present 2098.2.0" in said and "--back" in said


@pytest.mark.one_engine
def test_a_folder_that_is_not_installed_is_refused_with_what_installs_it(tmp_path: Path) -> None:
    house = make(tmp_path / "new", NEW)
    (house / releases.PROGRAM).unlink()
    said = refusal(lambda: releases.refuse_folder(house, house))
    assert f"  cd {house}\n  python3 -m venv .venv\n" in said and "--require-hashes" in said and "pybabel" in said


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("echo 2098.2.0 /elsewhere", "its program is that of /elsewhere"),
        ("echo 'ModuleNotFoundError: flask' >&2; exit 1", "its program does not start: ModuleNotFoundError: flask"),
    ],
)
def test_so_is_one_whose_environment_is_that_of_another(tmp_path: Path, answer: str, why: str) -> None:
    house = make(tmp_path / "new", NEW)
    python = house / ".venv" / "bin" / "python"
    python.write_text(f"#!/bin/sh\n{answer}\n")
    python.chmod(0o755)
    assert f"is not installed ({why})" in refusal(lambda: releases.refuse_folder(house, house))
    python.write_text(f"#!/bin/sh\necho {NEW} {house}\n")
    releases.refuse_folder(house, house)


def test_a_link_that_is_missing_or_is_none_is_refused(site: Site) -> None:
    site.link.unlink()
    assert f"ln -s FOLDER {site.link}" in refusal(site.upgrade)
    site.link.mkdir()
    assert f"{site.link} is no link" in refusal(site.upgrade)


@pytest.mark.parametrize("place", ["releases/2098.2.0/var", "releases/2098.1.0/var", "current/var"])
def test_data_in_the_folder_of_a_version_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    monkeypatch.setitem(site.app.config, "DATA_DIR", site.folder / place)
    said = refusal(lambda: examination.examine(site.app.config))
    assert said.startswith(f"DATA_DIR is {site.folder / place}, in the folder of one version")
    assert f"Have it at {site.folder / 'var'}" in said
    assert f"what is in {site.release(OLD) / 'var'} unless" in said


def test_a_database_that_is_not_there_is_refused_with_a_word_on_the_settings(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(schema, "find_absent_file", lambda: tmp_path / "none.db")
    assert "Are the settings those of the site" in refusal(site.upgrade)


def test_a_database_of_a_newer_version_is_refused(site: Site) -> None:
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert "The database is at 9999, which a newer version made" in refusal(site.upgrade)


def test_the_settings_of_another_site_are_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site_key, "find_mark", lambda: keys.mark("the key of another site"))
    monkeypatch.setattr(examination, "inspect", lambda _engine: SimpleNamespace(has_table=lambda _name: True))
    assert "SECRET_KEY is not the key that this database was made with" in refusal(site.upgrade)


def test_a_disk_without_room_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examination, "get_free", lambda _folder: 2**20)
    assert "make room. Nothing was changed." in refusal(site.upgrade)


def test_a_folder_of_backups_whose_disk_is_away_is_refused(site: Site) -> None:
    backup_folder.note(site.data_dir, examination.get_folder(site.app.config), last="reflexe-2026-11-29T0200.db")
    assert "is its disk mounted?" in refusal(site.upgrade) and site.describe()[:2] == (OLD, FORMER)


@pytest.mark.skipif(os.name != "posix", reason="files have owners there")
def test_another_user_than_that_of_the_site_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 4242)
    assert "run this as the user who runs the site" in refusal(site.upgrade)
    said = refusal(lambda: upgrade_program.find(site.data_dir, None, back=True))
    assert "run this as the user who runs the site" in said


@pytest.mark.parametrize("is_held", [True, False])
def test_a_site_that_a_restoration_left_closed_is_refused_before_anything_is_copied(site: Site, is_held: bool) -> None:
    hold = maintenance.close(site.data_dir, why="restore")
    if not is_held:
        hold.release()
    said = refusal(site.upgrade)
    assert ("that goes on" if is_held else "run `reflexe restore` again") in said
    assert maintenance.is_marked(site.data_dir) and upgrade_notes.read(site.data_dir) is None
    hold.release()


def test_whoever_looks_at_what_did_not_end_keeps_no_upgrade_away(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = examination.examine(site.app.config)
    upgrade_notes.write(site.data_dir, notes)
    (site.data_dir / upgrade_notes.LOCK).touch()
    looks = list[str]()

    def describe(found: upgrade_notes.Notes) -> str:
        with upgrade_notes.take_turn(site.data_dir):
            looks.append(found.step)
        return "that did not end"

    monkeypatch.setattr(upgrade_notes, "describe", describe)
    assert upgrade_notes.describe_unfinished(site.data_dir) == "that did not end" and looks == ["rehearse"]


@pytest.mark.usefixtures("rehearsed")
def test_where_files_have_no_locks_an_upgrade_is_not_taken_for_one_that_stopped(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_lock, "fcntl", None)
    site.upgrade()
    assert site.describe()[::3] == (NEW, True) and not [line for line in site.lines if "did not end" in line]


def test_two_at_once_are_refused(site: Site) -> None:
    with upgrade_notes.take_turn(site.data_dir):
        assert refusal(site.upgrade) == upgrade_notes.UNDER_WAY
        assert refusal(site.go_back) == upgrade_notes.UNDER_WAY
        assert upgrade_notes.describe_unfinished(site.data_dir) == ""


@pytest.mark.usefixtures("rehearsed")
@pytest.mark.parametrize("found", [running_site.OPEN, running_site.SILENT])
def test_a_site_that_does_not_see_that_it_is_closed_is_to_be_stopped(
    site: Site, monkeypatch: pytest.MonkeyPatch, found: str
) -> None:
    monkeypatch.setattr(running_site, "ask", lambda _settings: found)
    assert "does not see that it is closed" in refusal(site.upgrade)
    assert site.describe()[:2] == (OLD, FORMER) and not maintenance.is_marked(site.data_dir)
    assert site.notes.step == upgrade_notes.GIVEN_UP


@pytest.mark.usefixtures("rehearsed")
@pytest.mark.parametrize("accident", [running_site.OPEN, KeyboardInterrupt])
def test_a_way_back_that_begins_nothing_leaves_the_site_open(
    site: Site, monkeypatch: pytest.MonkeyPatch, accident: Any
) -> None:
    def ask(_settings: object) -> str:
        if accident is KeyboardInterrupt:
            raise KeyboardInterrupt
        return running_site.OPEN

    site.upgrade()
    monkeypatch.setattr(running_site, "ask", ask)
    with pytest.raises((DomainError, KeyboardInterrupt)):
        site.go_back()
    assert not maintenance.is_marked(site.data_dir) and site.notes.step == upgrade_notes.DONE


@pytest.mark.usefixtures("rehearsed")
def test_somebody_who_stays_at_work_is_left_to_it(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maintenance, "close", partial(maintenance.close, patience=0.2))
    with maintenance.at_work(site.data_dir):
        assert "Somebody is still at work" in refusal(site.upgrade)
    assert site.describe()[:2] == (OLD, FORMER) and not maintenance.is_marked(site.data_dir)


@pytest.mark.usefixtures("rehearsed")
def test_what_fails_before_anything_was_changed_leaves_the_site_open(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.operations.migrate.upgrade", lambda _tell, _look: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        site.upgrade()
    assert (site.describe()[3], site.notes.step) == (True, upgrade_notes.GIVEN_UP)
    assert f"The copy that was made stays, in {site.notes.backup}: delete it once you are sure." in site.lines
    assert site.lines[-1] == "The site is open, as it was."
    assert refusal(site.go_back) == "The upgrade to 2098.2.0 changed nothing: there is nothing to take back."


@pytest.mark.usefixtures("rehearsed")
def test_one_that_was_killed_as_it_gave_up_is_open_after_the_way_back(site: Site) -> None:
    notes = examination.examine(site.app.config)
    upgrade_notes.write(site.data_dir, replace(notes, step=upgrade_notes.GIVEN_UP))
    maintenance.close(site.data_dir, why=maintenance.UPGRADE).release()
    assert site.go_back() is None and not maintenance.is_marked(site.data_dir)
    assert "changed nothing" in refusal(site.go_back)


@pytest.mark.usefixtures("rehearsed")
def test_a_way_back_that_was_killed_before_it_began_is_open_after_an_upgrade(site: Site) -> None:
    site.upgrade()
    maintenance.close(site.data_dir, why=maintenance.UPGRADE).release()
    site.upgrade()
    assert site.describe()[::3] == (NEW, True) and site.notes.step == upgrade_notes.DONE


@pytest.mark.usefixtures("rehearsed")
def test_another_upgrade_is_not_begun_before_one_that_was_stopped_ends(site: Site) -> None:
    upgrade_notes.write(site.data_dir, examination.examine(site.app.config))
    assert (
        upgrade_program.find(site.data_dir, make(site.release("2098.3.0"), "2098.3.0"), back=False).name == "2098.3.0"
    )
    begun = upgrade_notes.read(site.data_dir)
    assert begun
    upgrade_notes.write(site.data_dir, replace(begun, step="migrate_database"))
    said = refusal(lambda: upgrade_program.find(site.data_dir, site.release("2098.3.0"), back=False))
    assert said.startswith(
        "Nothing was begun, since the upgrade to 2098.2.0 did not end (it stopped while it migrated)"
    )
    assert upgrade_program.find(site.data_dir, None, back=False) == site.release(NEW)
    assert upgrade_program.find(site.data_dir, None, back=True) == site.release(NEW)


def test_there_may_be_nothing_to_go_back_to(site: Site) -> None:
    assert refusal(site.go_back).startswith("There is nothing to go back to")


@pytest.mark.usefixtures("rehearsed")
def test_what_a_way_back_needs_may_be_gone(site: Site) -> None:
    site.upgrade()
    Path(site.notes.backup).rename(site.data_dir / "moved")
    assert "before-2098.2.0" in refusal(site.go_back) and "is gone, which holds the database of before" in refusal(
        site.go_back
    )
    (site.data_dir / "moved").rename(site.notes.backup)
    shutil.rmtree(site.release(OLD))
    assert "is gone, which held 2098.1.0: install that version there again" in refusal(site.go_back)
    make(site.release(OLD), OLD)
    site.go_back()
    assert "was taken back already, on" in refusal(site.go_back)


@pytest.mark.usefixtures("rehearsed")
def test_what_was_written_since_is_counted_and_lost_only_when_that_is_said(site: Site) -> None:
    before = names()
    site.upgrade()
    rename("Written since")
    with unit():
        db.session.add_all([Tag(slug=f"t{n}", name="t", sort_key="t") for n in range(3)])
        db.session.add(User(email="a@example.org", name="A", fs_uniquifier="a"))
    said = refusal(site.go_back)
    assert re.search(r"this was written: accounts 1, other rows \d+; in all, 2 changes that readers may see\.", said), (
        said
    )
    assert site.describe() == (NEW, HEAD, {"Written since"}, True)
    site.go_back(lose_them=True)
    assert site.describe() == (OLD, FORMER, before, True)
