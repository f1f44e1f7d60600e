"""The worker backs the site up by itself, tries what it made, sends it elsewhere, and writes when that fails."""

import json
import shlex
import stat
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app import create_app
from app.accounts import service
from app.accounts.models.people import User
from app.core import clock as time
from app.core.db import db
from app.core.unit import unit
from app.operations import backup, backup_notes, backup_trial, check, closed_accounts, daily_backups, erasures, schema
from app.operations.backup_notes import Backup
from app.operations.contents import Contents
from app.scheduled import JOBS
from tests.cli.test_settings import PRODUCTION
from tests.support.clock import Clock
from tests.support.house import SETTINGS
from tests.support.make import Make
from tests.support.terminal import run

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)  # Four in the morning in the region.
COPY = f"{shlex.quote(sys.executable)} -c 'import shutil, sys; shutil.copy(*sys.argv[1:])' {{file}}"


@pytest.fixture
def folder(platform: Flask, tmp_path: Path, clock: Clock) -> Path:
    clock.at(MONDAY)
    platform.config["BACKUP_DIR"] = tmp_path / "backups"
    return tmp_path / "backups"


def found(platform: Flask) -> dict[str, check.Finding]:
    return {one.subject: one for one in check.examine_backups(platform.config)}


def restore(platform: Flask, file: Path, code: int = 0) -> str:
    """Restore as the terminal does, and return what it says."""
    schema.disconnect()
    return run(platform, "restore", file, code=code).stderr


def copies(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if file.name.startswith("reflexe-"))


def test_one_is_made_each_day_read_back_and_tried_and_the_check_says_so(platform: Flask, folder: Path) -> None:
    assert found(platform)["backups"].grade == "look" and "none yet" in found(platform)["backups"].text
    for _hour in range(3):
        daily_backups.run(platform.config)
    [name] = copies(folder)
    assert name.startswith("reflexe-2026-03-02T0400.") and stat.S_IMODE((folder / name).stat().st_mode) == 0o600
    lines = found(platform)
    assert lines["backups"].grade == "look" and "set BACKUP_SEND" in lines["backups"].text
    assert "verified" in lines["backups"].text
    assert lines["restore tried"].grade == "ok" and lines["restore tried"].text.startswith("2026-03-02")


def test_seven_days_and_four_weeks_are_kept_and_none_is_older_but_the_last() -> None:
    backups: list[Backup] = []
    for day in range(60):
        made_at = MONDAY + timedelta(days=day)
        backups = backup_notes.list_kept([Backup(f"reflexe-{day}", made_at, 1, ""), *backups], made_at)
    assert [(one.made_at - MONDAY).days for one in backups] == [59, 58, 57, 56, 55, 54, 53, 49, 42, 35]
    after = [backup_notes.list_kept(backups, MONDAY + timedelta(days=day)) for day in (70, 200)]
    assert [[(one.made_at - MONDAY).days for one in kept] for kept in after] == [
        [59, 58, 57, 56, 55, 54, 53, 49],
        [59],
    ]


def test_what_was_kept_long_enough_leaves_the_disk_but_no_other_file(
    platform: Flask, folder: Path, clock: Clock
) -> None:
    folder.mkdir()
    (folder / "reflexe-mine.db").write_text("a copy made by hand")
    daily_backups.run(platform.config)
    for _day in range(8):
        clock.forward(days=1)
        daily_backups.run(platform.config)
    assert len(copies(folder)) == 9 and "reflexe-mine.db" in copies(
        folder
    )  # 8 and mine: the first is that of its week.


def test_a_copy_that_was_lost_or_cut_short_counts_for_none(platform: Flask, folder: Path) -> None:
    daily_backups.run(platform.config)
    with (folder / copies(folder)[0]).open("r+b") as file:
        file.truncate(100)
    assert found(platform)["backups"].grade == "wrong"
    daily_backups.run(platform.config)
    assert found(platform)["backups"].grade == "look"


