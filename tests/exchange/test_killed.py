"""An import that is killed loses nothing and, run again, completes."""

import json
import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from app import create_app
from app.operations import recount, schema
from tests.exchange.conftest import comment, idea
from tests.support import terminal
from tests.support.house import SETTINGS, House

IDEAS, COMMENTS = 300, 600


@pytest.fixture
def platform(house: House, tmp_path: Path) -> dict[str, str]:
    """The environment of a platform of its own, with its tables."""
    return terminal.environment(tmp_path, house.state.copy("killed", tmp_path))


@pytest.fixture
def files(tmp_path: Path) -> list[Any]:
    """Return the arguments of an import of many rows."""
    ideas, comments = tmp_path / "ideas.jsonl", tmp_path / "comments.jsonl"
    body = "<p>Une phrase.</p>" * 30
    ideas.write_text("".join(json.dumps(idea(n, body=body)) + "\n" for n in range(IDEAS)))
    comments.write_text(
        "".join(
            json.dumps(comment(n, n % IDEAS, parent_id=f"c{n - IDEAS}" if n >= IDEAS else None)) + "\n"
            for n in range(COMMENTS)
        )
    )
    return ["import", "ideas", ideas, "--comments", comments, "--json"]


def count(settings: dict[str, str], table: str) -> int:
    url = settings["DATABASE_URL"]
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), timeout=20)) as connection:
            return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    with psycopg.connect(url) as connection:
        found = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
        return int(found[0]) if found else 0


def kill_at(platform: dict[str, str], files: list[Any], table: str, rows: int) -> int:
    """Import until the table has that many rows, kill the import, and return how many it left."""
    process = terminal.start(platform, *files)
    terminal.until(lambda: count(platform, table) >= rows or process.poll() is not None, f"{rows} {table}")
    process.send_signal(signal.SIGKILL)
    terminal.finish(process)
    assert process.returncode == -signal.SIGKILL, "it was killed too late to prove anything"
    return count(platform, table)


def test_killed_half_way_and_run_again_it_completes(platform: dict[str, str], files: list[Any]) -> None:
    kill_at(platform, files, "ideas", 100)
    assert 0 < count(platform, "ideas") == count(platform, "threads") == count(platform, "revisions")
    first_comments = kill_at(platform, files, "comments", 100)

    code, out, err = terminal.finish(terminal.start(platform, *files))

    assert code == 0, err
    counts = {
        name: {key: report[key] for key in ("added", "known", "refused")} for name, report in json.loads(out).items()
    }
    assert counts == {
        "ideas": {"added": 0, "known": IDEAS, "refused": 0},
        "comments": {"added": COMMENTS - first_comments, "known": first_comments, "refused": 0},
    }
    assert (count(platform, "ideas"), count(platform, "comments")) == (IDEAS, COMMENTS)
    assert list_differences(platform) == []


def list_differences(settings: dict[str, str]) -> list[Any]:
    app = create_app(**SETTINGS, DATA_DIR=Path(settings["DATA_DIR"]), DATABASE_URL=settings["DATABASE_URL"])
    with app.app_context():
        found = recount.list_differences()
        schema.disconnect()
    return found
