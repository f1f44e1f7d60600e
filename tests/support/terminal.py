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

from app.command import reflexe

PATIENCE = 60


def run(app: Flask, *arguments: Any, typed: str = "", code: int = 0) -> Result:
    """Run `reflexe …` on this application; its exit code must be `code`."""
    result = CliRunner().invoke(reflexe, [str(one) for one in arguments], input=typed, obj=lambda: app)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code, f"exit code {result.exit_code}\n{result.output}"
    return result


def environment(folder: Path, url: str = "", **settings: str) -> dict[str, str]:
    """Give the environment of a platform of its own in `folder`."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
    return kept | {
        "REFLEXE_ENV": "development", "DATA_DIR": str(folder), "DATABASE_URL": url, "DEMO": "0", "WEB_WORKERS": "1",
        "PYTHONUNBUFFERED": "1", "COVERAGE_PROCESS_START": ""} | settings


def start(settings: dict[str, str], *arguments: Any, **options: Any) -> "subprocess.Popen[str]":
    """Start `reflexe …` as a process; its output is kept."""
    command = [sys.executable, "-m", "app.command", *(str(one) for one in arguments)]
    return subprocess.Popen(
        command, env=settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        **options)


def finish(process: "subprocess.Popen[str]") -> tuple[int, str, str]:
    """Wait for its end; give its exit code, output and errors."""
    out, err = process.communicate(timeout=PATIENCE)
    return process.returncode, out, err


@contextmanager
def started(settings: dict[str, str], *arguments: Any) -> "Iterator[subprocess.Popen[str]]":
    """Run `reflexe …` beside the test, and leave none of its processes behind."""
    process = start(settings, *arguments)
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
