"""Full disks, closed folders, servers that are away: one line that says what to do, an exit code, no traceback."""

import json
import os
import re
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from unittest import mock

import click
import pytest
from flask import Flask
from sqlalchemy import inspect, select, text

from app import create_app
from app.accounts.models.people import User
from app.command import reflexe
from app.core import jobs
from app.core.db import db
from app.operations import backup, migrate, schema
from app.operations.reference import DATA
from tests.cli.test_commands import commands
from tests.cli.test_import_plan import BEGIN
from tests.cli.test_worker import last_seen, write
from tests.exchange.conftest import idea
from tests.support import databases, outages, postgresql, tables, terminal
from tests.support.house import SETTINGS
from tests.support.make import Make
from tests.support.sheets import HEAD, PLACE, csv_of


@pytest.fixture
def typeable(
    app: Flask, make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[tuple[str, ...], list[Any]]:
    """The arguments of each command, by its path; a new command must be added here."""
    monkeypatch.setenv("PATH", str(postgresql.PROGRAMS), prepend=os.pathsep)
    (tmp_path / "ideas").write_text(json.dumps(idea()) + "\n")
    make.user(role="coordinator")
    (tmp_path / "plan.csv").write_bytes(csv_of(HEAD, PLACE))
    backup.backup(tmp_path / "copy")
    return {
        ("run",): [],
        ("worker",): [],
        ("migrate",): [],
        ("check",): [],
        ("recount",): ["--repair"],
        ("reindex",): [],
        ("seed", "reference"): [],
        ("seed", "demo"): [],
        ("seed", "bench"): ["--ideas", 3],
        ("user", "create"): ["--email", "a@example.org", "--name", "A", "--password-stdin"],
        ("mail", "test"): ["a@example.org"],
        ("mail", "retry"): [],
        ("user", "change"): ["--email", "a@example.org", "--role", "admin"],
        ("user", "password"): ["a@example.org", "--password-stdin"],
        ("import", "ideas"): [tmp_path / "ideas"],
        ("import", "plan"): [tmp_path / "plan.csv", *BEGIN],
        ("import", "shapes"): [DATA / "shapes.geojson"],
        ("backup",): [tmp_path / "again"],
        ("restore",): [tmp_path / "copy"],
        ("upgrade",): [],
        ("permissions",): [],
        ("routes",): [],
    }


def test_no_command_is_left_out(typeable: dict[tuple[str, ...], list[Any]]) -> None:
    leaves = [path for path in commands(reflexe) if not isinstance(at(path), click.Group)]
    assert set(typeable) == set(leaves)


def at(path: tuple[str, ...]) -> Any:
    found: Any = reflexe
    for name in path:
        found = found.get_command(click.Context(found), name)
    return found


# `run` and `worker` go on for ever, and `mail test` speaks with a server: each has its tests.
TROUBLES: dict[str, Callable[[], AbstractContextManager[None]]] = {
    "the database is away": outages.away,
    "the database takes no writes": outages.read_only,
    "no room": outages.no_room,
}
WITHOUT_DATABASE = {("permissions",), ("routes",)}
WRITERS = {("user", "create"), ("seed", "demo"), ("import", "ideas"), ("import", "shapes")}
COPIES = {("backup",), ("restore",)}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_every_command_says_what_is_wrong_quieten(
    app: Flask, typeable: dict[tuple[str, ...], list[Any]], engine: str, trouble: str
) -> None:
    command_paths = typeable.keys() - {("run",), ("worker",), ("mail", "test")}
    # The disk of PostgreSQL is its own.
    is_elsewhere = engine == "postgresql" and trouble == "no room"
    failures = set()
    for path in sorted(command_paths & COPIES if is_elsewhere else command_paths):
        with TROUBLES[trouble]():
            result = terminal.invoke(*path, *typeable[path], app=app)
        if result.exit_code and path != ("check",):
            terminal.error_line(result)
        failures |= {path} if result.exit_code else set()
    failing_paths = {"the database is away": command_paths - WITHOUT_DATABASE}.get(
        trouble, COPIES if is_elsewhere else WRITERS
    )
    assert failures >= failing_paths and not failures & WITHOUT_DATABASE


@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.parametrize("name", ["run", "worker"])
def test_what_runs_all_the_time_says_what_keeps_it_from_beginning(
    app: Flask, launchers: dict[str, mock.Mock], trouble: str, name: str
) -> None:
    with TROUBLES[trouble]():
        result = terminal.invoke(name, app=app)
    has_begun = launchers["server"].called or launchers["consumer"].run.called
    assert has_begun or terminal.error_line(result)


FOREIGN = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32))",
    "CREATE TABLE users (id INTEGER)",
    "CREATE TABLE tickets (id INTEGER)",
)


