"""A site and a worker whose database became that of another version end, with one line; nobody starts them in a loop."""

import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from app.core.db import db
from app.core.schema_guard import MINE
from tests.support import terminal
from tests.support.network import free_port

LINE = f"The database is now at schema 9999, not {MINE}: start the newer version."


@pytest.fixture
def start(app: Flask, tmp_path: Path) -> Any:
    """Return what starts a command on the database of this test, as in production."""
    db.session.rollback()
    port = str(free_port())
    settings = {
        "SECRET_KEY": app.config["SECRET_KEY"],
        "SITE_URL": f"http://127.0.0.1:{port}",
        "PORT": port,
        "WEB_WORKERS": "2",
        "RATELIMIT_ENABLED": "0",
    }
    with ExitStack() as stack:

        def start(mode: str, *arguments: str) -> tuple["subprocess.Popen[str]", str]:
            environment = terminal.environment(
                tmp_path, str(app.config["DATABASE_URL"]), REFLEXE_ENV=mode, MAIL_URL="", **settings
            )
            return stack.enter_context(terminal.background_process(environment, *arguments)), settings["SITE_URL"]

        yield start


def migrate() -> None:
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.execute(text("UPDATE content_versions SET n = n + 1"))


def lines_about(errors: str) -> list[str]:
    return [line for line in errors.splitlines() if "schema 9999" in line or "by accident" in line]


def ask(url: str) -> tuple[int, str | None]:
    """Return the code of the answer, and when to ask again."""
    try:
        with urllib.request.urlopen(url, timeout=terminal.PATIENCE) as answer:
            return answer.status, None
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.headers["Retry-After"]


@pytest.mark.parametrize("mode", ["production", "development"])
def test_the_site_answers_that_it_is_busy_then_ends_as_a_whole(start: Callable[..., Any], mode: str) -> None:
    process, url = start(mode, "run")
    terminal.until(lambda: terminal.answers(f"{url}/ideas"), "the site answers")
    migrate()
    assert ask(f"{url}/ideas") == (503, "5")
    code, _output, errors = terminal.finish(process)
    assert code == 1 and f"{LINE} The site stops." in lines_about(errors)[-1], errors
    # In development the worker may meet it first, and says so.
    assert mode == "development" or len(lines_about(errors)) == 1, errors
    assert "by accident" not in errors and "Traceback" not in errors


@pytest.mark.soak
def test_the_worker_ends_by_itself(start: Callable[..., Any]) -> None:
    """At its next job, which is within a minute."""
    process, _url = start("production", "worker")
    terminal.until(
        lambda: db.session.rollback() or db.session.scalar(text("SELECT count(*) FROM heartbeats")), "it is at work"
    )
    migrate()
    _output, errors = process.communicate(timeout=2 * terminal.PATIENCE)
    assert process.returncode == 1 and lines_about(errors)[-1].endswith(f"{LINE} The worker stops."), errors
    assert len(lines_about(errors)) == 1 and "Traceback" not in errors
