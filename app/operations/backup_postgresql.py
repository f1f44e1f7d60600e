"""Copies of a PostgreSQL database: archives of pg_dump, read again from end to end, put back all or nothing."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import IO, Any

from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.operations import postgresql_programs
from app.operations.contents import MIGRATIONS, NOT_SOUND, Contents
from app.operations.postgresql_programs import Programs

WRITTEN_BY_NEWER = (
    "%(file)s was written by client programs of PostgreSQL newer than those found here, of version "
    "%(version)s: install newer ones. Nothing was changed."
)
UNKNOWN_FORMAT = "unsupported version"
FAILED = "%(tool)s failed (%(why)s). Nothing was changed."
ROWS = re.compile(rb'^COPY (?P<schema>"?\w+"?)\."?(?P<table>\w+)"? .*FROM stdin;$')
END = b"\\.\n"
# The setting that pg_restore writes among the first lines of a script (HEAD), and the version that first knew it.
HEAD, TIMEOUT, TIMEOUT_SINCE = 50, b"SET transaction_timeout", 17
# What stands in the database is dropped whole: a newer version may have tables that the archive does not know.
# Who writes is waited for first (`schema_guard`).
DROP_ALL = """
BEGIN;
SET lock_timeout = '20s';
DO $$ DECLARE it record; BEGIN
  IF to_regclass('alembic_version') IS NOT NULL THEN LOCK TABLE alembic_version; END IF;
  FOR it IN SELECT c.relname AS name, CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
      WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind
    FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
  LOOP EXECUTE format('DROP %s IF EXISTS %I CASCADE', it.kind, it.name); END LOOP;
END $$;
"""


def dump(file: Path) -> None:
    """Write an archive of the whole database as it is at one moment, while people go on writing."""
    programs = postgresql_programs.get_for_server(postgresql_programs.get_server_version())
    result = subprocess.run(
        [programs.path("pg_dump"), address(), "--format=custom", "--no-owner", f"--file={file}"],
        env=environment(),
        capture_output=True,
        text=True,
    )
    if result.returncode:
        raise Conflict(FAILED, tool="pg_dump", why=find_reason(result.stderr))


def read_contents(file: Path) -> Contents:
    """Read an archive from end to end, and return what it holds; refuse one that is damaged or is none."""
    programs = postgresql_programs.get_for_archive(postgresql_programs.get_server_version(), file)
    command = [programs.path("pg_restore"), "--file=-", str(file)]
    with tempfile.TemporaryFile() as error_output:
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=error_output) as reader:
            assert reader.stdout
            found = _count_rows(reader.stdout)
        if reader.returncode:
            why = _error_text(error_output)
            raise Invalid(
                WRITTEN_BY_NEWER if UNKNOWN_FORMAT in why else NOT_SOUND, file=file, why=why, version=programs.version
            )
    return found


def _count_rows(script: Iterable[bytes]) -> Contents:
    """Count the rows of each table in the script that an archive becomes, in the schema where our migrations are."""
    rows: dict[str, dict[str, int]] = {}
    schema, revision = "", ""
    for row_schema, table, row in _read_copied_rows(script):
        counts = rows.setdefault(row_schema, {})
        counts[table] = counts.get(table, 0) + (row is not None)
        if table == MIGRATIONS and row is not None and not schema:
            schema, revision = row_schema, row
    return Contents(revision, rows.get(schema, {}))


def _read_copied_rows(script: Iterable[bytes]) -> Iterator[tuple[str, str, str | None]]:
    """Yield each row as (schema, table, text), after the beginning of its table, which has no text."""
    table: tuple[str, str] | None = None
    for line in script:
        if table is None:
            match = ROWS.match(line)
            if match:
                table = match["schema"].decode(), match["table"].decode()
                yield *table, None
        elif line == END:
            table = None
        else:
            yield *table, line.decode(errors="replace").strip()


def name() -> str:
    return str(db.engine.url.database or "reflexe")


def restore(file: Path, former: Path | None) -> None:
    """Put an archive in the place of all that is in the database, in one transaction.

    What was there is written to `former` first, if given.
    """
    if former:
        _set_aside(former)
    version = postgresql_programs.get_server_version()
    programs = postgresql_programs.get_for_archive(version, file)
    with tempfile.TemporaryFile() as read_errors, tempfile.TemporaryFile() as write_errors:
        reader = subprocess.Popen(_read_command(programs, file), stdout=subprocess.PIPE, stderr=read_errors)
        writer = subprocess.Popen(
            _write_command(programs),
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=write_errors,
        )
        _pipe(reader, writer, version)
        if reader.returncode > 0:
            raise Conflict(FAILED, tool="pg_restore", why=_error_text(read_errors))
        if writer.returncode:
            raise Conflict(FAILED, tool="psql", why=_error_text(write_errors))


def _read_command(programs: Programs, file: Path) -> list[str]:
    # Roles and their rights are those of the server; on another one they may not be there.
    options = ["--clean", "--if-exists", "--no-owner", "--no-privileges", "--file=-"]
    return [programs.path("pg_restore"), *options, str(file)]


def _write_command(programs: Programs) -> list[str]:
    return [programs.path("psql"), address(), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--file=-"]


def _set_aside(former: Path) -> None:
    former.touch(mode=0o600, exist_ok=False)
    try:
        dump(former)
    except Conflict:
        former.unlink()
        raise


def _pipe(reader: "subprocess.Popen[bytes]", writer: "subprocess.Popen[bytes]", version: int) -> None:
    """Send the whole script between BEGIN and COMMIT; without its end, psql leaves and nothing has changed."""
    assert reader.stdout and writer.stdin
    with reader:
        try:
            writer.stdin.write(DROP_ALL.encode())
            _copy_script(reader.stdout, writer.stdin, version)
            if reader.wait() == 0:
                writer.stdin.write(b"\nCOMMIT;\n")
        except BrokenPipeError:
            reader.kill()
    with suppress(BrokenPipeError):
        writer.stdin.close()
    writer.wait()


def _copy_script(script: IO[bytes], target: IO[bytes], version: int) -> None:
    """Copy a script, but what programs newer than the server set in its head and the server does not know."""
    for line in islice(script, HEAD):
        if version >= TIMEOUT_SINCE or not line.startswith(TIMEOUT):
            target.write(line)
    shutil.copyfileobj(script, target)


def address(database: str | None = None) -> str:
    """Name the database, or another of its server, to a client program; `environment` holds the password."""
    url = db.engine.url.set(drivername="postgresql", password=None)
    url = url.set(database=database) if database else url
    return f"--dbname={url.render_as_string(hide_password=False)}"


def environment() -> dict[str, str]:
    """Return what a client program finds the password in, which never goes through the command line."""
    password = db.engine.url.password
    return os.environ | ({"PGPASSWORD": str(password)} if password else {})


def _error_text(error_output: IO[Any]) -> str:
    error_output.seek(0)
    return find_reason(error_output.read().decode(errors="replace"))


def find_reason(error_text: str) -> str:
    """Return the line of a client program that says what went wrong."""
    lines = [line.strip() for line in error_text.splitlines() if line.strip()]
    error_lines = [line for line in lines if re.search(r"error|fatal", line, re.IGNORECASE)]
    return (error_lines or lines or ["no word"])[0].rstrip(".")