@pytest.mark.parametrize("revision", ["", "0001", "head"])
def test_no_command_works_in_the_database_of_something_else(
    typeable: dict[tuple[str, ...], list[Any]], engine: str, tmp_path: Path, revision: str
) -> None:
    """Another product may be migrated by the same library, and name its revisions as we do."""
    other = create_app(**SETTINGS, DATA_DIR=tmp_path / "other", DATABASE_URL=databases.new(engine, "other", tmp_path))
    other.config["PORT"] = 0
    with other.app_context(), db.engine.begin() as connection:
        for statement in FOREIGN:
            connection.execute(text(statement))
        if revision:
            found = schema.get_head_revision() if revision == "head" else revision
            connection.execute(text("INSERT INTO alembic_version VALUES (:revision)"), {"revision": found})
    for path in sorted(typeable.keys() - WITHOUT_DATABASE - {("mail", "test")}):
        result = terminal.invoke(*path, *typeable[path], app=other)
        message = result.stdout if path == ("check",) else terminal.error_line(result)
        assert result.exit_code == 1 and "something else, without" in message, path
    with other.app_context():
        assert set(inspect(db.engine).get_table_names()) == {"alembic_version", "users", "tickets"}
        schema.disconnect()
    other.extensions["huey"].storage.close()


@pytest.mark.one_engine
def test_no_command_makes_the_database_by_looking_for_it(
    typeable: dict[tuple[str, ...], list[Any]], engine: str, tmp_path: Path
) -> None:
    absent = tmp_path / "data" / "absent.db"
    app = create_app(**SETTINGS, DATA_DIR=tmp_path / "data", DATABASE_URL=f"sqlite:///{absent}")
    makers = {("run",), ("migrate",), ("restore",)}
    for path in sorted(typeable.keys() - WITHOUT_DATABASE - makers - {("mail", "test")}):
        result = terminal.invoke(*path, *typeable[path], app=app)
        message = result.stdout if path == ("check",) else terminal.error_line(result)
        assert result.exit_code == 1 and f"{absent} does not exist: run `reflexe migrate` first" in message, path
        assert not absent.exists(), path
    app.extensions["huey"].storage.close()


def test_a_copy_that_can_not_be_written_is_said_and_leaves_what_was_there(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(postgresql.PROGRAMS), prepend=os.pathsep)
    (tmp_path / "copy").write_text("yesterday")
    # As while the site runs: somebody reads the database, which has its files open.
    db.session.scalar(select(User.id).limit(1))
    with outages.no_room():
        assert re.search(
            "copy can't be written|pg_dump failed",
            terminal.error_line(terminal.invoke("backup", tmp_path / "copy", app=app)),
        )
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("copy", "yesterday")]
    for place in ("/dev/null/copy", tmp_path / "nowhere" / "copy"):
        assert f"{place} can't be written: no" in terminal.error_line(terminal.invoke("backup", place, app=app))


def test_a_list_that_can_not_be_written_out_is_said(tmp_path: Path) -> None:
    """The disk on which a script keeps the answer is full."""
    with Path("/dev/full").open("w") as full:
        process = terminal.start(terminal.environment(tmp_path), "routes", stdout=full)
        code, _out, err = terminal.finish(process)
    assert (code, err) == (1, "Error: no space left on device: make room on the disk, then run it again.\n")


def test_whoever_stops_reading_a_list_is_told_nothing(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    process = terminal.start(terminal.environment(tmp_path), "routes", stdout=writing)
    os.close(writing)
    assert terminal.finish(process)[2] == ""


def test_the_worker_outlives_its_database_and_says_so_quieten_a_minute(tmp_path: Path) -> None:
    url = databases.new("postgresql", "outlived", tmp_path)
    app = create_app(**SETTINGS, DATA_DIR=tmp_path, DATABASE_URL=url)
    log = tmp_path / "log"
    with app.app_context(), log.open("w") as log_file:
        migrate.upgrade()
        jobs.prepare(app.extensions["huey"])
        with terminal.background_process(terminal.environment(tmp_path, url), "worker", stderr=log_file):
            terminal.until(last_seen, "the worker is at work")
            with outages.away():
                terminal.until(
                    lambda: "start PostgreSQL, or correct DATABASE_URL" in log.read_text(), "the worker says it"
                )
                time.sleep(3)
            write("after")
            terminal.until(lambda: list((tmp_path / "mail").glob("*.eml")), "the worker goes on")
        schema.disconnect()
        app.extensions["huey"].storage.close()
    lines = log.read_text().splitlines()
    assert "Traceback" not in log.read_text() and len(lines) == len({line[29:] for line in lines}) < 10, lines


def test_no_command_works_in_the_database_of_a_newer_version(
    app: Flask, typeable: dict[tuple[str, ...], list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`restore` alone does: it replaces that database, and refuses a copy of that version."""
    monkeypatch.setitem(app.config, "PORT", 0)
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = tables.photo()
    for path in sorted(typeable.keys() - WITHOUT_DATABASE - {("mail", "test"), ("restore",)}):
        result = terminal.invoke(*path, *typeable[path], app=app)
        message = result.stdout if path == ("check",) else terminal.error_line(result)
        assert result.exit_code == 1 and "newer version" in message, path
    assert tables.photo() == before
