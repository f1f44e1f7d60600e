"""One number read beside SQLAlchemy: the newest there is, by many at once, whatever becomes of the database."""

import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from sqlalchemy import text

from app.core import content_version, dialect, readers, versions
from app.core.db import db
from app.core.readers import PostgresqlReader, Reader, SqliteReader
from app.core.unit import unit
from tests.support import outages

SQL = content_version.SQL


@pytest.fixture
def read(app: Flask) -> Iterator[Reader]:
    reader = dialect.reader(db.engine.url, SQL)
    yield reader
    reader.close()


def change() -> None:
    with unit():
        db.session.execute(text("UPDATE communities SET name = name"))


def number() -> int:
    db.session.rollback()
    return versions.get_number()


def test_it_reads_what_was_just_stored(read: Reader) -> None:
    for _time in range(3):
        assert read() == number()
        change()
    db.session.execute(text("DELETE FROM content_versions"))
    db.session.commit()
    assert read() == 1, "the change itself is counted"


def test_a_database_that_is_away_gives_nothing_and_one_that_is_back_is_read(
    read: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "REST", 0)
    monkeypatch.setattr(readers, "LOOK", 0)
    assert read()
    with outages.away():
        assert [read(), read()] == [None, None]
    assert read() == number()


def test_a_table_that_is_not_there_yet_gives_nothing(app: Flask) -> None:
    read = dialect.reader(db.engine.url, "SELECT n FROM nothing")
    assert read() is None and read() is None
    read.close()


def test_many_at_once_each_read_what_was_stored_before_they_asked(read: Reader) -> None:
    """Each thread notes a number that it read by itself first: it never gets an older one."""
    wrong: list[Any] = []
    stop, latest = threading.Event(), [read() or 0]

    def ask() -> None:
        while not stop.is_set():
            before = latest[0]
            found = read()
            if found is None or found < before:
                wrong.append((before, found))

    threads = [threading.Thread(target=ask) for _n in range(6)]
    for thread in threads:
        thread.start()
    for _n in range(40):
        change()
        latest[0] = number()
    stop.set()
    for thread in threads:
        thread.join()
    assert wrong == [] and read() == latest[0]


@pytest.mark.one_engine
def test_a_file_that_takes_the_place_of_another_is_read_instead(tmp_path: Path) -> None:
    for name, n in (("old", 1), ("new", 2)):
        with closing(sqlite3.connect(tmp_path / name)) as connection:
            connection.executescript(f"CREATE TABLE content_versions (n); INSERT INTO content_versions VALUES ({n})")
    file = shutil.copyfile(tmp_path / "old", tmp_path / "a name with #, % and é.db")
    read = SqliteReader(str(file), SQL)
    assert read() == 1
    (tmp_path / "new").rename(file)
    read._look_at = 0
    assert read() == 2
    read.close()


@pytest.mark.one_engine
def test_a_connection_to_a_file_that_was_left_meanwhile_is_not_used_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(tmp_path / "file")) as connection:
        connection.executescript("CREATE TABLE content_versions (n); INSERT INTO content_versions VALUES (1)")
    read = SqliteReader(str(tmp_path / "file"), SQL)
    take = read._take

    def leave() -> sqlite3.Connection:
        connection = take()
        read.close()
        return connection

    monkeypatch.setattr(read, "_take", leave)
    assert read() == 1 and read._free == []


@pytest.mark.one_engine
def test_a_server_that_is_away_is_left_alone_for_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    def connect(server: str, **_options: Any) -> Any:
        calls.append(server)
        raise psycopg.OperationalError

    monkeypatch.setattr(psycopg, "connect", connect)
    read = PostgresqlReader("nowhere", {}, SQL)
    assert [read(), read(), read()] == [None] * 3 and calls == ["nowhere"]
