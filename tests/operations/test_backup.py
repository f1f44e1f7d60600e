import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, nullcontext
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import inspect, select, text

from app import create_app
from app.communities.models import Community
from app.core import dialect, months, versions
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.core.unit import unit
from app.operations import backup, schema
from app.reference.models import Tag
from app.search.index import known_words
from tests.support import databases, outages
from tests.support.house import SETTINGS
from tests.support.migration_cases import downgrade


def rename(name: str) -> None:
    with unit():
        for community in db.session.scalars(select(Community)):
            community.name = name


def names() -> set[str]:
    db.session.rollback()
    return set(db.session.scalars(select(Community.name)))


def restore(file: Path, app: Flask) -> Path | None:
    return backup.restore(file, app.config["DATA_DIR"])[1]


def test_a_backup_is_read_again_and_brings_back_what_was_there(platform: Flask, tmp_path: Path) -> None:
    before, file = names(), tmp_path / "copy"
    description = backup.backup(file)
    assert (description.revision, description.rows["communities"], description.rows["users"]) == (
        schema.get_head_revision(),
        5,
        0,
    )
    rename("Changed")

    restore(file, platform)

    assert names() == before
    assert file.stat().st_mode & 0o077 == 0
    assert not list(tmp_path.glob(".copy*"))


def test_the_former_database_is_kept_when_one_is_restored(platform: Flask, tmp_path: Path) -> None:
    backup.backup(tmp_path / "copy")
    rename("Changed")
    former = restore(tmp_path / "copy", platform)
    assert former is not None and former.stat().st_mode & 0o077 == 0
    restore(former, platform)
    assert names() == {"Changed"}


def test_a_restored_database_has_numbers_that_it_never_had(platform: Flask, tmp_path: Path) -> None:
    """Those of what is shown, and that of the words that a process knows the index to have."""
    backup.backup(tmp_path / "copy")
    numbers = [(versions.get_number(), versions.get_number(known_words.KEY))]
    rename("Changed")
    numbers.append((versions.get_number(), numbers[0][1]))
    restore(tmp_path / "copy", platform)
    numbers.append((versions.get_number(), versions.get_number(known_words.KEY)))
    assert len({content for content, _words in numbers}) == 3 and numbers[2][0] > numbers[1][0] + 1
    assert 0 < numbers[0][1] < numbers[2][1]
    assert versions.was_put_back(months.present()) and not versions.was_put_back("2027-02")


def test_a_platform_where_nothing_was_yet_keeps_nothing(platform: Flask, tmp_path: Path) -> None:
    backup.backup(tmp_path / "copy")
    downgrade(revision="base")
    db.session.remove()
    assert restore(tmp_path / "copy", platform) is None
    assert len(names()) == 5 and schema.describe_difference() == ""


def test_a_restoration_takes_back_an_upgrade_with_the_tables_that_it_made(platform: Flask, tmp_path: Path) -> None:
    """A newer version has a table that is not in the copy, with a foreign key to a table that is."""
    before = names()
    backup.backup(tmp_path / "copy")
    with unit():
        db.session.execute(text("CREATE TABLE pledges (user_id INTEGER REFERENCES users (id))"))
        db.session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert "newer version" in schema.describe_difference()

    restore(tmp_path / "copy", platform)

    assert (names(), schema.describe_difference()) == (before, "")
    assert "pledges" not in inspect(db.engine).get_table_names()


