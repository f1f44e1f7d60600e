"""What areas share with their neighbours: sides, outlines, and how they are simplified without a gap between them."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import TypeVar

from app.core.geometry.areas import Area, Point, Polygon, Ring, contains, list_sides, measure

K = TypeVar("K", bound=Hashable)
Side = frozenset[Point]


def find_neighbours(areas: Mapping[K, Area]) -> dict[K, list[K]]:
    """Return the areas that have a side in common with each one, in the order of `areas`."""
    owners: defaultdict[Side, list[K]] = defaultdict(list)
    for key, area in areas.items():
        for side in _list_sides(area):
            owners[side].append(key)
    pairs = {pair for keys in owners.values() for pair in combinations(keys, 2)}
    near: dict[K, set[K]] = {key: set() for key in areas}
    for one, other in pairs:
        near[one].add(other)
        near[other].add(one)
    return {key: [other for other in areas if other in near[key] - {key}] for key in areas}


def outline(areas: Iterable[Area]) -> list[Polygon]:
    """Return what areas cover together: the rings of the sides that no two of them share."""
    times: Counter[Side] = Counter()
    directed: list[tuple[Point, Point]] = []
    for area in areas:
        for polygon in area:
            for n, ring in enumerate(polygon):
                sides = list(list_sides(_turn(ring, is_outside=n == 0)))
                directed += sides
                times.update(map(frozenset, sides))
    follow: defaultdict[Point, list[Point]] = defaultdict(list)
    for start, end in directed:
        if times[frozenset((start, end))] == 1:
            follow[start].append(end)
    return _group(_walk(follow))


def _list_sides(area: Area) -> set[Side]:
    return {frozenset(side) for polygon in area for ring in polygon for side in list_sides(ring)}


def _turn(ring: Ring, *, is_outside: bool) -> Ring:
    """Return a ring that turns one way outside, the other way around a hole."""
    return ring if (measure(ring) > 0) is is_outside else list(reversed(ring))


def _walk(follow: Mapping[Point, list[Point]]) -> list[list[Point]]:
    """Return the rings that sides make, each side once. A ring ends where it meets a point of its own."""
    rings: list[list[Point]] = []
    for start in list(follow):
        while follow[start]:
            ring, places = [start], {start: 0}
            while follow[ring[-1]]:
                point = follow[ring[-1]].pop()
                if point in places:
                    first = places[point]
                    rings.append(ring[first:])
                    for left in ring[first + 1 :]:
                        del places[left]
                    del ring[first + 1 :]
                else:
                    places[point] = len(ring)
                    ring.append(point)
    return rings


def _group(rings: Sequence[list[Point]]) -> list[Polygon]:
    """Make polygons of rings: each hole goes to the outline that holds it."""
    polygons: list[list[Ring]] = [[ring] for ring in rings if measure(ring) > 0]
    for hole in (ring for ring in rings if measure(ring) < 0):
        for polygon in polygons:
            if any(contains([[polygon[0]]], point) for point in hole):
                polygon.append(hole)
                break
    return list(polygons)


def simplify(areas: Mapping[K, Area], tolerance: float) -> dict[K, list[list[list[Point]]]]:
    """Return areas with fewer points, none farther from where it was than `tolerance`.

    The line between two places where areas meet is simplified once for both, so that they meet as before.
    """
    near: defaultdict[Point, set[Point]] = defaultdict(set)
    owners: defaultdict[Point, set[tuple[K, int, int]]] = defaultdict(set)
    for key, area in areas.items():
        for n, polygon in enumerate(area):
            for m, ring in enumerate(polygon):
                for start, end in list_sides(ring):
                    near[start].add(end)
                    near[end].add(start)
                    owners[start].add((key, n, m))
    fixed = {point for point, others in near.items() if len(others) != 2}
    # Where somebody joins or leaves a line that goes on, its owners change.
    fixed |= {point for point, others in near.items() if any(owners[other] != owners[point] for other in others)}
    return {
        key: [[_simplify_ring(ring, fixed, tolerance) for ring in polygon] for polygon in area]
        for key, area in areas.items()
    }


def _simplify_ring(ring: Ring, fixed: set[Point], tolerance: float) -> list[Point]:
    """Simplify a ring between its fixed points, each line in the same direction whichever ring it is of.

    One that is too small for that stays as it is.
    """
    turns = [n for n, point in enumerate(ring) if point in fixed]
    if not turns:
        # Nobody shares it, or somebody the whole of it: it is cut at the same points for both.
        turns = sorted({ring.index(min(ring)), ring.index(max(ring))})
    points: list[Point] = []
    for here, there in zip(turns, [*turns[1:], turns[0] + len(ring)], strict=True):
        line = [ring[n % len(ring)] for n in range(here, there + 1)]
        is_forward = line <= line[::-1]
        kept = _simplify_line(line if is_forward else line[::-1], tolerance)
        points += (kept if is_forward else kept[::-1])[:-1]
    return points if len(points) > 2 and measure(points) else list(ring)


def _simplify_line(line: Sequence[Point], tolerance: float) -> list[Point]:
    """Keep the ends of a line, and the point that is farthest from what is kept, as long as it is too far."""
    kept, stretches = {0, len(line) - 1}, [(0, len(line) - 1)]
    while stretches:
        first, last = stretches.pop()
        far, where = _find_farthest(line, first, last)
        if far > tolerance:
            kept.add(where)
            stretches += [(first, where), (where, last)]
    return [line[n] for n in sorted(kept)]


def _find_farthest(line: Sequence[Point], first: int, last: int) -> tuple[float, int]:
    (x1, y1), (x2, y2) = line[first], line[last]
    along_x, along_y = x2 - x1, y2 - y1
    length = along_x * along_x + along_y * along_y
    far, where = -1.0, first
    for n in range(first + 1, last):
        x, y = line[n][0] - x1, line[n][1] - y1
        part = max(0.0, min(1.0, (x * along_x + y * along_y) / length)) if length else 0.0
        distance = (x - part * along_x) ** 2 + (y - part * along_y) ** 2
        if distance > far:
            far, where = distance, n
    return max(far, 0.0) ** 0.5, where
