"""Every line of the log begins with one form of date, with its zone, whichever process or library writes it."""

import html
import os
import re
import signal
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import text

from app import HOUSE, create_app
from app.accounts import requests
from app.core import jobs, log_lines
from app.core.db import db
from app.core.unit import unit
from app.operations import schema
from tests.cli.test_settings import PRODUCTION
from tests.security.canary_log import WORD
from tests.support import databases, terminal
from tests.support.house import SETTINGS
from tests.support.network import free_port

LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(?P<zone>[+-]\d\d:\d\d) (INFO|WARNING|ERROR|CRITICAL) ")
ADDRESS = f"{WORD.lower()}@example.org"


@pytest.fixture
def site(engine: str, tmp_path: Path) -> dict[str, str]:
    """The environment of a site in production, whose machine is in Québec."""
    url = databases.new(engine, "logged", tmp_path)
    settings = terminal.environment(tmp_path / "data", url, **PRODUCTION, PORT=str(free_port()), TZ="America/Montreal")
    assert terminal.finish(terminal.start(settings, "migrate", cwd=HOUSE))[0] == 0
    return settings


@pytest.fixture
def house(site: dict[str, str]) -> Iterator[Flask]:
    """The same site in this process, to put something in its tables and in its queue."""
    house = create_app(
        **SETTINGS | {"SECRET_KEY": site["SECRET_KEY"]},
        DATA_DIR=Path(site["DATA_DIR"]),
        DATABASE_URL=site["DATABASE_URL"],
    )
    with house.app_context():
        yield house
        schema.disconnect()
    house.extensions["huey"].storage.close()


@pytest.mark.skipif(not Path("/proc").exists(), reason="children are found in /proc")
def test_each_line_of_the_web_and_of_the_worker_has_the_time_and_its_zone_and_names_nobody(
    site: dict[str, str], house: Flask, tmp_path: Path
) -> None:
    """A process is killed and a table is gone: the server, the queue and the pages all have something to say."""
    logs = {name: tmp_path / name for name in ("run", "worker")}
    url = f"http://127.0.0.1:{site['PORT']}"
    with ExitStack() as stack:
        web, _worker = [stack.enter_context(begin(site, name, log, stack)) for name, log in logs.items()]
        terminal.until(lambda: terminal.answers(f"{url}/healthz"), "the site answers")
        terminal.until(lambda: "worker" in logs["worker"].read_text(), "the worker says that it is there")
        os.kill(children(web)[0], signal.SIGKILL)
        terminal.until(lambda: "by accident" in logs["run"].read_text(), "its first process says it")
        terminal.until(lambda: terminal.answers(f"{url}/healthz"), "the site answers again")
        lose_accounts()
        assert sign_in(url) >= 500
        terminal.until(lambda: "not answered" in logs["worker"].read_text(), "the worker says it")
        terminal.until(lambda: "security.login" in logs["run"].read_text(), "the page says it")
    for log in logs.values():
        lines = log.read_text().splitlines()
        wrong = [line for line in lines if not LINE.match(line) or WORD.lower() in line.lower()]
        assert lines and not wrong, "\n".join(wrong[:20])
        assert {found["zone"] for line in lines if (found := LINE.match(line))} <= {"-05:00", "-04:00"}
    assert "address_answers.py" in logs["worker"].read_text() and "users" in logs["worker"].read_text()


def begin(site: dict[str, str], name: str, log: Path, stack: ExitStack) -> Any:
    """Start a command whose whole output is its log."""
    file = stack.enter_context(log.open("w"))
    return terminal.background_process(site, name, cwd=HOUSE, stdout=file, stderr=file)


def children(process: Any) -> list[int]:
    return [int(number) for number in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


def lose_accounts() -> None:
    """Leave a request with the canary to the worker, and take the table away that it and a sign-in read."""
    with unit():
        requests.add_request("reset", ADDRESS, next="")
        db.session.execute(text("ALTER TABLE users RENAME TO users_lost"))
    jobs.enqueue("requests")


def sign_in(url: str) -> int:
    """Send the form of a sign-in with the canary; return the code of the answer."""
    headers = {"Host": "example.org", "Origin": "https://example.org"}
    with urllib.request.urlopen(urllib.request.Request(f"{url}/login", headers=headers)) as page:
        cookie = page.headers["Set-Cookie"].split(";")[0]
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.read().decode())
    fields = {"csrf_token": html.unescape(found[1]) if found else "", "email": ADDRESS, "password": WORD}
    request = urllib.request.Request(f"{url}/login", urlencode(fields).encode(), headers | {"Cookie": cookie})
    try:
        return int(urllib.request.urlopen(request).status)
    except urllib.error.HTTPError as answer:
        return answer.code


def test_a_text_of_several_lines_can_not_pass_for_other_lines() -> None:
    lines = log_lines.format_lines("one\n2026-01-01T00:00:00.000+00:00 ERROR two\r\nthree", "INFO").splitlines()
    assert len(lines) == 3 and all(line.count(" INFO ") == 1 and LINE.match(line) for line in lines)