def test_a_copy_leaves_by_the_command_of_the_operator_once(
    platform: Flask, folder: Path, tmp_path: Path, clock: Clock
) -> None:
    elsewhere = tmp_path / "else where"
    elsewhere.mkdir()
    platform.config["BACKUP_SEND"] = f"{COPY} {shlex.quote(str(elsewhere))}/{{name}}"
    daily_backups.run(platform.config)
    assert sorted(file.name for file in elsewhere.iterdir()) == sorted([*copies(folder), closed_accounts.FILE])
    assert found(platform)["backups"].grade == "ok" and "last sent 2026-03-02" in found(platform)["backups"].text
    for file in elsewhere.iterdir():
        file.unlink()
    daily_backups.run(platform.config)
    assert list(elsewhere.iterdir()) == []


def test_a_command_that_fails_is_a_look_then_an_alarm_after_two_days(
    platform: Flask, folder: Path, clock: Clock
) -> None:
    platform.config["BACKUP_SEND"] = f"{shlex.quote(sys.executable)} -c 'raise SystemExit(\"no route\")' {{file}}"
    daily_backups.run(platform.config)
    assert found(platform)["backups"].grade == "look" and "no route" in found(platform)["backups"].text
    for _day in range(2):
        clock.forward(days=1, minutes=1)
        daily_backups.run(platform.config)
    assert found(platform)["backups"].grade == "wrong" and "none was sent yet" in found(platform)["backups"].text
    platform.config["BACKUP_SEND"] = "/nowhere/at/all {file}"
    daily_backups.run(platform.config)
    assert (
        "/nowhere/at/all can't be run (no such file or directory): is it installed" in found(platform)["backups"].text
    )


