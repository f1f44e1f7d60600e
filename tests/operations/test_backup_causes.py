"""What fails of the backups is named, so that whoever was told of one thing is told of the next."""

import os
from datetime import UTC, datetime, timedelta
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


def test_what_one_could_go_back_to_is_counted_until_it_goes(platform: Flask, tmp_path: Path, clock: Clock) -> None:
    clock.at(MONDAY)
    platform.config.update(BACKUP_DIR=tmp_path / "backups")
    daily_backups.run(platform.config)
    assert "1, the last of 2026-03-02 04:00 EST, " in found(platform)["backups"].text
    assert "former" not in found(platform)["backups"].text
    name = backup._name(platform.config["DATA_DIR"])
    former = name.with_name(f"{name.name}{backup.BEFORE}20260301T200000.000000")
    for file in (former, Path(f"{former}-wal"), tmp_path / "backups" / "before-2026.2.0.db"):
        file.touch()
    os.utime(tmp_path / "backups" / "before-2026.2.0.db", times=(0, (MONDAY - timedelta(days=9)).timestamp()))
    assert (
        "former databases that upgrades and restorations left: 2, until 2026-03-29 at most"
        in found(platform)["backups"].text
    )


def test_a_worker_that_stopped_is_a_cause_of_its_own(platform: Flask, tmp_path: Path, clock: Clock) -> None:
    clock.at(MONDAY)
    platform.config.update(BACKUP_DIR=tmp_path / "backups")
    daily_backups.run(platform.config)
    clock.forward(days=3)
    assert (found(platform)["backups"].grade, found(platform)["backups"].causes) == ("wrong", ("late",))
    (tmp_path / "backups").rename(tmp_path / "away")
    assert found(platform)["backups"].causes == ("folder",)
