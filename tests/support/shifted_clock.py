"""A run at another time: with `--now 2026-12-31T23:59:30-05:00` its clock begins there, and goes on from there."""

import os
from datetime import datetime
from pathlib import Path

import pytest

from tests.support.clock_of_processes.sitecustomize import SHIFT, travel


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--now", metavar="MOMENT", default="", help="when the run begins, for itself and for the commands it starts"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Move the clock before a test is imported; the workers of the run are moved as far as it is."""
    if not config.getoption("now"):
        return
    if SHIFT not in os.environ:
        moment = _read(config.getoption("now"))
        os.environ[SHIFT] = str((moment - datetime.now(moment.tzinfo)).total_seconds())
    travel()


def _read(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise pytest.UsageError(f"--now: {text} is no moment; write it as 2026-12-31T23:59:30-05:00") from error
    if moment.tzinfo is None:
        raise pytest.UsageError("--now: say how far the moment is from UTC, as 2026-12-31T23:59:30-05:00")
    return moment


def environment() -> dict[str, str]:
    """Return what a process of Python needs in its environment to have the clock of this run."""
    if SHIFT not in os.environ:
        return {}
    return {SHIFT: os.environ[SHIFT], "PYTHONPATH": str(Path(__file__).parent / "clock_of_processes")}
