"""The time of a test, moved at will."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import time_machine

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
