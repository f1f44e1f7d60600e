"""Copies of a PostgreSQL database: archives of pg_dump, read again from end to end, put back all or nothing."""
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from app.core.db import db
from app.core.errors import Conflict, Invalid
from app.operations.contents import MIGRATIONS, NOT_SOUND, Contents

NO_TOOL = "%(tool)s is not installed here: it comes with PostgreSQL's client programs."
FAILED = "%(tool)s failed (%(why)s). Nothing was changed."
ROWS = re.compile(rb'^COPY (?P<schema>"?\w+"?)\."?(?P<table>\w+)"? .*FROM stdin;$')
END = b"\\.\n"
# What stands in the database is dropped whole: a newer version may have tables that the archive does not know.
EMPTIED = """
BEGIN;
SET lock_timeout = '20s';
DO $$ DECLARE it record; BEGIN
  FOR it IN SELECT c.relname AS name, CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
      WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind
    FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
  LOOP EXECUTE format('DROP %s IF EXISTS %I CASCADE', it.kind, it.name); END LOOP;
END $$;
"""


def dump(file: Path) -> None:
    """Write an archive of the whole database, of one moment, while people write."""
    done = subprocess.run(
        [_tool("pg_dump"), _database(), "--format=custom", "--no-owner", f"--file={file}"], env=_environment(),
        capture_output=True, text=True)
    if done.returncode:
        raise Conflict(FAILED, tool="pg_dump", why=_why(done.stderr))


def contents(file: Path) -> Contents:
    """Read an archive from end to end, and return what it holds; refuse one that is damaged or is none."""
    command = [_tool("pg_restore"), "--file=-", str(file)]
    with tempfile.TemporaryFile() as said:
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said) as reader:
            assert reader.stdout
            found = _count_rows(reader.stdout)
        if reader.returncode:
            raise Invalid(NOT_SOUND, file=file, why=_error_text(said))
    return found


def _count_rows(script: Iterable[bytes]) -> Contents:
    """Count the rows of each table in the script that an archive becomes, in the schema where our migrations are."""
    rows: dict[str, dict[str, int]] = {}
    schema, revision = "", ""
    for place, table, row in _read_copied_rows(script):
        tally = rows.setdefault(place, {})
        tally[table] = tally.get(table, 0) + (row is not None)
        if table == MIGRATIONS and row is not None and not schema:
            schema, revision = place, row
    return Contents(revision, rows.get(schema, {}))


def _read_copied_rows(script: Iterable[bytes]) -> Iterator[tuple[str, str, str | None]]:
    """Yield each row as (schema, table, text), after the beginning of its table, which has no text."""
    place: tuple[str, str] | None = None
    for text in script:
        if place is None:
            begins = ROWS.match(text)
            if begins:
                place = begins["schema"].decode(), begins["table"].decode()
                yield *place, None
        elif text == END:
            place = None
        else:
            yield *place, text.decode(errors="replace").strip()


def name() -> str:
    return str(db.engine.url.database or "reflexe")


def restore(file: Path, former: Path | None) -> None:
    """Put an archive in the place of all that is in the database, in one transaction, after an archive of that."""
    if former:
        _keep(former)
    # Roles and their rights are those of the server; on another one they may not be there.
    reading = [
        _tool("pg_restore"), "--clean", "--if-exists", "--no-owner", "--no-privileges", "--file=-", str(file)]
    writing = [_tool("psql"), _database(), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--file=-"]
    with tempfile.TemporaryFile() as read, tempfile.TemporaryFile() as said:
        reader = subprocess.Popen(reading, stdout=subprocess.PIPE, stderr=read)
        writer = subprocess.Popen(
            writing, env=_environment(), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said)
        _pour(reader, writer)
        if reader.returncode > 0:
            raise Conflict(FAILED, tool="pg_restore", why=_error_text(read))
        if writer.returncode:
            raise Conflict(FAILED, tool="psql", why=_error_text(said))


def _keep(former: Path) -> None:
    former.touch(mode=0o600, exist_ok=False)
    try:
        dump(former)
    except Conflict:
        former.unlink()
        raise


def _pour(reader: "subprocess.Popen[bytes]", writer: "subprocess.Popen[bytes]") -> None:
    """Send the whole script between BEGIN and COMMIT; without its end, psql leaves and nothing has changed."""
    assert reader.stdout and writer.stdin
    with reader:
        try:
            writer.stdin.write(EMPTIED.encode())
            shutil.copyfileobj(reader.stdout, writer.stdin)
            if reader.wait() == 0:
                writer.stdin.write(b"\nCOMMIT;\n")
        except BrokenPipeError:
            reader.kill()
    with suppress(BrokenPipeError):
        writer.stdin.close()
    writer.wait()


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise Conflict(NO_TOOL, tool=name)
    return found


def _database() -> str:
    """Name the database to a client program; the password goes through the environment, never the command line."""
    url = db.engine.url.set(drivername="postgresql", password=None)
    return f"--dbname={url.render_as_string(hide_password=False)}"


def _environment() -> dict[str, str]:
    password = db.engine.url.password
    return os.environ | ({"PGPASSWORD": str(password)} if password else {})


def _error_text(said: IO[Any]) -> str:
    said.seek(0)
    return _why(said.read().decode(errors="replace"))


def _why(said: str) -> str:
    """Return the line of a client program that says what went wrong."""
    lines = [text.strip() for text in said.splitlines() if text.strip()]
    wrong = [text for text in lines if re.search(r"error|fatal", text, re.IGNORECASE)]
    return (wrong or lines or ["no word"])[0].rstrip(".")
