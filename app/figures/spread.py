"""The middle of some numbers of days, and of the half around it."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True)
class Spread:
    """How many cases there are, their median in days, and where the middle half of them begins and ends."""

    number: int
    median: float
    low: float
    high: float


def find_spread(days: Mapping[int, int]) -> Spread | None:
    """Return the spread of how many cases took so many days, None without any."""
    number = sum(days.values())
    ranked = sorted(days.items())
    return Spread(number, *(_find_share(ranked, number, part) for part in (2, 1, 3))) if number else None


def _find_share(ranked: list[tuple[int, int]], number: int, quarters: int) -> float:
    """Return the number of days within which so many quarters of the cases are, between two cases where it falls so."""
    whole, rest = divmod((number - 1) * quarters, 4)
    below, above = _find_case(ranked, whole), _find_case(ranked, min(whole + 1, number - 1))
    return below + (above - below) * rest / 4


def _find_case(ranked: list[tuple[int, int]], index: int) -> int:
    """Return how many days the case of this rank took, from 0."""
    ends = accumulate(number for _days, number in ranked)
    return next(days for (days, _number), end in zip(ranked, ends, strict=True) if index < end)
