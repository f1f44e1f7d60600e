"""The folder of backups may be a disk that is not there, or that this user may not read: then it is said, and no other is begun."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.operations import backup_folder, backup_notes, daily_backups
from tests.operations.test_daily_backups import copies, found
from tests.support.clock import Clock

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)  # Four in the morning in the region.


@pytest.fixture(autouse=True)
def folder(platform: Flask, tmp_path: Path, clock: Clock) -> Path:
    clock.at(MONDAY)
    platform.config["BACKUP_DIR"] = tmp_path / "backups"
    return tmp_path / "backups"


def begin_anew(folder: Path) -> None:
    """Do what the line of `check` says."""
    (folder.parent / backup_folder.FILE).unlink()


@pytest.mark.parametrize("left", [None, [], ["lost+found"]], ids=["away", "empty", "another disk"])
def test_a_disk_that_is_not_mounted_is_an_alarm_and_no_backup_is_begun_beside_it(
    platform: Flask, folder: Path, clock: Clock, left: list[str] | None
) -> None:
    daily_backups.run(platform.config)
    disk = folder.rename(folder.with_name("disk"))
    if left is not None:
        folder.mkdir()
        [(folder / name).mkdir() for name in left]
    clock.forward(days=1)
    daily_backups.run(platform.config)
    line = found(platform)["backups"]
    assert line.grade == "wrong" and "is its disk mounted?" in line.text and copies(disk)[0] in line.text
    assert folder.exists() is (left is not None) and (left is None or os.listdir(folder) == left)
    if left is not None:
        shutil.rmtree(folder)
    disk.rename(folder)
    daily_backups.run(platform.config)
    assert found(platform)["backups"].grade == "look" and len(copies(folder)) == 2


def test_a_folder_of_older_backups_under_the_disk_is_not_taken_for_it(
    platform: Flask, folder: Path, clock: Clock, tmp_path: Path
) -> None:
    """One that was begun there by mistake, before the disk was mounted."""
    daily_backups.run(platform.config)
    under = shutil.copytree(folder, tmp_path / "under")
    clock.forward(days=1)
    daily_backups.run(platform.config)
    (folder / copies(folder)[0]).unlink()
    daily_backups.run(platform.config)
    folder.rename(tmp_path / "disk")
    under.rename(folder)
    clock.forward(days=1)
    daily_backups.run(platform.config)
    assert "is its disk mounted?" in found(platform)["backups"].text and len(copies(folder)) == 1


def test_a_folder_that_is_gone_for_good_and_another_that_is_chosen_are_begun(
    platform: Flask, folder: Path, tmp_path: Path
) -> None:
    daily_backups.run(platform.config)
    shutil.rmtree(folder)
    assert f"remove {tmp_path / backup_folder.FILE}" in found(platform)["backups"].text
    begin_anew(folder)
    daily_backups.run(platform.config)
    assert len(copies(folder)) == 1
    platform.config["BACKUP_DIR"] = tmp_path / "other"
    daily_backups.run(platform.config)
    assert len(copies(tmp_path / "other")) == 1 and found(platform)["backups"].grade == "look"


def test_notes_that_were_damaged_are_not_another_disk(platform: Flask, folder: Path, clock: Clock) -> None:
    daily_backups.run(platform.config)
    (folder / backup_notes.FILE).write_text("{")
    clock.forward(days=1)
    daily_backups.run(platform.config)
    assert found(platform)["backups"].grade == "look" and len(copies(folder)) == 2


def test_a_first_backup_that_does_not_come_is_an_alarm(platform: Flask, folder: Path, clock: Clock) -> None:
    clock.at(datetime(2026, 3, 2, 6, 30, tzinfo=UTC))  # Before two in the morning.
    daily_backups.run(platform.config)
    assert found(platform)["backups"].grade == "look"
    clock.forward(hours=31)
    line = found(platform)["backups"]
    assert line.grade == "wrong" and "is the worker running?" in line.text


@pytest.mark.parametrize("act", ["mkdir", "write"])
def test_a_folder_that_takes_nothing_is_an_alarm_even_where_nothing_can_be_noted_in_it(
    platform: Flask, folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    def fail(*_arguments: Any, **_options: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "mkdir", fail) if act == "mkdir" else patch.setattr(backup_notes, "write", fail)
        daily_backups.run(platform.config)
    line = found(platform)["backups"]
    assert line.grade == "wrong" and "no space left on device" in line.text
    daily_backups.run(platform.config)
    assert found(platform)["backups"].grade == "look"


def test_a_user_who_may_not_read_the_folder_is_told_so(
    platform: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one who runs the tests may read everything: the refusal is that of the system, raised here."""
    daily_backups.run(platform.config)

    def refuse(*_arguments: Any) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", refuse)
    line = found(platform)["backups"]
    assert line.grade == "wrong" and f"this user may not read {folder}" in line.text
    assert "is the worker running?" not in line.text
