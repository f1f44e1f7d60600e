"""Areas of the plane or of the globe: polygons of rings, the first of each its outline and the others its holes.

A ring is a list of points without its first one again at the end.
"""

import heapq
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from math import hypot, sqrt
from typing import NamedTuple

Point = tuple[float, float]
Ring = Sequence[Point]
Polygon = Sequence[Ring]
Area = Sequence[Polygon]
LOOKS = 10_000
"""How often the point that is farthest from the sides of an area is looked for, whatever its shape."""


class Box(NamedTuple):
    """The least and the greatest abscissa and ordinate of some points."""

    left: float
    top: float
    right: float
    bottom: float

    def grow(self, by: float) -> "Box":
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def meets(self, other: "Box") -> bool:
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.top <= other.bottom
            and other.top <= self.bottom
        )


def bound(points: Iterable[Point]) -> Box:
    """Return the box around points, of which there is one at least."""
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def list_points(area: Area) -> Iterator[Point]:
    for polygon in area:
        for ring in polygon:
            yield from ring


def list_sides(ring: Ring) -> Iterator[tuple[Point, Point]]:
    """Return the sides of a ring, the one that closes it too."""
    yield from zip(ring, [*ring[1:], ring[0]], strict=True)


def measure(ring: Ring) -> float:
    """Return how large a ring is: more than 0 where its points turn from the x axis to the y axis."""
    return sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in list_sides(ring)) / 2


def contains(area: Area, point: Point) -> bool:
    """Tell whether a point lies in an area: a line from it to the right meets its sides an odd number of times."""
    x, y = point
    is_inside = False
    for polygon in area:
        for ring in polygon:
            for (x1, y1), (x2, y2) in list_sides(ring):
                if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                    is_inside = not is_inside
    return is_inside


def find_centre(area: Area, precision: float) -> Point:
    """Return the point of the largest polygon that is farthest from its sides, within `precision`.

    Squares that cover it are cut in four, the one that may hold the farthest point first. Of a sliver that is thinner
    than any picture shows, the best point among `LOOKS` is returned, which may lie beside it.
    """
    polygon = max(area, key=lambda one: abs(measure(one[0])))
    box = bound(polygon[0])
    width, height = box.right - box.left, box.bottom - box.top
    half = max(min(width, height) / 2, max(width, height) / LOOKS, precision)
    order = count()

    def weigh(x: float, y: float, half: float) -> tuple[float, int, float, float, float, float]:
        depth = _measure_depth(polygon, (x, y))
        return (-(depth + half * sqrt(2)), next(order), depth, x, y, half)

    cells = [
        weigh(box.left + half * (2 * i + 1), box.top + half * (2 * j + 1), half)
        for i in range(int(width / (2 * half)) + 1)
        for j in range(int(height / (2 * half)) + 1)
    ]
    heapq.heapify(cells)
    best = max((depth, x, y) for _worth, _n, depth, x, y, _half in cells)
    for _look in range(LOOKS):
        worth, _n, depth, x, y, half = heapq.heappop(cells)
        if depth > best[0]:
            best = (depth, x, y)
        if -worth - best[0] <= precision:
            break
        half /= 2
        for right, down in ((-half, -half), (half, -half), (-half, half), (half, half)):
            heapq.heappush(cells, weigh(x + right, y + down, half))
    return best[1], best[2]


def _measure_depth(polygon: Polygon, point: Point) -> float:
    """Return how far a point is from the sides of a polygon, less than 0 outside."""
    distance = min(_measure_distance(point, *side) for ring in polygon for side in list_sides(ring))
    return distance if contains([polygon], point) else -distance


def _measure_distance(point: Point, start: Point, end: Point) -> float:
    x, y = point[0] - start[0], point[1] - start[1]
    along_x, along_y = end[0] - start[0], end[1] - start[1]
    length = along_x * along_x + along_y * along_y
    part = max(0.0, min(1.0, (x * along_x + y * along_y) / length)) if length else 0.0
    return hypot(x - part * along_x, y - part * along_y)
