"""Which accounts a restoration closes again: those of the lists that are believed, and of the database that it replaces."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from huey.storage import SqliteStorage
from sqlalchemy import text

from app.accounts import service
from app.accounts.models.people import User
from app.core import dialect, jobs
from app.core.db import db
from app.core.unit import unit
from app.operations import backup, closed_accounts, schema
from tests.operations.test_daily_backups import restore
from tests.support import files
from tests.support.clock import Clock
from tests.support.make import Make

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def copy(platform: Flask, tmp_path: Path, clock: Clock) -> Path:
    """A copy that somebody made by hand, in a folder of theirs; somebody closes their account within the hour."""
    clock.at(MONDAY)
    platform.config["BACKUP_DIR"] = tmp_path / "backups"
    (tmp_path / "backups").mkdir()
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    file = tmp_path / "elsewhere" / "copy"
    Make().user(email="leaves@example.org")
    backup.backup(file)
    clock.forward(minutes=10)
    return file


def close() -> int:
    with unit():
        user = db.session.query(User).filter_by(email="leaves@example.org").one()
        service.erase_account(user)
        return user.id


def is_open(number: int) -> bool:
    db.session.rollback()
    return db.session.get_one(User, number).closed_at is None


def test_one_that_no_list_names_yet_is_found_in_the_database_that_is_replaced(platform: Flask, copy: Path) -> None:
    number = close()
    told = restore(platform, copy)
    assert "Closed again the accounts closed since the copy was made (1)" in told and not is_open(number)
    assert "are open again" not in told


def test_the_queue_of_another_folder_is_ready_once_a_copy_is_there(platform: Flask, copy: Path) -> None:
    huey = platform.extensions["huey"]
    if isinstance(huey.storage, SqliteStorage):
        huey.storage.close()
        (platform.config["DATA_DIR"] / "queue.db").unlink(missing_ok=True)
    restore(platform, copy)
    assert jobs.count_waiting(huey) >= 0


def test_it_is_found_where_that_database_is_of_another_version(platform: Flask, copy: Path) -> None:
    number = close()
    with unit():
        db.session.execute(text("DROP TABLE search_vocabulary"))
        db.session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    db.session.rollback()
    assert "(1)" in restore(platform, copy) and not is_open(number)


def test_where_it_can_t_be_read_that_is_said(platform: Flask, copy: Path, engine: str) -> None:
    close()
    if engine == "sqlite":
        file = dialect.database_file()
        assert file
        schema.disconnect()
        file.write_bytes(b"not a database" * 1000)
    else:
        with unit():
            db.session.execute(text("ALTER TABLE users RENAME COLUMN closed_at TO gone_at"))
        db.session.rollback()
    told = restore(platform, copy)
    assert "That one can't be read: who closed their account in it is known from closed-accounts.json alone." in told
    assert "are open again" in told


def write_list(folder: Path, number: int) -> Path:
    user = db.session.get_one(User, number)
    one = closed_accounts.ClosedAccount(number, user.created_at, user.created_at)
    closed_accounts.write_list(folder / closed_accounts.FILE, [one])
    return folder / closed_accounts.FILE


def number_of_open() -> int:
    return db.session.query(User).filter_by(email="leaves@example.org").one().id


def test_the_list_that_came_with_a_copy_is_believed(platform: Flask, copy: Path) -> None:
    number = number_of_open()
    write_list(copy.parent, number)
    assert "(1)" in restore(platform, copy) and not is_open(number)


@pytest.mark.parametrize("of", ["others may write it", "a link", "another user"])
def test_a_list_that_somebody_else_may_have_put_beside_a_copy_is_not_read(
    platform: Flask, copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, of: str
) -> None:
    number = number_of_open()
    file = write_list(copy.parent, number)
    if of == "a link":
        shutil.move(file, tmp_path / "list")
        file.symlink_to(tmp_path / "list")
    elif of == "another user":
        files.give_away(monkeypatch, file)
    else:
        file.chmod(0o666)
    told = restore(platform, copy)
    assert f"{file} is not read" in told and is_open(number)


def test_one_that_is_damaged_and_not_believed_stops_nothing(platform: Flask, copy: Path) -> None:
    file = copy.parent / closed_accounts.FILE
    file.write_text("[{")
    file.chmod(0o666)
    assert "is not read" in restore(platform, copy)
