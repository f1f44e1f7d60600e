"""A process reads the files of its house when it starts, and never again: later they may be those of another version."""

import ast
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app import HOUSE
from app.core import dialect, version
from app.core.db import db
from app.core.errors import Invalid
from app.exchange.plan_file import table_process
from app.operations import backup_sqlite
from tests.support import moved_house, square, terminal
from tests.support.browser import Browser
from tests.support.world import World

pytestmark = pytest.mark.one_engine
READERS = ("anyone", "member", "facilitator", "coordinator", "admin")


# What opens a file in a function, and why that is not a file of the house which may have become that of another version.
OPENS = {
    "app/core/file_lock.py": "a lock",
    "app/core/maintenance.py": "a mark and a lock",
    "app/core/version.py": "it compares what is there now with what was",
    "app/core/writer_queue.py": "a lock",
    "app/exchange/csv_rows.py": "what an operator gives",
    "app/exchange/lines.py": "what an operator gives",
    "app/exchange/plan_file/xlsx_guard.py": "what a member sends",
    "app/web/frame/assets.py": "when the application is made",
    "app/web/frame/link_picture.py": "an icon that is in memory",
    "app/web/frame/templates.py": "when the application is made",
    "app/web/nouns.py": "when the application is loaded",
}
# What these do is a command, which begins by itself; the worker has of them what `DATA_DIR` and copies hold.
COMMANDS = ("app/cli/", "app/operations/")
OPENING = {"open", "read_text", "read_bytes", "glob", "rglob", "iterdir", "listdir", "scandir", "files"}


def list_openers() -> set[str]:
    """Name the files of the application in which a function opens or looks for a file."""
    found = set()
    for file in (HOUSE / "app").rglob("*.py"):
        functions = [one for one in ast.walk(ast.parse(file.read_text())) if isinstance(one, ast.FunctionDef)]
        calls = (one.func for function in functions for one in ast.walk(function) if isinstance(one, ast.Call))
        if any(getattr(one, "attr", getattr(one, "id", "")) in OPENING for one in calls):
            found.add(str(file.relative_to(HOUSE)))
    return {name for name in found if not name.startswith(COMMANDS)}


def test_nothing_opens_a_file_of_the_house_once_it_serves() -> None:
    """Read it where the module is loaded, or when the application is made."""
    assert list_openers() == set(OPENS)


def copy_house(folder: Path) -> Path:
    house = folder / "house"
    for place in moved_house.PLACES:
        source, target = HOUSE / place, house / place
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, target)
    return house


def pages(world: World, sign_in: Callable[[Any], Browser]) -> list[tuple[str, str, str]]:
    """List what each reader asks for: (reader, cookie, path)."""
    found = []
    for reader in READERS:
        cookie = ""
        if reader != "anyone":
            browser = sign_in(world.people[reader])
            cookie = "; ".join(f"{one.key}={one.value}" for one in browser._cookies.values())
        # Pictures and feeds as well: programs ask for them.
        programs = square.read_by_programs(world) if reader == "anyone" else []
        paths = [*square.READERS[reader](world), *programs, "/nothing", "/journal/verify_journal.py"]
        found += [(reader, cookie, path) for path in dict.fromkeys(paths)]
    return found


def test_nothing_of_another_version_is_read_by_a_site_that_runs(
    app: Flask, full_square: World, sign_in: Callable[[Any], Browser], tmp_path: Path
) -> None:
    house, data = copy_house(tmp_path), tmp_path / "data"
    asked = pages(full_square, sign_in)
    db.session.rollback()
    data.mkdir()
    source = dialect.database_file()
    assert source
    backup_sqlite.copy(source, data / "site.db")
    settings = terminal.environment(
        data, f"sqlite:///{data}/site.db", SECRET_KEY=app.config["SECRET_KEY"], SITE_URL="http://localhost"
    )
    result = subprocess.run(
        [sys.executable, str(Path(moved_house.__file__)), str(house)],
        input=json.dumps(asked),
        env=settings | {"PYTHONPATH": str(house), "RATELIMIT_ENABLED": "0", "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=house,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert result.returncode == 0, result.stderr[-3000:]
    found = json.loads(result.stdout)
    assert len(asked) > 100 and found["mails"] > 0
    assert found["reads"] == {}, "read after the start, by: " + json.dumps(found["reads"], indent=1)
    assert found["wrong"] == [], result.stderr[-3000:]


def test_a_program_that_would_be_of_another_version_is_not_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version.describe()
    assert version.describe_change() == "" and table_process.parse_table(b"a,b\n1,2\n", "csv").rows
    house = tmp_path / "house"
    house.mkdir()
    monkeypatch.setattr(version, "HOUSE", house)
    monkeypatch.setattr(version, "ARCHIVED", house / "COMMIT")
    for text in ("", "half of a file", '[project]\nversion = "2031.1.0"\n'):
        (house / "pyproject.toml").write_text(text)
        assert "start it again" in version.describe_change()
        with pytest.raises(Invalid, match="mise à jour"):
            table_process.parse_table(b"a,b\n1,2\n", "csv")


def test_the_same_version_of_another_commit_is_another_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "COMMIT").write_text("1a2b3c4d\n")
    shutil.copyfile(HOUSE / "pyproject.toml", tmp_path / "pyproject.toml")
    monkeypatch.setattr(version, "HOUSE", tmp_path)
    monkeypatch.setattr(version, "ARCHIVED", tmp_path / "COMMIT")
    for known, is_another in (("1a2b3c4d", False), ("", False), ("5e6f7a8b", True)):
        monkeypatch.setattr(version, "find_commit", lambda known=known: known)
        assert bool(version.describe_change()) is is_another
