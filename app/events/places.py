"""Who has a place: one rule for whoever comes, waits, leaves or changes their party. Nothing else decides it.

People are let in by the order in which they came, each party whole: the first whose party fits, then the next. Whoever
comes is the last of those who wait, so that a place that nobody before them can use is theirs.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

# Until then the list moves by itself; after that whoever presses first has the place.
LAST_HOURS = timedelta(hours=24)


class Party(NamedTuple):
    """People who come or stay out together, of one registration."""

    registration_id: int
    size: int


class Choice(NamedTuple):
    """The registrations to let in, and those whom somebody behind them went past: they keep their rank."""

    admitted: list[int]
    passed_over: list[int]


def choose_next(waiting: Iterable[Party], free: int | None) -> Choice:
    """Choose who has the free places (None: without limit), among those who wait, in the order of their ranks."""
    left, admitted = free, list[int]()
    passed_over, behind = list[int](), list[int]()
    for party in waiting:
        if left is not None and party.size > left:
            behind.append(party.registration_id)
            continue
        left = None if left is None else left - party.size
        admitted.append(party.registration_id)
        passed_over += behind
        behind = []
    return Choice(admitted, passed_over)


def choose_told(waiting: Sequence[Party], before: int | None, after: int | None) -> list[int]:
    """Choose who is told that places came free in the last hours: all, where there was none; else whom it newly fits.

    `before` and `after` are the free places.
    """
    if before is None:
        return []
    if before <= 0 and (after is None or after > 0):
        return [party.registration_id for party in waiting]
    return [one.registration_id for one in waiting if before < one.size and (after is None or one.size <= after)]


def count_free(capacity: int | None, taken: int) -> int | None:
    """Count the places that are free (None: without limit); less than 0 says by how many there are too many people."""
    return None if capacity is None else capacity - taken


def moves_by_itself(starts_at: datetime, now: datetime) -> bool:
    """Tell whether a list moves by itself still, or whoever presses first has the place."""
    return now < starts_at - LAST_HOURS
