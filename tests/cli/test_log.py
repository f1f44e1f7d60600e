"""Every line of the log begins with one form of date, with its zone, whichever process or library writes it."""
import os
import re
import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app import HOUSE, create_app
from app.core import jobs, log_lines
from app.operations import schema
from tests.cli.test_settings import PRODUCTION
from tests.support import terminal
from tests.support.house import SETTINGS
from tests.support.network import free_port

LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(?P<zone>[+-]\d\d:\d\d) (INFO|WARNING|ERROR|CRITICAL) ")


@pytest.fixture
def site(tmp_path: Path) -> dict[str, str]:
    """The environment of a site in production, whose machine is in Québec."""
    folder = tmp_path / "data"
    settings = terminal.environment(folder, **PRODUCTION, PORT=str(free_port()), TZ="America/Montreal")
    assert terminal.finish(terminal.start(settings, "migrate", cwd=HOUSE))[0] == 0
    return settings


def children(process: Any) -> list[int]:
    return [int(number) for number in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


@pytest.mark.skipif(not Path("/proc").exists(), reason="children are found in /proc")
def test_each_line_of_the_web_and_of_the_worker_has_the_time_and_its_zone(
        site: dict[str, str], tmp_path: Path) -> None:
    """A process is killed and a table is gone: the server, the queue and the pages all have something to say."""
    web_log, worker_log = tmp_path / "web", tmp_path / "worker"
    url = f"http://127.0.0.1:{site['PORT']}/healthz"
    with web_log.open("w") as web_file, worker_log.open("w") as worker_file:
        with (terminal.background_process(site, "run", cwd=HOUSE, stdout=web_file, stderr=web_file) as web,
              terminal.background_process(site, "worker", cwd=HOUSE, stdout=worker_file, stderr=worker_file)):
            terminal.until(lambda: terminal.answers(url), "the site answers")
            terminal.until(lambda: "worker" in worker_log.read_text(), "the worker says that it is there")
            break_a_table(Path(site["DATA_DIR"]))
            ask_for_a_job(site)
            os.kill(children(web)[0], signal.SIGKILL)
            terminal.until(lambda: "Unexpected exit" in web_log.read_text(), "the server says it")
            terminal.until(lambda: "no such table" in worker_log.read_text(), "the queue says it")
    for log in (web_log, worker_log):
        lines = log.read_text().splitlines()
        wrong = [line for line in lines if not LINE.match(line)]
        assert lines and not wrong, "\n".join(wrong[:20])
    assert {LINE.match(line)["zone"] for line in lines} <= {"-05:00", "-04:00"}  # type: ignore[index]
    assert "Traceback" not in web_log.read_text() and "accounts/jobs.py" in worker_log.read_text()


def break_a_table(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "reflexe.db")) as database:
        database.execute("DROP TABLE sessions")


def ask_for_a_job(site: dict[str, str]) -> None:
    """Put a job that reads this table in the queue."""
    house = create_app(**SETTINGS | {"SECRET_KEY": site["SECRET_KEY"]}, DATA_DIR=Path(site["DATA_DIR"]), DATABASE_URL="")
    with house.app_context():
        jobs.ask("accounts")
        schema.disconnect()
    house.extensions["huey"].storage.close()


def test_a_text_of_several_lines_can_not_pass_for_other_lines() -> None:
    lines = log_lines.write("one\n2026-01-01T00:00:00.000+00:00 ERROR two\r\nthree", "INFO").splitlines()
    assert len(lines) == 3 and all(line.count(" INFO ") == 1 and LINE.match(line) for line in lines)
