"""Discs of one size that are moved apart, as little as it takes."""

from collections.abc import Sequence
from itertools import combinations
from math import hypot

from app.core.geometry.areas import Box, Point

ROUNDS, LOOKS = 2_000, 2_000_000
"""How often discs are looked at, and how often two of them are, before the rest is left as it is."""


def spread(points: Sequence[Point], distance: float, box: Box) -> list[Point]:
    """Return points that are `distance` apart at least, inside a box, near where they were.

    Two that are too near go as far each. A box that is too small for all of them leaves some too near.
    """
    places = [_hold(point, box) for point in points]
    pairs = list(combinations(range(len(places)), 2))
    for _round in range(min(ROUNDS, LOOKS // (len(pairs) + 1) + 1)):
        is_still = True
        for one, other in pairs:
            (x1, y1), (x2, y2) = places[one], places[other]
            gap = hypot(x2 - x1, y2 - y1)
            if gap >= distance:
                continue
            is_still = False
            # Two at one place part in a direction that is theirs.
            x, y = ((x2 - x1) / gap, (y2 - y1) / gap) if gap else (1.0, one / (other + 1))
            step = (distance - gap) / 2 + distance / 1000
            places[one] = _hold((x1 - x * step, y1 - y * step), box)
            places[other] = _hold((x2 + x * step, y2 + y * step), box)
        if is_still:
            break
    return places


def _hold(point: Point, box: Box) -> Point:
    return max(box.left, min(box.right, point[0])), max(box.top, min(box.bottom, point[1]))
