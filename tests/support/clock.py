"""The time of a test, moved at will, and a run at another time: with `--now 2026-12-31T23:59:30-05:00` its clock begins there."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from tests.support.clock_of_processes.sitecustomize import SHIFT, travel

LONG_AGO = datetime(2020, 1, 15, 12, tzinfo=UTC)
"""A moment of the past, whenever the suite runs: when a thing of a table of examples was hidden, deleted or said."""


class Clock:
    """`clock.at(moment)` goes to a time (naive is UTC), `clock.forward(days=3)` waits; time goes on from there.

    `stops=True` holds the time still, so that the next moment is never before it, however slow the machine.
    """

    def __init__(self, traveller: time_machine.Traveller):
        self._traveller = traveller

    def at(self, moment: datetime | str, *, stops: bool = False) -> None:
        moment = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
        self._traveller.move_to(moment if moment.tzinfo else moment.replace(tzinfo=UTC), tick=not stops)

    def forward(self, **span: float) -> None:
        self._traveller.shift(timedelta(**span))

    def now(self) -> datetime:
        return datetime.now(UTC)


@contextmanager
def travelling() -> Iterator[Clock]:
    with time_machine.travel(datetime.now(UTC), tick=True) as traveller:
        yield Clock(traveller)


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
        moment = _read_moment(config.getoption("now"))
        os.environ[SHIFT] = str((moment - datetime.now(moment.tzinfo)).total_seconds())
    travel()


def _read_moment(text: str) -> datetime:
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
