"""The command line under test: inside this process on its application, or as a process of its own."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result
from flask import Flask

from app import command as entry
from app.command import reflexe
from app.operations import schema
from tests.support import clock

# In seconds: what a machine that has other work takes, too.
PATIENCE = 180
PROGRAM = (sys.executable, "-m", "app.command")
# What no line may show.
SECRET = "mot-de-passe"


def run(app: Flask, *arguments: Any, stdin: str = "", code: int = 0) -> Result:
    """Run `reflexe …` on this application; its exit code must be `code`."""
    result = CliRunner().invoke(reflexe, [str(one) for one in arguments], input=stdin, obj=lambda: app)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code, f"exit code {result.exit_code}\n{result.output}"
    return result


def invoke(*arguments: Any, app: Flask | None = None) -> Result:
    """Type a command, on this application or on one made as the settings say; what it raises fails the test."""
    apps: list[Flask] = []

    def make() -> Flask:
        apps.append(app or entry.make())
        return apps[0]

    result = CliRunner().invoke(reflexe, [str(one) for one in arguments], obj=make, input="une longue phrase\n")
    for one in () if app else apps:
        with one.app_context():
            schema.disconnect()
        one.extensions["huey"].storage.close()
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def error_line(result: Result) -> str:
    """Return the one line of a refusal."""
    lines = [line for line in result.stderr.splitlines() if "███" not in line]
    assert result.exit_code == 1 and len([line for line in lines if line.startswith("Error: ")]) == 1, result.output
    assert lines[-1].startswith("Error: ") and SECRET not in result.output, result.output
    return lines[-1]


def environment(folder: Path, url: str = "", **settings: str) -> dict[str, str]:
    """Return the environment of a platform of its own in `folder`."""
    base = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
    return (
        base
        | clock.environment()
        | {
            "REFLEXE_ENV": "development",
            "DATA_DIR": str(folder),
            "DATABASE_URL": url,
            "DEMO": "0",
            "WEB_WORKERS": "1",
            "PYTHONUNBUFFERED": "1",
            "COVERAGE_PROCESS_START": "",
        }
        | settings
    )


def start(
    settings: dict[str, str], *arguments: Any, program: tuple[str, ...] = PROGRAM, **options: Any
) -> "subprocess.Popen[str]":
    """Start `reflexe …` as a process, whose umask forbids nothing to others; its output is kept."""
    command = [*program, *(str(one) for one in arguments)]
    defaults: dict[str, Any] = {
        "env": settings,
        "stdout": subprocess.PIPE,
        "stderr": subprocess.PIPE,
        "text": True,
        "start_new_session": True,
        "umask": 0,
    }
    return subprocess.Popen(command, **defaults | options)


def finish(process: "subprocess.Popen[str]") -> tuple[int, str, str]:
    """Wait for its end; return its exit code, output and errors."""
    out, err = process.communicate(timeout=PATIENCE)
    return process.returncode, out, err


@contextmanager
def background_process(settings: dict[str, str], *arguments: Any, **options: Any) -> "Iterator[subprocess.Popen[str]]":
    """Run `reflexe …` beside the test, and leave none of its processes behind."""
    process = start(settings, *arguments, **options)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def open_to_others(folder: Path) -> list[str]:
    """Name what the group or others may read or change in a folder, itself included."""
    return [str(path) for path in (folder, *folder.rglob("*")) if path.stat().st_mode & 0o077]


def until(happens: Any, what: str) -> Any:
    """Wait until `happens()` gives something true."""
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        found = happens()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"it did not happen: {what}")


def answers(url: str) -> bool:
    """Tell whether a server is well at this address."""
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False