@pytest.fixture
def elsewhere(platform: Flask, engine: str, tmp_path: Path) -> Iterator[Flask]:
    """Make another site, with an empty database of its own."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    other = create_app(**SETTINGS, DATA_DIR=folder, DATABASE_URL=databases.new(engine, "elsewhere", folder))
    with other.app_context():
        yield other
        schema.disconnect()


FOREIGN = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32))",
    "INSERT INTO alembic_version VALUES ('0001')",
    "CREATE TABLE users (id INTEGER)",
    "CREATE TABLE tickets (id INTEGER)",
)


def test_a_copy_that_is_not_ours_is_refused_before_anything_is_touched(
    platform: Flask, elsewhere: Flask, engine: str, tmp_path: Path
) -> None:
    """Another product that is migrated by the same library, and names its revisions as we do."""
    with db.engine.begin() as connection:
        for statement in FOREIGN:
            connection.execute(text(statement))
    part = tmp_path / "other.copy"
    part.touch()
    backup._write(dialect.database_file(), part)
    with platform.app_context():
        before = names()
        with pytest.raises(Invalid, match="no copy of this platform"):
            restore(part, platform)
        assert names() == before
    assert list(tmp_path.glob("*.before-*")) == []


def test_the_database_of_something_else_is_not_replaced(platform: Flask, elsewhere: Flask, tmp_path: Path) -> None:
    with platform.app_context():
        backup.backup(tmp_path / "copy")
    with db.engine.begin() as connection:
        for statement in FOREIGN:
            connection.execute(text(statement))
    with pytest.raises(Conflict, match="something else"):
        restore(tmp_path / "copy", elsewhere)
    assert set(inspect(db.engine).get_table_names()) == {"alembic_version", "users", "tickets"}


def test_a_copy_that_a_newer_version_made_is_refused(platform: Flask, tmp_path: Path) -> None:
    with unit():
        db.session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    part = tmp_path / "newer"
    part.touch()
    backup._write(dialect.database_file(), part)
    with pytest.raises(Invalid, match="newer version"):
        restore(part, platform)
    assert schema.get_current_revision() == "9999"


def test_a_restoration_that_fails_on_its_way_changes_nothing(platform: Flask, engine: str, tmp_path: Path) -> None:
    """What the copy asks for is not there: a role of PostgreSQL, a disk with room for SQLite."""
    if engine == "postgresql":
        with unit():
            db.session.execute(text("CREATE ROLE auditor"))
            db.session.execute(text("CREATE POLICY auditing ON versions TO auditor"))
    backup.backup(tmp_path / "copy")
    if engine == "postgresql":
        with unit():
            db.session.execute(text("DROP POLICY auditing ON versions"))
            db.session.execute(text("DROP ROLE auditor"))
    rename("Changed")
    with outages.no_room() if engine == "sqlite" else nullcontext(), pytest.raises((Conflict, sqlite3.Error)):
        restore(tmp_path / "copy", platform)
    assert names() == {"Changed"}


@pytest.mark.one_engine
def test_a_database_that_is_damaged_is_set_aside_when_a_copy_takes_its_place(platform: Flask, tmp_path: Path) -> None:
    before, present = names(), dialect.database_file()
    assert present is not None
    backup.backup(tmp_path / "copy")
    schema.disconnect()
    present.write_bytes(b"\xff" * 8192)
    former = restore(tmp_path / "copy", platform)
    assert names() == before and former is not None and former.read_bytes() == b"\xff" * 8192


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


CONTENTS = [b"", b"not a database at all", b"SQLite format 3\x00" + b"\x00" * 200, b"PGDMP" + b"\x01" * 200]


def test_a_file_that_is_no_copy_is_refused_and_changes_nothing(platform: Flask, tmp_path: Path) -> None:
    file, before = tmp_path / "copy", names()
    for content in CONTENTS:
        file.write_bytes(content)
        with pytest.raises(Invalid) as refusal:
            restore(file, platform)
        assert "\n" not in str(refusal.value.message % refusal.value.values)
    assert names() == before


def test_a_damaged_copy_is_refused(platform: Flask, tmp_path: Path) -> None:
    file, before = tmp_path / "copy", names()
    backup.backup(file)
    sound = file.read_bytes()
    scratch_bytes = bytearray(sound)
    for place in range(len(sound) // 2, len(sound), 4096):
        scratch_bytes[place : place + 64] = b"\xff" * 64
    for bad_copy in (sound[: len(sound) // 2], scratch_bytes):
        file.write_bytes(bad_copy)
        with pytest.raises(Invalid):
            restore(file, platform)
    assert names() == before
