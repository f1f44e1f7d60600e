"""A program never writes on a schema that it does not know, whenever the schema changes."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.core import dialect, jobs, versions
from app.core.db import db
from app.core.schema_guard import CHANGES_SCHEMA, MINE, OtherSchema
from app.core.unit import unit
from app.operations import schema
from tests.support import migration_cases
from tests.support.races import PATIENCE, wait_until_somebody_waits

# In a table that public pages show, in one that nobody is shown, and in one that holds traces alone.
WRITES = (
    "UPDATE communities SET name = 'written'",
    "INSERT INTO heartbeats (machine, at) VALUES ('written', '2026-11-30')",
    "INSERT INTO versions (key, n) VALUES ('written', 1)",
)
COUNT = text(
    "SELECT (SELECT count(*) FROM communities WHERE name = 'written')"
    " + (SELECT count(*) FROM heartbeats WHERE machine = 'written')"
    " + (SELECT count(*) FROM versions WHERE key = 'written')"
)


@contextmanager
def migrating(revision: str = "9999") -> Iterator[None]:
    """Bring the database to another schema, which is stored at the end, as a migration does."""
    options = {dialect.WRITES: True, CHANGES_SCHEMA: True}
    with db.engine.connect().execution_options(**options) as connection, connection.begin():
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{revision}'"))
        yield


def within(app: Flask, act: Any) -> Any:
    with app.app_context():
        return act()


def write(statement: str) -> None:
    with unit():
        db.session.execute(text(statement))


def count_written() -> int:
    with db.engine.connect() as connection:
        return int(connection.scalar(COUNT) or 0)


def test_a_migration_waits_for_who_writes_and_carries_over_what_they_stored(
    migrated: Flask, engine: str, tmp_path: Path
) -> None:
    body = "op.execute(\"UPDATE versions SET n = 7 WHERE key = 'written'\")"
    with ThreadPoolExecutor(1) as pool:
        with unit():
            db.session.execute(text(WRITES[2]))
            migration = pool.submit(within, migrated, partial(migration_cases.upgrade_with, tmp_path, body))
            wait_until_somebody_waits(engine)
            assert not migration.done()
        migration.result(PATIENCE)
    assert schema.get_current_revision() == "9999"
    with db.engine.connect() as connection:
        assert connection.scalar(text("SELECT n FROM versions WHERE key = 'written'")) == 7


@pytest.mark.parametrize("statement", WRITES)
def test_who_begins_to_write_during_a_migration_waits_for_it_and_writes_nothing(
    app: Flask, engine: str, statement: str
) -> None:
    with ThreadPoolExecutor(1) as pool:
        with migrating():
            writer = pool.submit(within, app, partial(write, statement))
            wait_until_somebody_waits(engine)
            assert not writer.done()
        with pytest.raises(OtherSchema, match=f"now at schema 9999, not {MINE}: start the newer version"):
            writer.result(PATIENCE)
    assert count_written() == 0


@pytest.mark.parametrize("statement", WRITES)
def test_who_read_before_a_migration_and_writes_after_it_writes_nothing(app: Flask, statement: str) -> None:
    assert versions.get_number() >= 0
    with migrating():
        pass
    with pytest.raises(OtherSchema):
        write(statement)
    assert count_written() == 0


def test_a_migration_that_is_given_up_holds_nobody_up_for_longer(app: Flask, engine: str) -> None:
    with ThreadPoolExecutor(1) as pool:
        with pytest.raises(ZeroDivisionError), migrating():
            writer = pool.submit(within, app, partial(write, WRITES[1]))
            wait_until_somebody_waits(engine)
            raise ZeroDivisionError()
        writer.result(PATIENCE)
    assert count_written() == 1


def test_the_process_is_stopped_once_by_whoever_meets_it_first(app: Flask, end_process: mock.Mock) -> None:
    with migrating():
        pass
    for act in (versions.get_number, versions.get_number, partial(write, WRITES[0])):
        db.session.rollback()
        with pytest.raises(OtherSchema):
            act()
    assert [str(call.args[0]) for call in end_process.call_args_list] == [
        f"The database is now at schema 9999, not {MINE}: start the newer version."
    ]


def test_a_statement_that_fails_says_whether_the_schema_is_another(app: Flask, end_process: mock.Mock) -> None:
    """A wrong statement stays ours to mend while the schema is."""
    for error in (DBAPIError, OtherSchema):
        with pytest.raises(error) as raised:
            db.session.execute(text("SELECT gone FROM communities"))
        db.session.rollback()
        assert end_process.called is isinstance(raised.value, OtherSchema) is (error is OtherSchema)
        if error is DBAPIError:
            with migrating():
                pass


def test_a_job_does_not_begin_on_another_schema(app: Flask, end_process: mock.Mock) -> None:
    """One that only reads, or speaks with another machine, does not either."""
    within_context, job = jobs._tasks["heartbeat"].func.func, mock.Mock()
    within_context(jobs.Job(job))
    assert (job.call_count, end_process.called) == (1, False)
    with migrating():
        pass
    within_context(jobs.Job(job))
    assert (job.call_count, end_process.called) == (1, True)
