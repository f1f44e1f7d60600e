"""What commands do to a site that is open, and on one that is closed."""

import os
import signal
from pathlib import Path
from typing import Any
from unittest import mock

import click
import pytest
from flask import Flask
from sqlalchemy import text

from app.cli import anew, progress
from app.core import jobs, maintenance
from app.core.db import db
from app.operations import check as checks
from app.operations import migrate, releases, schema, upgrade, upgrade_back, upgrade_program
from tests.support import postgresql
from tests.support.terminal import error_line, invoke, run

HEAD = schema.get_head_revision()
FORMER = f"{int(HEAD) - 1:04}"


@pytest.fixture
def folder(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The folder of the site, which is left open."""
    monkeypatch.setenv("PATH", str(postgresql.PROGRAMS), prepend=":")
    place = app.config["DATA_DIR"]
    yield place
    (place / maintenance.FILE).unlink(missing_ok=True)


def leave_closed(folder: Path, why: str = "migrate") -> None:
    maintenance.close(folder, why=why).release()


def test_a_command_that_works_says_that_the_site_is_closed_and_one_that_looks_goes_on(
    app: Flask, folder: Path, tmp_path: Path
) -> None:
    leave_closed(folder, "upgrade")
    for command in (["recount"], ["reindex"], ["seed", "reference"], ["mail", "retry"], ["migrate"]):
        line = error_line(invoke(*command, app=app))
        assert "for an upgrade that did not end: run `reflexe upgrade` again, or `reflexe upgrade --back`." in line
    assert "The site is closed since" in run(app, "backup", tmp_path / "copy").stderr
    hold = maintenance.close(folder, why="upgrade")
    assert "for an upgrade that goes on: run this again once it ended." in error_line(invoke("reindex", app=app))
    hold.reopen()
    run(app, "reindex")


def test_check_says_what_did_not_end_and_nothing_of_what_goes_on(app: Flask, folder: Path) -> None:
    leave_closed(folder)
    finding = checks._version(app.config)
    assert finding.grade == "wrong" and "for a migration that did not end: run `reflexe migrate` again." in finding.text
    hold = maintenance.close(folder, why="migrate")
    assert checks._version(app.config).grade == "ok"
    hold.reopen()


def test_a_migration_that_has_nothing_to_do_closes_nothing_and_one_that_was_left_is_ended(
    app: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    close = mock.Mock(wraps=maintenance.close)
    monkeypatch.setattr(maintenance, "close", close)
    run(app, "migrate")
    assert not close.called
    leave_closed(folder)
    run(app, "migrate")
    assert maintenance.read(folder) is None and maintenance.begin(folder) > 0


def set_back(revision: str = FORMER) -> None:
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})


def test_a_migration_closes_the_site_while_it_works(app: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_back()
    began, seen = maintenance.begin(folder), []

    def upgrade(_say: Any) -> tuple[str, str]:
        seen.append(maintenance.read(folder))
        set_back(HEAD)
        return FORMER, HEAD

    monkeypatch.setattr(migrate, "upgrade", upgrade)
    run(app, "migrate")
    assert seen[0].why == "migrate" and maintenance.is_over(folder, began), "the site begins anew"


@pytest.mark.parametrize("accident", [KeyboardInterrupt, OSError(28, "No space left on device")])
def test_a_migration_that_changed_nothing_leaves_the_site_as_it_was(
    app: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch, accident: Any
) -> None:
    set_back()
    began = maintenance.begin(folder)
    monkeypatch.setattr(migrate, "upgrade", mock.Mock(side_effect=accident))
    result = invoke("migrate", app=app)
    assert result.exit_code and "stays closed" not in result.stderr
    with maintenance.at_work(folder, began):
        pass


@pytest.mark.parametrize("accident", [KeyboardInterrupt, OSError(5, "Input/output error")])
def test_one_that_stops_before_it_began_leaves_the_site_as_it_was(
    app: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch, accident: Any
) -> None:
    set_back()
    began = maintenance.begin(folder)
    monkeypatch.setattr(schema, "find_state", mock.Mock(side_effect=accident))
    assert invoke("migrate", app=app).exit_code
    with maintenance.at_work(folder, began):
        pass


def test_one_that_is_stopped_twice_says_that_the_site_stays_closed(
    app: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_back()
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "upgrade", mock.Mock(side_effect=OSError(5, "Input/output error")))
        patch.setattr(schema, "find_state", mock.Mock(side_effect=[(FORMER, 1), KeyboardInterrupt]))
        said = invoke("migrate", app=app).stderr
    assert "The site stays closed until `reflexe migrate` is run again" in said and maintenance.is_marked(folder)
    assert not maintenance.is_held(folder)


@pytest.mark.skipif(os.name != "posix", reason="terminals hang up there")
def test_a_migration_goes_on_when_the_terminal_goes(app: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_back()

    def upgrade(say: Any) -> tuple[str, str]:
        # Whoever wrote to the terminal by then is told that it is gone.
        with monkeypatch.context() as patch:
            patch.setattr(click, "echo", mock.Mock(side_effect=OSError(5, "Input/output error")))
            os.kill(os.getpid(), signal.SIGHUP)
            say("Half of it.")
            set_back(HEAD)
        return FORMER, HEAD

    hangup = mock.Mock()
    former = signal.signal(signal.SIGHUP, hangup)
    try:
        monkeypatch.setattr(progress, "MOST", 0.0)
        monkeypatch.setattr(migrate, "upgrade", upgrade)
        run(app, "migrate")
        assert not hangup.called and not maintenance.is_marked(folder)
        assert signal.getsignal(signal.SIGHUP) is hangup
    finally:
        signal.signal(signal.SIGHUP, former)


@pytest.mark.skipif(os.name != "posix", reason="terminals hang up there")
@pytest.mark.parametrize(("place", "options"), [(upgrade, []), (upgrade_back, ["--back"])])
def test_an_upgrade_and_its_way_back_go_on_when_the_terminal_goes(
    app: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch, place: Any, options: list[str]
) -> None:
    seen: list[Any] = []
    monkeypatch.setattr(upgrade_program, "find", lambda *_of, **_how: releases.get_house())
    name = "go_back" if options else "upgrade"
    monkeypatch.setattr(place, name, lambda *_of, **_how: seen.append(signal.getsignal(signal.SIGHUP)))
    run(app, "upgrade", *options)
    assert seen == [signal.SIG_IGN] and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN


def test_one_that_stops_once_the_schema_changed_leaves_it_closed_and_says_so(
    app: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_back()
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "upgrade", lambda _say: set_back(HEAD) or (FORMER, HEAD))
        patch.setattr(jobs, "prepare", mock.Mock(side_effect=KeyboardInterrupt))
        said = invoke("migrate", app=app).stderr
    assert "The site stays closed until `reflexe migrate` is run again and ends well." in said
    assert maintenance.is_marked(folder)
    run(app, "migrate")
    assert not maintenance.is_marked(folder)


def test_a_worker_that_starts_on_a_closed_site_waits_then_begins_anew(
    app: Flask, folder: Path, launchers: dict[str, mock.Mock], monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_closed(folder)
    begin = mock.Mock(side_effect=SystemExit)
    monkeypatch.setattr(anew, "begin", begin)
    run = mock.Mock()
    monkeypatch.setattr(jobs, "run", run)
    monkeypatch.setattr(anew.time, "sleep", lambda _seconds: maintenance.close(folder, why="migrate").reopen())
    said = invoke("worker", app=app).stderr
    assert begin.called and not launchers["consumer"].run.called and run.called
    assert "did not end: run `reflexe migrate` again. The worker waits until it is open." in said


def test_a_site_that_starts_closed_serves_the_page_that_says_so(
    app: Flask, folder: Path, launchers: dict[str, mock.Mock], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "REFLEXE_ENV", "production")
    leave_closed(folder)
    said = run(app, "run").stderr
    assert launchers["server"].called and app.extensions.pop("began") < 0
    assert "run `reflexe migrate` again. Every page says so." in said


def test_what_was_started_is_started_again_where_its_link_leads_now(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    execv = mock.Mock()
    monkeypatch.setattr(anew.os, "execv", execv)
    monkeypatch.setattr(anew.os, "chdir", mock.Mock())
    monkeypatch.setattr(anew, "FOLDER", str(tmp_path))
    script = tmp_path / "reflexe"
    script.touch(mode=0o700)
    monkeypatch.setattr(anew.sys, "argv", ["reflexe", "run"])
    monkeypatch.setattr(anew.sys, "orig_argv", ["python", "reflexe", "run"])
    anew.begin()
    execv.assert_called_with(str(script), [str(script), "run"])
    monkeypatch.setattr(anew.sys, "argv", ["/house/app/command.py", "run"])
    monkeypatch.setattr(anew.sys, "orig_argv", ["python", "-m", "app.command", "run"])
    anew.begin()
    execv.assert_called_with(anew.sys.executable, [anew.sys.executable, "-m", "app.command", "run"])
