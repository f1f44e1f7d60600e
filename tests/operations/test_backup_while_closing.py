"""Whoever closes the site waits for the copy of the worker, and not for what is done with it afterwards."""

import os
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.cli import anew
from app.core import jobs, maintenance
from app.core.errors import Conflict
from app.operations import backup, backup_notes, backup_programs, backup_trial, daily_backups
from tests.operations.test_daily_backups import copies, found
from tests.support.clock import Clock
from tests.support.terminal import until

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)  # Four in the morning in the region.


@pytest.fixture(autouse=True)
def folder(platform: Flask, tmp_path: Path, clock: Clock) -> Path:
    clock.at(MONDAY)
    platform.config["BACKUP_DIR"] = tmp_path / "backups"
    platform.config["BACKUP_SEND"] = "send {file}"
    return tmp_path / "backups"


def do_the_job() -> None:
    """Have the worker do it, as its queue does."""
    jobs._tasks["backups"].call_local()


def test_the_site_is_closed_and_opened_while_a_copy_is_tried_and_sent(
    platform: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data_dir, done = platform.config["DATA_DIR"], []

    def close_meanwhile(name: str) -> None:
        maintenance.close(data_dir, why="migrate", patience=0).reopen(is_unchanged=True)
        done.append(name)

    monkeypatch.setattr(backup_programs, "call", lambda command: close_meanwhile(Path(command[-1]).name))
    monkeypatch.setattr(backup_trial, "try_out", lambda file, _contents: close_meanwhile("trial") or "a file")
    do_the_job()
    assert done == ["trial", "closed-accounts.json", *copies(folder)]
    assert "last sent" in found(platform)["backups"].text and not backup_notes.read(folder).failures


def test_nobody_closes_the_site_while_a_copy_is_made_or_old_ones_are_removed(
    platform: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data_dir, seen = platform.config["DATA_DIR"], []

    def is_refused(real: Any) -> Any:
        def act(*arguments: Any) -> Any:
            with pytest.raises(Conflict, match="still at work"):
                maintenance.close(data_dir, why="migrate", patience=0)
            seen.append(real)
            return real(*arguments)

        return act

    monkeypatch.setattr(backup_programs, "call", lambda _command: None)
    for module, name in ((backup, "_write"), (backup_notes, "list_old")):
        monkeypatch.setattr(module, name, is_refused(getattr(module, name)))
    do_the_job()
    assert len(seen) == 2 and len(copies(folder)) == 1


def test_a_worker_that_begins_anew_ends_what_it_was_sending_with(monkeypatch: pytest.MonkeyPatch) -> None:
    failures: list[str] = []

    def send() -> None:
        try:
            backup_programs.call([sys.executable, "-c", "import time; time.sleep(600)"])
        except backup_programs.Failure as failure:
            failures.append(str(failure))

    sending = threading.Thread(target=send, daemon=True)
    sending.start()
    until(lambda: bool(backup_programs._running), "it is sent")
    monkeypatch.setattr(os, "execv", lambda _program, _arguments: None)
    anew.begin()
    sending.join(60)
    assert failures and "ended with -9" in failures[0]


def test_what_a_closed_site_keeps_from_being_made_is_no_failure_and_is_made_afterwards(
    platform: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup_programs, "call", lambda _command: None)
    closed = maintenance.close(platform.config["DATA_DIR"], why="migrate")
    daily_backups.run(platform.config)
    assert copies(folder) == [] and not backup_notes.read(folder).failures
    closed.reopen()
    daily_backups.run(platform.config)
    assert len(copies(folder)) == 1
