"""What befalls the backups that the worker makes: a full disk, a kill, a second worker, a command that takes long."""

import shlex
import sqlite3
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from flask import Flask
from sqlalchemy import text

from app.accounts import service
from app.accounts.models.people import User
from app.core.db import db
from app.core.unit import unit
from app.operations import backup_notes, backup_programs, backup_trial, closed_accounts, daily_backups, erasures
from app.operations import backup_postgresql as postgresql
from tests.operations.test_daily_backups import copies, found, restore
from tests.support.clock import Clock
from tests.support.make import Make

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)  # Four in the morning in the region.
PYTHON = shlex.quote(sys.executable)


@pytest.fixture(autouse=True)
def folder(platform: Flask, tmp_path: Path, clock: Clock) -> Path:
    clock.at(MONDAY)
    platform.config["BACKUP_DIR"] = tmp_path / "backups"
    return tmp_path / "backups"


def close_somebody() -> int:
    number = Make().user().id
    with unit():
        service.erase_account(db.session.get_one(User, number))
    return number


def test_a_trial_that_finds_no_room_leaves_one_copy_that_counts(
    platform: Flask, folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_file: Any, _contents: Any) -> str:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(backup_trial, "try_out", fail)
    for _hour in range(2):
        daily_backups.run(platform.config)
        clock.forward(hours=1)
    assert len(copies(folder)) == 1
    assert found(platform)["backups"].grade == "look"
    line = found(platform)["restore tried"]
    assert (line.grade, line.text) == ("wrong", "database or disk is full")


