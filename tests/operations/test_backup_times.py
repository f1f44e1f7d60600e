"""Backups over time: a clock that jumped, a site that was stopped, and what no note knows of is forgotten too."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.core import clock as time
from app.operations import backup, backup_notes, backup_programs, backup_trial, daily_backups
from app.web.site import upkeep
from tests.operations.test_daily_backups import copies, found, restore
from tests.support.clock import Clock

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)  # Four in the morning in the region.


@pytest.fixture(autouse=True)
def folder(platform: Flask, tmp_path: Path, clock: Clock) -> Path:
    clock.at(MONDAY)
    platform.config["BACKUP_DIR"] = tmp_path / "backups"
    return tmp_path / "backups"


def test_a_clock_that_was_ahead_for_a_while_stops_no_backup_no_trial_and_no_alarm(
    platform: Flask, folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[Path] = []
    real = backup_trial.try_out
    monkeypatch.setattr(backup_trial, "try_out", lambda file, contents: tried.append(file) or real(file, contents))
    clock.forward(days=400)
    daily_backups.run(platform.config)
    clock.at(MONDAY)
    assert found(platform)["backups"].grade == found(platform)["restore tried"].grade == "wrong"
    daily_backups.run(platform.config)
    assert len(copies(folder)) == 2 and len(tried) == 2
    assert found(platform)["backups"].grade == "look" and found(platform)["restore tried"].grade == "ok"
    for _day in range(8):
        clock.forward(days=1)
        daily_backups.run(platform.config)
    assert [one.made_at.year for one in backup_notes.read(folder).backups].count(2027) <= 1


def test_a_site_that_was_stopped_for_weeks_keeps_its_last_copy_until_there_is_another(
    platform: Flask, folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    daily_backups.run(platform.config)
    [last] = copies(folder)
    clock.forward(weeks=6)
    with monkeypatch.context() as patch:
        patch.setattr(backup, "_write", lambda _source, _part: (_ for _ in ()).throw(OSError(28, "No space left")))
        daily_backups.run(platform.config)
    assert copies(folder) == [last]
    daily_backups.run(platform.config)
    assert len(copies(folder)) == 1 and copies(folder) != [last]


def test_a_copy_that_no_note_knows_of_is_forgotten_after_four_weeks(
    platform: Flask, folder: Path, clock: Clock
) -> None:
    daily_backups.run(platform.config)
    [known] = copies(folder)
    with (folder / known).open("r+b") as file:
        file.truncate(100)
    lost, recent = folder / "reflexe-2026-01-31T0400.dump.age", folder / "reflexe-2026-02-20T0400.db"
    lost.touch()
    recent.touch()
    daily_backups.run(platform.config)
    assert not lost.exists() and recent.exists()
    clock.forward(weeks=4, hours=1)
    daily_backups.run(platform.config)
    assert known not in copies(folder) and not recent.exists() and len(copies(folder)) == 1


def test_a_database_that_was_replaced_is_forgotten_after_four_weeks(
    platform: Flask, folder: Path, clock: Clock, tmp_path: Path
) -> None:
    daily_backups.run(platform.config)
    mine = tmp_path / "notes.before-christmas"
    mine.write_text("mine")
    restore(platform, folder / copies(folder)[0])
    [former] = [file for file in backup._name(platform.config["DATA_DIR"]).parent.glob("*.before-2*")]
    for suffix in ("-wal", "-shm"):
        former.with_name(f"{former.name}{suffix}").touch()
    clock.forward(weeks=3)
    upkeep.back_up()
    assert former.exists()
    platform.config["BACKUP_DIR"] = None
    clock.forward(weeks=1, hours=1)
    upkeep.back_up()
    assert not list(former.parent.glob("*.before-2*")) and mine.exists()


def test_a_clock_that_is_ahead_removes_nothing_and_the_check_says_so_until_it_is_right(
    platform: Flask, folder: Path, clock: Clock
) -> None:
    for _day in range(4):
        daily_backups.run(platform.config)
        clock.forward(days=1)
    known, former = copies(folder), backup._name(platform.config["DATA_DIR"])
    former = former.with_name(f"{former.name}{backup.BEFORE}20260301T120000.000000")
    former.touch()
    clock.forward(days=365)
    upkeep.back_up()
    line = found(platform)["backups"]
    assert set(known) < set(copies(folder)) and former.exists()
    assert line.grade == "wrong" and "5 copies" in line.text and "is today 2027-03-06?" in line.text
    clock.forward(days=-365)
    upkeep.back_up()
    assert found(platform)["backups"].grade == "look" and set(known) < set(copies(folder))


def test_what_is_due_after_weeks_without_a_worker_goes_once_a_person_removed_some(
    platform: Flask, folder: Path, clock: Clock
) -> None:
    for _day in range(5):
        daily_backups.run(platform.config)
        clock.forward(days=1)
    clock.forward(weeks=6)
    daily_backups.run(platform.config)
    assert len(copies(folder)) == 6 and found(platform)["backups"].grade == "wrong"
    for name in copies(folder)[:2]:
        (folder / name).unlink()
    daily_backups.run(platform.config)
    assert len(copies(folder)) == 1 and found(platform)["backups"].grade == "look"


def test_a_file_that_can_not_be_removed_is_an_alarm_and_keeps_no_copy_from_being_noted(
    platform: Flask, folder: Path, clock: Clock
) -> None:
    (folder / "reflexe-2026-01-30T0400.db").mkdir(parents=True)
    (folder / "reflexe-2026-01-31T0400.db").touch()
    for _hour in range(2):
        daily_backups.run(platform.config)
        clock.forward(hours=1)
    assert copies(folder) == ["reflexe-2026-01-30T0400.db", backup_notes.read(folder).backups[0].file]
    line = found(platform)["backups"]
    assert line.grade == "wrong" and line.text.startswith("1, the last") and "directory" in line.text
    (folder / "reflexe-2026-01-30T0400.db").rmdir()
    daily_backups.run(platform.config)
    assert found(platform)["backups"].grade == "look"


def test_the_copy_of_an_upgrade_is_forgotten_where_it_is_whatever_the_folder_of_backups_is(
    platform: Flask, tmp_path: Path
) -> None:
    platform.config["BACKUP_DIR"] = tmp_path / "elsewhere"
    places = [tmp_path / name / "before-2026.2.0.db" for name in ("elsewhere", "backups")]
    for file in places:
        file.parent.mkdir()
        file.touch()
        os.utime(file, times=(0, (MONDAY - timedelta(weeks=5)).timestamp()))
    upkeep.back_up()
    assert [file.exists() for file in places] == [False, False]


@pytest.mark.parametrize("is_made_here", [True, False])
def test_the_copy_of_an_upgrade_is_forgotten_after_four_weeks_and_no_file_of_another_name(
    platform: Flask, folder: Path, tmp_path: Path, is_made_here: bool
) -> None:
    if not is_made_here:
        platform.config["BACKUP_DIR"] = None
    folder.mkdir()
    names = ("before-2026.2.0.db", "before-2026.2.1.dump", ".before-2026.2.2.db.part", "before-the-move.db")
    for name in names:
        (folder / name).touch()
        os.utime(folder / name, times=(0, (MONDAY - timedelta(weeks=4, hours=1)).timestamp()))
    os.utime(folder / names[1], times=(0, (MONDAY - timedelta(weeks=3)).timestamp()))
    upkeep.back_up()
    assert [name for name in names if (folder / name).exists()] == [names[1], names[3]]


def test_a_trial_that_went_well_is_known_where_the_encryption_after_it_fails(
    platform: Flask, folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[Path] = []
    monkeypatch.setattr(backup_trial, "try_out", lambda file, _contents: tried.append(file) or "a file, every row")
    platform.config["BACKUP_ENCRYPT"] = "age:nobody"

    def fail(_command: Any) -> None:
        raise backup_programs.Failure("age ended with 1: age: error: malformed recipient")

    with monkeypatch.context() as patch:
        patch.setattr(backup_programs, "call", fail)
        for _hour in range(3):
            daily_backups.run(platform.config)
            clock.forward(hours=1)
    assert len(tried) == 1 and copies(folder) == []
    lines = found(platform)
    assert lines["restore tried"].grade == "ok" and lines["backups"].grade == "wrong"
    assert "malformed recipient" in lines["backups"].text
    platform.config["BACKUP_ENCRYPT"] = ""
    daily_backups.run(platform.config)
    assert found(platform)["backups"].grade == "look" and len(copies(folder)) == 1


def test_sending_that_is_begun_on_a_site_with_old_copies_is_no_alarm_before_it_fails(
    platform: Flask, folder: Path, clock: Clock
) -> None:
    for _day in range(5):
        daily_backups.run(platform.config)
        clock.forward(days=1)
    clock.forward(hours=-20)
    assert time.now() - MONDAY > timedelta(days=3)
    platform.config["BACKUP_SEND"] = "/nowhere/send {file}"
    line = found(platform)["backups"]
    assert line.grade == "ok" and "none was sent yet" in line.text
    daily_backups.run(platform.config)
    assert found(platform)["backups"].grade == "wrong"
