"""Copy the database to a file while the site runs, and put such a copy back."""

import os
import shlex
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from app.core import clock, content_version, dialect, schema_guard, versions
from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.operations import backup_postgresql as postgresql
from app.operations import backup_programs, outages, schema
from app.operations import backup_sqlite as sqlite
from app.operations.contents import MIGRATIONS, OURS, Contents

ITSELF = "%(file)s is the database itself: give another name."
NO_FILE = "%(file)s is a pipe, a device or the like, and no file: give another name. Nothing was changed."
NOT_WRITTEN = "%(file)s can't be written: %(why)s. What was there before stays."
FOREIGN = "%(file)s is no copy of this platform: it has no table %(table)s. Nothing was changed."
OTHER_ENGINE = (
    "%(file)s is a copy of a %(engine)s database, and DATABASE_URL names one of %(here)s: restore it where "
    "DATABASE_URL names %(engine)s. Nothing was changed."
)
ENCRYPTED = (
    "%(file)s is encrypted. Decrypt it first, where its key is, into a file that only you may read: umask 077; "
    "%(command)s. Then restore %(target)s, and remove it once that is done. Nothing was changed."
)
# How what age encrypted begins, and the copies of each engine.
AGE = b"age-encryption.org/"
HEADS = {b"SQLite format 3\x00": "SQLite", b"PGDMP": "PostgreSQL"}
# A database that was replaced: the name of the present one, then this, and when.
BEFORE, MOMENT = ".before-", "%Y%m%dT%H%M%S.%f"
NEWER = (
    "%(file)s is of revision %(revision)s, which a newer version made: upgrade the product first. Nothing was changed."
)


def backup(file: Path) -> Contents:
    """Write a copy of the whole database to `file`, read it again, and return what it holds.

    The copy is readable by its owner alone, and takes its name only when it is whole; a link goes on leading to it.
    """
    source, target = dialect.database_file(), Path(os.path.realpath(file))
    part = target.with_name(f".{target.name}.part")
    try:
        _refuse_target(file, target, source)
        _write(source, part)
        contents = _verify(part)
        os.replace(part, target)
        return contents
    except (OSError, sqlite3.Error) as error:
        raise Conflict(NOT_WRITTEN, file=file, why=outages.explain_reason(error)) from error
    finally:
        with suppress(OSError):
            part.unlink()


def _refuse_target(file: Path, target: Path, source: Path | None) -> None:
    """Refuse to take the place of what is no file, or of one of those in which SQLite has the database."""
    if source and target in map(Path.resolve, sqlite.list_files(source)):
        raise Invalid(ITSELF, file=file)
    try:
        file.stat()
    except FileNotFoundError:
        return
    _refuse_what_is_no_file(file)


def _refuse_what_is_no_file(file: Path) -> None:
    if not file.is_file():
        raise Invalid(NO_FILE, file=file)


def _write(source: Path | None, part: Path) -> None:
    part.unlink(missing_ok=True)
    part.touch(mode=0o600, exist_ok=False)
    if source:
        sqlite.copy(source, part)
        sqlite.compact(part)
    else:
        postgresql.dump(part)


def restore(file: Path, data_dir: Path) -> tuple[Contents, Path | None]:
    """Put the database of `file` in the place of the present one; return what it holds and where the former one is.

    What is not ours is refused before anything is touched: the file, and the database that it would replace.
    """
    _refuse_what_is_no_file(file)
    contents, present = _verify(file), dialect.database_file()
    # A damaged database, which names no table, is there to be replaced.
    tables = sqlite.find_tables(present) if present else schema.list_tables()
    schema.refuse_foreign(tables or set())
    schema.disconnect()
    name = _name(data_dir)
    former = name.with_name(f"{name.name}{BEFORE}{clock.now():{MOMENT}}") if tables != set() else None
    if present:
        sqlite.restore(file, present, former)
    else:
        postgresql.restore(file, former)
    _begin_new_versions()
    return contents, former


def _name(data_dir: Path) -> Path:
    """Return what the files of former databases begin with."""
    return dialect.database_file() or data_dir / postgresql.name()


def list_former(data_dir: Path) -> Iterator[tuple[Path, datetime]]:
    """Yield the databases that restorations replaced and when, with what SQLite has beside them. Raise OSError."""
    name = _name(data_dir)
    for file in name.parent.iterdir():
        beginning, _before, moment = file.name.partition(BEFORE)
        with suppress(ValueError):
            if beginning == name.name:
                yield file, _read_moment(moment.partition("-")[0])


def _read_moment(text: str) -> datetime:
    return datetime.strptime(text, MOMENT).replace(tzinfo=UTC)


def _begin_new_versions() -> None:
    """Give the database version numbers that it never had, for processes that cached what the former one held."""
    options = {dialect.WRITES: True, schema_guard.CHANGES_SCHEMA: True}
    with db.engine.connect().execution_options(**options) as connection, connection.begin():
        content_version.leap(connection)
        versions.leap(connection)
    schema.disconnect()


def _refuse_unreadable(file: Path) -> None:
    here = "SQLite" if dialect.database_file() else "PostgreSQL"
    with file.open("rb") as content:
        head = content.read(max(map(len, (AGE, *HEADS))))
    _refuse_encrypted(file, ".age" if head.startswith(AGE) else file.suffix)
    engine = next((engine for beginning, engine in HEADS.items() if head.startswith(beginning)), here)
    if engine != here:
        raise Invalid(OTHER_ENGINE, file=file, engine=engine, here=here)


def _refuse_encrypted(file: Path, kind: str) -> None:
    """Refuse what age or gpg encrypted, with the command that decrypts it."""
    if kind in backup_programs.DECRYPT:
        target = file.with_suffix("") if file.suffix == kind else file.with_name(f"{file.name}.decrypted")
        command = backup_programs.DECRYPT[kind].format(target=shlex.quote(str(target)), file=shlex.quote(str(file)))
        raise Invalid(ENCRYPTED, file=file, command=command, target=target)


def _verify(file: Path) -> Contents:
    """Return what a copy holds; refuse one that is damaged, foreign, of the other engine or of a newer version."""
    _refuse_unreadable(file)
    contents = sqlite.read_contents(file) if dialect.database_file() else postgresql.read_contents(file)
    lacking = [name for name in (MIGRATIONS, *OURS) if name not in contents.rows]
    if lacking:
        raise Invalid(FOREIGN, file=file, table=lacking[0])
    if contents.revision not in schema.list_known_revisions():
        raise Invalid(NEWER, file=file, revision=contents.revision)
    return contents