def test_what_a_worker_that_was_killed_left_is_swept_and_was_never_a_copy(
    platform: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    platform.config["BACKUP_ENCRYPT"] = "age:somebody"
    plain: list[Path] = []

    def die(command: list[str]) -> None:
        plain.append(Path(command[-1]))
        (left := folder / f"{daily_backups.MAKING}left").mkdir()
        (left / "reflexe.db").write_text("plain")
        raise SystemExit

    monkeypatch.setattr(backup_programs, "call", die)
    with pytest.raises(SystemExit):
        daily_backups.run(platform.config)
    assert plain[0].parent.parent == folder and copies(folder) == []
    monkeypatch.setattr(daily_backups, "is_due", lambda _notes: False)
    daily_backups.run(platform.config)
    assert list(folder.glob(f"{daily_backups.MAKING}*")) == []


def test_a_copy_is_noted_before_it_is_sent_and_no_reading_stays_open(
    platform: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    platform.config["BACKUP_SEND"] = "send {file}"
    seen: list[tuple[int, bool]] = []

    def send(_command: list[str]) -> None:
        seen.append((len(backup_notes.read(folder).backups), db.session().in_transaction()))

    monkeypatch.setattr(backup_programs, "call", send)
    daily_backups.run(platform.config)
    assert seen == [(1, False), (1, False)]


def test_a_second_worker_leaves_the_folder_to_the_first(platform: Flask, folder: Path) -> None:
    folder.mkdir()
    with daily_backups._take_turn(folder):
        daily_backups.run(platform.config)
        assert copies(folder) == []
    daily_backups.run(platform.config)
    assert len(copies(folder)) == 1


def test_a_copy_that_left_is_not_sent_again_because_the_list_can_t_be(
    platform: Flask, folder: Path, tmp_path: Path
) -> None:
    sent, open_road = tmp_path / "sent", tmp_path / "open"
    script = (
        f"import os, sys; name = sys.argv[1]; open({str(sent)!r}, 'a').write(name + '\\n');"
        f" sys.exit(name.endswith('.json') and not os.path.exists({str(open_road)!r}))"
    )
    platform.config["BACKUP_SEND"] = f"{PYTHON} -c {shlex.quote(script)} {{name}} {{file}}"
    for _hour in range(2):
        daily_backups.run(platform.config)
    open_road.touch()
    daily_backups.run(platform.config)
    assert sent.read_text().split().count(copies(folder)[0]) == 1


def test_the_password_of_an_address_is_not_kept_of_what_a_command_says(platform: Flask, folder: Path) -> None:
    script = "raise SystemExit('no route to https://site:s3cret@elsewhere.example/reflexe')"
    platform.config["BACKUP_SEND"] = f"{PYTHON} -c {shlex.quote(script)} {{file}}"
    daily_backups.run(platform.config)
    assert "no route to https://…@elsewhere.example/reflexe" in found(platform)["backups"].text
    assert "s3cret" not in (folder / backup_notes.FILE).read_text()


def test_the_list_of_closed_accounts_outlives_notes_that_were_lost(platform: Flask, folder: Path, clock: Clock) -> None:
    daily_backups.run(platform.config)
    number = close_somebody()
    daily_backups.run(platform.config)
    clock.forward(days=1)
    clock.at(MONDAY + timedelta(hours=20))  # Midnight has passed and two in the morning has not.
    (folder / backup_notes.FILE).write_text("{")
    daily_backups.run(platform.config)
    assert [one.id for one in closed_accounts.read(folder)] == [number]


def test_a_damaged_list_is_an_alarm_and_the_copy_counts(platform: Flask, folder: Path, clock: Clock) -> None:
    folder.mkdir()
    (folder / closed_accounts.FILE).write_text("[{")
    for _hour in range(2):
        daily_backups.run(platform.config)
        clock.forward(hours=1)
    assert len(copies(folder)) == 1
    assert found(platform)["backups"].grade == "wrong" and "is damaged" in found(platform)["backups"].text


def test_a_restoration_that_is_refused_owes_nothing_new(platform: Flask, folder: Path, tmp_path: Path) -> None:
    """The list beside a copy that is not ours, or of a site to try things on, closes nobody here."""
    data_dir = platform.config["DATA_DIR"]
    user = Make().user()
    elsewhere = closed_accounts.ClosedAccount(user.id, user.created_at, MONDAY)
    (other := tmp_path / "other").mkdir()
    (other / "copy").write_text("no copy")
    closed_accounts.write_list(other / closed_accounts.FILE, [elsewhere])
    restore(platform, other / "copy", code=1)
    assert not erasures.are_due(data_dir)
    before = closed_accounts.ClosedAccount(1, MONDAY, MONDAY)
    closed_accounts.write_list(data_dir / erasures.FILE, [before])
    restore(platform, other / "copy", code=1)
    assert closed_accounts.read_list(data_dir / erasures.FILE) == [before]


def test_an_encrypted_copy_is_refused_with_what_to_do(platform: Flask, tmp_path: Path) -> None:
    (tmp_path / "copy.db.age").write_text("age-encryption.org/v1")
    told = restore(platform, tmp_path / "copy.db.age", code=1)
    assert f"age --decrypt --identity KEY --output {tmp_path}/copy.db {tmp_path}/copy.db.age" in told
    (tmp_path / "copy.db.age").rename(tmp_path / "copy")
    assert f"--output {tmp_path}/copy.decrypted {tmp_path}/copy" in restore(platform, tmp_path / "copy", code=1)
    (tmp_path / "copy.db.gpg").write_bytes(b"\x85")
    told = restore(platform, tmp_path / "copy.db.gpg", code=1)
    assert f"gpg --output {tmp_path}/copy.db --decrypt {tmp_path}/copy.db.gpg" in told


def test_two_that_start_after_a_restoration_erase_the_same(platform: Flask) -> None:
    data_dir = platform.config["DATA_DIR"]
    closed_accounts.write_list(data_dir / erasures.FILE, [])
    assert erasures.complete(data_dir, [(data_dir / erasures.FILE).unlink]) == 0


def test_a_restoration_without_a_list_says_so(platform: Flask, folder: Path, tmp_path: Path) -> None:
    daily_backups.run(platform.config)
    assert "are open again" not in restore(platform, folder / copies(folder)[0])
    (folder / closed_accounts.FILE).unlink()
    assert "No closed-accounts.json" in restore(platform, folder / copies(folder)[0])


def test_a_database_that_is_called_a_trial_is_not_that_of_a_backup(platform: Flask, engine: str) -> None:
    if engine == "postgresql":
        name = f"{postgresql.name()}_trial"
        backup_trial._execute(f'CREATE DATABASE "{name}"')
        try:
            daily_backups.run(platform.config)
            with db.engine.connect() as connection:
                assert connection.scalar(text("SELECT count(*) FROM pg_database WHERE datname = :name"), {"name": name})
        finally:
            backup_trial._execute(f'DROP DATABASE IF EXISTS "{name}"')


def test_a_role_that_may_not_make_a_database_has_its_copy_read_and_the_line_says_what_would_try_it(
    platform: Flask, folder: Path, engine: str
) -> None:
    if engine == "postgresql":
        name = postgresql.name()
        backup_trial._execute("DROP ROLE IF EXISTS modest")
        backup_trial._execute("CREATE ROLE modest LOGIN NOCREATEDB IN ROLE pg_read_all_data")
        modest = db.create_engine(db.engine.url.set(username="modest"))
        try:
            with mock.patch.object(backup_trial, "db", mock.Mock(engine=modest)):
                daily_backups.run(platform.config)
        finally:
            modest.dispose()
            backup_trial._execute(f'REVOKE ALL ON DATABASE "{name}" FROM modest')
            backup_trial._execute("DROP ROLE modest")
        line = found(platform)["restore tried"]
        assert line.grade == "ok" and "ALTER ROLE … CREATEDB" in line.text and "every row there" not in line.text
