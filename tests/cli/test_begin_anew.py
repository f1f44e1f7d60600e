"""A site that is served goes through a maintenance: nobody is refused, and the version that is there then answers."""

import http.client
import os
import re
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app import HOUSE
from app.core import maintenance
from tests.cli.test_run import site
from tests.cli.test_settings import PRODUCTION
from tests.support import terminal
from tests.support.network import free_port
from tests.support.outages import children

# What starts a release as the script of its own environment does: by the folder that it is really in.
SCRIPT = """#!{python}
import os, sys
sys.path[0] = os.path.realpath(os.path.dirname(__file__))
from app.command import main
main()
"""


def make_release(folder: Path, number: str) -> None:
    """Put a copy of this program under another number in a folder."""
    folder.mkdir(parents=True)
    shutil.copytree(HOUSE / "app", folder / "app", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("docs", "migrations", "templates", "static", "translations", "config.py"):
        (folder / name).symlink_to(HOUSE / name)
    text = (HOUSE / "pyproject.toml").read_text()
    (folder / "pyproject.toml").write_text(re.sub(r'(?m)^version = ".*"', f'version = "{number}"', text, count=1))
    (folder / "COMMIT").write_text("0123abcd")
    script = folder / "reflexe"
    script.write_text(SCRIPT.format(python=sys.executable))
    script.chmod(0o700)


@pytest.fixture
def current(tmp_path: Path) -> Path:
    """A link to the first of two releases."""
    for number in ("2031.1.0", "2031.2.0"):
        make_release(tmp_path / "releases" / number, number)
    link = tmp_path / "current"
    link.symlink_to("releases/2031.1.0")
    return link


class Visits:
    """Somebody who asks for a page again and again, and notes each answer: its code and whether it says when to retry."""

    def __init__(self, port: str):
        self.port, self.answers, self.is_over = int(port), list[Any](), threading.Event()
        self.thread = threading.Thread(target=self._go)

    def _go(self) -> None:
        while not self.is_over.is_set():
            self.answers.append(self._ask())
            time.sleep(0.02)

    def _ask(self) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=terminal.PATIENCE)
        try:
            connection.request("GET", "/nowhere", headers={"Host": "example.org"})
            answer = connection.getresponse()
            answer.read()
            return answer.status, answer.getheader("Retry-After") is not None
        except OSError as error:
            return repr(error), False
        finally:
            connection.close()

    def __enter__(self) -> "Visits":
        self.thread.start()
        return self

    def __exit__(self, *_error: Any) -> None:
        self.is_over.set()
        self.thread.join()

    def wait_for(self, *answer: Any) -> None:
        """Wait for such an answer that comes from now on."""
        begin = len(self.answers)
        terminal.until(lambda: answer in self.answers[begin:], f"the site answers {answer}")


OPEN, CLOSED = (404, False), (503, True)


@pytest.fixture
def settings(tmp_path: Path, engine: str, new_migrated: Callable[[str, str, Path], str]) -> Iterator[dict[str, str]]:
    folder = tmp_path / "data"
    folder.mkdir()
    url = new_migrated(engine, "reflexe", folder)
    more = {"WEB_WORKERS": "2", "RATELIMIT_ENABLED": "0", "BACKUP_DIR": "none", "PORT": str(free_port())}
    yield terminal.environment(folder, url, **PRODUCTION | more)


@pytest.mark.one_engine
def test_a_site_that_is_served_is_closed_and_begins_anew_with_what_its_link_leads_to(
    settings: dict[str, str], current: Path, tmp_path: Path, engine: str
) -> None:
    log, data_dir = tmp_path / "log", Path(settings["DATA_DIR"])
    with log.open("w") as out, start(settings, current, out, "run") as process, Visits(settings["PORT"]) as visits:
        terminal.until(lambda: terminal.answers(f"http://127.0.0.1:{settings['PORT']}/healthz"), "it answers")
        visits.answers.clear()
        visits.wait_for(*OPEN)
        first = children(process.pid)
        hold = maintenance.close(data_dir, why="upgrade")
        visits.wait_for(*CLOSED)
        closed_at = len(visits.answers)
        visits.wait_for(*CLOSED)
        lead(current, "releases/2031.2.0")
        hold.reopen()
        visits.wait_for(*OPEN)
        terminal.until(lambda: len(children(process.pid)) == 2 and not first & children(process.pid), "all are new")
        visits.wait_for(*OPEN)
        assert process.poll() is None
    assert set(visits.answers) == {OPEN, CLOSED}, "no connection is refused"
    assert visits.answers[closed_at:].index(OPEN) > 0
    lines = [line for line in log.read_text().splitlines() if "INFO" in line]
    assert ["2031.1.0" in lines[0], "begins anew" in lines[1], "2031.2.0" in lines[2]] == [True] * 3, lines


def start(settings: dict[str, str], current: Path, log: Any, command: str) -> Any:
    program = (str(current / "reflexe"),)
    return terminal.background_process(settings, command, program=program, stdout=log, stderr=log, cwd="/")


def lead(link: Path, target: str) -> None:
    new = link.with_name("new")
    new.symlink_to(target)
    os.replace(new, link)


@pytest.mark.one_engine
def test_a_program_that_can_not_begin_says_why_and_ends(
    settings: dict[str, str], current: Path, tmp_path: Path, engine: str
) -> None:
    """Whoever supervises it starts it again, and each time it says so."""
    log = tmp_path / "log"
    with log.open("w") as out, start(settings, current, out, "run") as process:
        terminal.until(lambda: terminal.answers(f"http://127.0.0.1:{settings['PORT']}/healthz"), "it answers")
        first = children(process.pid)
        with maintenance.closed(Path(settings["DATA_DIR"]), why="upgrade"):
            (current / "config.py").unlink()
            (current / "config.py").write_text(
                (HOUSE / "config.py").read_text().replace("SITE_URL = ", "SITE_URL = 'no' or ")
            )
        assert process.wait(terminal.PATIENCE) == 1
        terminal.until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in first), "its processes ended")
    assert log.read_text().splitlines()[-1].startswith("Error: SITE_URL: it must look like https://")


@pytest.mark.one_engine
def test_the_worker_begins_anew_with_what_its_link_leads_to(
    settings: dict[str, str], current: Path, tmp_path: Path, engine: str
) -> None:
    log = tmp_path / "log"
    with log.open("w") as out, start(settings, current, out, "worker") as process:
        terminal.until(lambda: "2031.1.0" in log.read_text(), "it began")
        with maintenance.closed(Path(settings["DATA_DIR"]), why="upgrade"):
            lead(current, "releases/2031.2.0")
        terminal.until(lambda: "2031.2.0" in log.read_text(), "it began anew")
        assert process.poll() is None


@pytest.mark.one_engine
def test_in_development_the_worker_of_the_site_is_another_one_too(
    settings: dict[str, str], tmp_path: Path, engine: str
) -> None:
    values = settings | {"REFLEXE_ENV": "development", "DEMO": "0", "SITE_URL": "", "WEB_WORKERS": "1"}
    with site(values) as process:
        before = children(process.pid)
        with maintenance.closed(Path(values["DATA_DIR"]), why="migrate"):
            pass
        terminal.until(lambda: len(children(process.pid)) == 2 and not before & children(process.pid), "all are new")
        assert terminal.answers(f"http://127.0.0.1:{values['PORT']}/ideas") and process.poll() is None
