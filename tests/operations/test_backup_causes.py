"""What fails of the backups is named, so that whoever was told of one thing is told of the next."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from app.operations import backup, daily_backups
from tests.operations.test_daily_backups import found
from tests.support.clock import Clock

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)  # Four in the morning in the region.


def test_what_fails_is_named_and_a_worker_that_stopped_is_late(
    platform: Flask, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.at(MONDAY)
    platform.config.update(BACKUP_DIR=tmp_path / "backups", BACKUP_SEND="/nowhere/send {file}")
    daily_backups.run(platform.config)
    clock.forward(days=3)
    assert (found(platform)["backups"].grade, found(platform)["backups"].causes) == ("wrong", ("send",))
    monkeypatch.setattr(backup, "_write", lambda _source, _part: (_ for _ in ()).throw(OSError(28, "No space left")))
    daily_backups.run(platform.config)
    assert found(platform)["backups"].causes == ("make", "send")


def test_a_worker_that_stopped_is_a_cause_of_its_own(platform: Flask, tmp_path: Path, clock: Clock) -> None:
    clock.at(MONDAY)
    platform.config.update(BACKUP_DIR=tmp_path / "backups")
    daily_backups.run(platform.config)
    clock.forward(days=3)
    assert (found(platform)["backups"].grade, found(platform)["backups"].causes) == ("wrong", ("late",))
    (tmp_path / "backups").rename(tmp_path / "away")
    assert found(platform)["backups"].causes == ("folder",)
