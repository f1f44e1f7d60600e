"""Ctrl+C at any moment: one line, the exit code of a shell, and nothing half done."""

import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, delete, event, func, select

from app.cli import progress
from app.core.db import db
from app.core.unit import unit
from app.search.index import rebuild
from app.search.index.models import IndexEntry
from tests.support import terminal
from tests.support.make import Make

# Libraries of which a file is in memory once our packages are being loaded: early, later, at the end.
LIBRARIES = ("markupsafe", "sqlalchemy", "psycopg_binary")


def is_loaded(pid: int, library: str) -> bool:
    return library in Path(f"/proc/{pid}/maps").read_text()


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("command", ["run", "migrate"])
def test_a_command_that_is_stopped_while_it_is_loaded_says_one_line(tmp_path: Path, command: str, library: str) -> None:
    process = terminal.start(terminal.environment(tmp_path), command)
    while process.poll() is None and not is_loaded(process.pid, library):
        time.sleep(0.002)
    process.send_signal(signal.SIGINT)
    code, out, err = terminal.finish(process)
    assert (code, out, err) == (130, "", "Stopped.\n")


@pytest.fixture
def stop_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Have Ctrl+C come when this is said."""
    say = progress.Progress._write

    def set_up(words: str) -> None:
        def say_and_stop(self: progress.Progress, line: str) -> None:
            say(self, line)
            if words and words in line:
                raise KeyboardInterrupt

        monkeypatch.setattr(progress, "MOST", 0)
        monkeypatch.setattr(progress.Progress, "_write", say_and_stop)

    return set_up


def test_migrations_that_are_stopped_leave_the_database_whole_and_go_on_when_run_again(
    settings: Callable[..., None], stop_at: Callable[[str], None]
) -> None:
    settings()
    stop_at("Migration 5 of")
    stopped = terminal.invoke("migrate")
    assert stopped.exit_code == 130 and "Migration 4 of" in stopped.stderr
    assert stopped.stderr.splitlines()[-1] == "Stopped. The database is still empty: run it again to go on."
    stop_at("")
    assert terminal.invoke("migrate").exit_code == 0


def test_so_do_those_that_are_stopped_within_a_statement(settings: Callable[..., None]) -> None:
    settings()

    def stop(_cursor: Any, statement: str, *_more: Any) -> None:
        if "CREATE TABLE votes" in statement:
            raise KeyboardInterrupt

    event.listen(Engine, "do_execute", stop)
    try:
        stopped = terminal.invoke("migrate")
    finally:
        event.remove(Engine, "do_execute", stop)
    assert (stopped.exit_code, stopped.stderr.splitlines()[-1][:24]) == (130, "Stopped. The database is")
    assert terminal.invoke("migrate").exit_code == 0


def test_an_index_that_was_stopped_is_made_whole_when_run_again(
    app: Flask, make: Make, stop_at: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    for _n in range(3):
        make.idea()
    number = db.session.scalar(select(func.count()).select_from(IndexEntry))
    with unit():
        db.session.execute(delete(IndexEntry))
    monkeypatch.setattr(rebuild, "BATCH", 1)
    stop_at("Index of search: 3 texts")
    assert "whole: run it again" in terminal.run(app, "migrate", code=130).stderr
    stop_at("")
    assert "Index of search" in terminal.run(app, "migrate").stderr
    assert db.session.scalar(select(func.count()).select_from(IndexEntry)) == number and not list(
        rebuild.list_differences()
    )


@pytest.mark.one_engine
def test_a_long_work_says_that_it_goes_on(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(progress, "LEAST", 0.3)
    with progress.show_progress() as shown:
        shown.say("One of two")
        shown.say("Two of two, in the same moment")
        time.sleep(0.8)
    lines = [line.rpartition(" (")[0] for line in capsys.readouterr().err.splitlines()]
    assert lines[:2] == ["One of two", "At work..."]
