"""Counts of persons by place that point at nobody: what is under `LEAST` is not shown, nor given back by a total."""

from collections.abc import Mapping
from typing import Any, NamedTuple, TypeVar

Key = TypeVar("Key")
LEAST = 5
"""The smallest number of persons that is shown of a place or a period."""


class Gathered(NamedTuple):
    """Counts that may be shown, the largest first, and how many persons there are in all the other places together."""

    shown: dict[Any, int]
    others: int


def gather_small(counts: Mapping[Key, int]) -> Gathered:
    """Gather the places of fewer than `LEAST` persons in one line that names none of them.

    Where that line has itself so few, the smallest of the others joins it: the total less what is shown then tells of
    nobody. A total under `LEAST` shows nothing (`others` is 0).
    """
    ranked = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
    ranked = [(key, count) for key, count in ranked if count]
    if sum(count for _key, count in ranked) < LEAST:
        return Gathered({}, 0)
    small = [item for item in ranked if item[1] < LEAST]
    large = ranked[: len(ranked) - len(small)]
    while small and large and sum(count for _key, count in small) < LEAST:
        small.append(large.pop())
    return Gathered(dict(large), sum(count for _key, count in small))