def test_one_that_can_t_be_made_is_an_alarm_and_is_tried_again_each_hour(
    platform: Flask, folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    daily_backups.run(platform.config)
    clock.forward(days=1)
    with monkeypatch.context() as patch:

        def fail(_source: Any, _part: Any) -> None:
            raise OSError(28, "No space left on device")

        patch.setattr(backup, "_write", fail)
        daily_backups.run(platform.config)
        line = found(platform)["backups"]
        assert line.grade == "wrong" and "no space left on device" in line.text and line.text.startswith("1, the last")
    daily_backups.run(platform.config)
    assert found(platform)["backups"].grade == "look" and len(copies(folder)) == 2


def test_a_trial_that_finds_something_else_is_an_alarm(
    platform: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = backup.backup

    def claim_more(file: Path) -> Contents:
        contents = real(file)
        return Contents(contents.revision, {**contents.rows, "ideas": contents.rows["ideas"] + 1})

    monkeypatch.setattr(backup, "backup", claim_more)
    daily_backups.run(platform.config)
    line = found(platform)["restore tried"]
    assert line.grade == "wrong" and "ideas 0, comments 0 where" in line.text and "ideas 1," in line.text
    assert list(folder.glob(".trial-*")) == []


def test_a_trial_is_made_once_a_week(platform: Flask, folder: Path, clock: Clock, monkeypatch: Any) -> None:
    tried: list[Path] = []
    real = backup_trial.try_out
    monkeypatch.setattr(backup_trial, "try_out", lambda file, contents: tried.append(file) or real(file, contents))
    for _day in range(9):
        daily_backups.run(platform.config)
        clock.forward(days=1)
    assert len(tried) == 2


@pytest.mark.parametrize("program", ["age", "gpg"])
def test_a_copy_is_encrypted_on_request_and_no_plain_one_stays(
    platform: Flask, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    """A program of this name stands in for the one of the operator: it writes its recipient before the copy."""
    programs = tmp_path / "bin"
    programs.mkdir()
    script = programs / program
    script.write_text(
        f"#!{sys.executable}\nimport sys\na = sys.argv\n"
        "target, text = a[a.index('--output') + 1], open(a[-1], 'rb').read()\n"
        "open(target, 'wb').write(a[a.index('--recipient') + 1].encode() + text)\n"
    )
    script.chmod(0o700)
    monkeypatch.setenv("PATH", str(programs), prepend=":")
    platform.config["BACKUP_ENCRYPT"] = f"{program}:somebody"
    daily_backups.run(platform.config)
    [name] = copies(folder)
    assert name.endswith(f".{program}") and (folder / name).read_bytes().startswith(b"somebody")
    assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
    script.write_text(f"#!{sys.executable}\nraise SystemExit('no key')\n")
    (folder / name).unlink()
    daily_backups.run(platform.config)
    assert copies(folder) == [] and "no key" in found(platform)["backups"].text


def test_none_is_made_before_two_in_the_morning_nor_outside_production(
    platform: Flask, folder: Path, clock: Clock
) -> None:
    clock.at(datetime(2026, 3, 2, 6, 30, tzinfo=UTC))
    daily_backups.run(platform.config)
    assert copies(folder) == []
    platform.config["BACKUP_DIR"] = None
    clock.at(MONDAY)
    daily_backups.run(platform.config)
    assert copies(folder) == [] and check.examine_backups(platform.config) == []
    [line] = check.examine_backups({**platform.config, "REFLEXE_ENV": "production"})
    assert line.grade == "look" and "makes none" in line.text


def test_in_production_the_folder_is_that_of_the_data_unless_another_or_none_is_named(tmp_path: Path) -> None:
    apps = [
        create_app(
            **SETTINGS | PRODUCTION, DATA_DIR=tmp_path, DATABASE_URL=f"sqlite:///{tmp_path}/a.db", BACKUP_DIR=value
        )
        for value in ("", "none", f"{tmp_path}/elsewhere")
    ]
    folders = [app.config["BACKUP_DIR"] for app in apps]
    assert folders == [tmp_path / "backups", None, tmp_path / "elsewhere"]


def test_an_account_that_was_closed_since_the_copy_is_closed_again_before_anything_else(
    platform: Flask, folder: Path, clock: Clock
) -> None:
    make = Make()
    leaves, stays, newer = make.user(role="admin"), make.user(), None
    daily_backups.run(platform.config)
    [name] = copies(folder)
    clock.forward(hours=3)
    newer = make.user()
    with unit():
        service.erase_account(db.session.get_one(User, leaves.id))
        service.erase_account(db.session.get_one(User, newer.id))
    numbers = leaves.id, stays.id
    daily_backups.run(platform.config)
    listed = json.loads((folder / closed_accounts.FILE).read_text())
    assert [one["id"] for one in listed] == [leaves.id, newer.id] and "@" not in json.dumps(listed)

    told = restore(platform, folder / name)

    assert "Closed again the accounts closed since the copy was made (1)" in told
    db.session.rollback()
    kept = dict(db.session.execute(select(User.id, User.closed_at.is_(None))).all())
    assert kept == {numbers[0]: False, numbers[1]: True}
    assert not erasures.are_due(platform.config["DATA_DIR"])


def test_what_a_restoration_owes_is_done_by_the_next_command_if_it_was_killed(platform: Flask, folder: Path) -> None:
    user = Make().user()
    daily_backups.run(platform.config)
    with unit():
        service.erase_account(db.session.get_one(User, user.id))
    daily_backups.run(platform.config)
    number = user.id
    schema.disconnect()
    with erasures.owed(platform.config["DATA_DIR"], [folder]):
        backup.restore(folder / copies(folder)[0], platform.config["DATA_DIR"])
    schema.disconnect()
    assert "since the copy was made (1)" in run(platform, "recount").stderr
    db.session.rollback()
    assert db.session.get_one(User, number).closed_at is not None
    assert run(platform, "recount").stderr.count("Closed again") == 0


def test_another_account_of_the_same_number_stays_open(platform: Flask, folder: Path) -> None:
    user = Make().user()
    elsewhere = closed_accounts.ClosedAccount(user.id, user.created_at - timedelta(days=1), time.now())
    assert closed_accounts.close_again([elsewhere]) == 0
    db.session.rollback()
    assert db.session.get_one(User, user.id).closed_at is None


def test_a_damaged_list_of_closed_accounts_stops_a_restoration_before_it_begins(platform: Flask, folder: Path) -> None:
    number = Make().user().id
    daily_backups.run(platform.config)
    (folder / closed_accounts.FILE).write_text("[{")
    with unit():
        db.session.get_one(User, number).name = "Changed"
    assert "closed-accounts.json is damaged" in restore(platform, folder / copies(folder)[0], code=1)
    db.session.rollback()
    assert db.session.get_one(User, number).name == "Changed"


def test_each_job_that_forgets_is_run_by_a_restoration() -> None:
    """What a job is called says whether it forgets."""
    forgetful = {name for name, job in JOBS.items() if job.run.__name__.startswith(("purge", "forget"))}
    assert {name for name, job in JOBS.items() if job.erases} == forgetful
