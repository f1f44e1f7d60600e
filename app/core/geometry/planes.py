"""From the globe to a picture: a plane that is true at one latitude, and a view of it in whole units."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

from app.core.geometry.areas import Area, Box, Point, Polygon, Ring, measure

WIDTH = 1000
QUARTER = 0.25


@dataclass(frozen=True)
class Plane:
    """An equirectangular projection: degrees of `latitude`, in which what lies south is further down."""

    latitude: float

    def project(self, point: Point) -> Point:
        """Return where a longitude and a latitude are on the plane."""
        return point[0] * cos(radians(self.latitude)), -point[1]

    def unproject(self, point: Point) -> Point:
        return point[0] / cos(radians(self.latitude)), -point[1]

    def project_area(self, area: Area) -> list[list[list[Point]]]:
        return [[[self.project(point) for point in ring] for ring in polygon] for polygon in area]


def choose_plane(box: Box) -> Plane:
    """Return the plane for what lies in a box of longitudes and latitudes: true at the quarter of a degree nearest."""
    return Plane(round((box.top + box.bottom) / 2 / QUARTER) * QUARTER)


@dataclass(frozen=True)
class View:
    """What a picture that is `WIDTH` units wide shows of a plane."""

    left: float
    top: float
    scale: float
    height: int

    def place(self, point: Point) -> Point:
        """Return where a point of the plane is in the picture."""
        return (point[0] - self.left) * self.scale, (point[1] - self.top) * self.scale

    def find(self, place: Point) -> Point:
        """Return the point of the plane that is at a place of the picture."""
        return place[0] / self.scale + self.left, place[1] / self.scale + self.top

    def draw(self, areas: Iterable[Area], *, margin: int = 5) -> str:
        """Return the path of areas, as SVG has it, of whole units; what is beyond the picture is cut off."""
        box = Box(-margin, -margin, WIDTH + margin, self.height + margin)
        return "".join(
            _write(ring)
            for area in areas
            for polygon in area
            for ring in self._round(cut([[self.place(point) for point in ring] for ring in polygon], box))
        )

    def _round(self, polygon: Polygon) -> list[list[tuple[int, int]]]:
        """Return the rings of a polygon in whole units, without those that would hold nothing."""
        found = []
        for ring in polygon:
            points = [(round(x), round(y)) for x, y in ring]
            points = [point for n, point in enumerate(points) if point != points[n - 1]]
            if len(points) > 2 and measure(points):
                found.append(points)
        return found


def look_at(box: Box, *, margin: float) -> View:
    """Return the view of a box of the plane, with a margin around it, in units of the picture."""
    scale = (WIDTH - 2 * margin) / (box.right - box.left)
    edge = margin / scale
    height = round((box.bottom - box.top) * scale + 2 * margin)
    return View(box.left - edge, box.top - edge, scale, height)


def cut(polygon: Polygon, box: Box) -> list[list[Point]]:
    """Return what a box holds of the rings of a polygon: each is cut along the four sides, one after the other."""
    rings = [list(ring) for ring in polygon]
    for axis, limit, sign in ((0, box.left, 1), (0, box.right, -1), (1, box.top, 1), (1, box.bottom, -1)):
        rings = [part for ring in rings if len(part := _cut(ring, axis, limit, sign)) > 2]
    return rings


def _cut(ring: Ring, axis: int, limit: float, sign: int) -> list[Point]:
    found: list[Point] = []
    before = ring[-1]
    for point in ring:
        is_in, was_in = (point[axis] - limit) * sign >= 0, (before[axis] - limit) * sign >= 0
        if is_in is not was_in:
            part = (limit - before[axis]) / (point[axis] - before[axis])
            found.append((before[0] + part * (point[0] - before[0]), before[1] + part * (point[1] - before[1])))
        if is_in:
            found.append(point)
        before = point
    return found


def _write(ring: list[tuple[int, int]]) -> str:
    """Write a ring as a path: its first point, then the step to each of the others."""
    (x, y), *others = ring
    steps = []
    for next_x, next_y in others:
        steps.append(f"{next_x - x} {next_y - y}".replace(" -", "-"))
        x, y = next_x, next_y
    return f"M{ring[0][0]} {ring[0][1]}l{' '.join(steps)}z".replace(" -", "-")
