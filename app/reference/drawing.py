"""How a picture is drawn of shapes: its paths, where its discs stand, which names have room; 1 000 units wide."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import hypot

from app.core.geometry.areas import Area, Box, Point, bound, contains, find_centre, list_points
from app.core.geometry.borders import outline, simplify
from app.core.geometry.discs import spread
from app.core.geometry.labels import LINE, Room, choose_sides, find_box, measure_text
from app.core.geometry.planes import WIDTH, View, choose_plane, cut, look_at
from app.reference.queries import Catalogue, Place
from app.reference.shapes import NamePlace, Shapes

REGION_WIDTH, MRC_WIDTH, PLACE_WIDTH = 700, 326, 290
"""How many pixels wide a picture is at the least: of the region with its municipalities, of an MRC and of the region
with its MRC (on a phone), of a municipality."""
SMALLEST_DISC, SMALLEST_TEXT = 24, 12
"""How many pixels a disc has at the least, its rim included, and letters."""
REGION_RADII, MRC_RADII, WHOLE_RADII = (17.5, 18.5, 19.5, 21.0), (37.0, 39.0, 41.0, 44.0), (56.0, 59.0, 62.0, 66.0)
"""The four sizes of discs, rims included: of municipalities in the region and in an MRC, of MRC in the region."""
WIDE_TEXT, PHONE_TEXT, PLACE_TEXT, MRC_TEXT = 17.2, 37.0, 42.0, 23.0
"""The sizes of names: in wide pictures, on a phone, in that of a municipality; of the names of MRC, in the region."""
MOST_NAMES = 12
"""How many municipalities have their names in the region, of those that have room: where most people live."""
TRIES = 30
"""How often names are placed anew in a wide picture, so that each of them has room."""
GAP, MARGIN, AROUND = 1.5, 34, 0.5
KIND = " (township)"
"""The longest kind that is written after a name, where two places have the same."""
LOSS = 1.25
"""How far a line of the region, which has all of them, may be drawn from where it is, in its units."""


@dataclass(frozen=True)
class Disc:
    """Where the disc of a territory stands; `leader` is what it points to, where it stands outside its shape."""

    x: int
    y: int
    leader: tuple[int, int] | None = None


@dataclass(frozen=True)
class Name:
    """Where a name begins, is centred or ends (`anchor`): of a territory by its `code`, or else a `text` of a `kind`.

    On a `side` of a disc, `x` and `y` are the edge of that disc there. `angle` is in degrees, clockwise.
    """

    code: str
    kind: str
    text: str
    x: int
    y: int
    anchor: str = "middle"
    side: str = ""
    angle: int = 0
    leader: tuple[int, int] | None = None


@dataclass(frozen=True)
class Frame:
    """One picture, `WIDTH` by `height`: paths of municipalities and borders of MRC by code, and what is around.

    `discs` are those of municipalities, `whole_discs` those of MRC, which a phone shows of the region instead.
    """

    code: str
    height: int
    cells: Mapping[str, str]
    borders: Mapping[str, str]
    outside: str
    water: str
    beside: str
    discs: Mapping[str, Disc] = field(default_factory=dict)
    whole_discs: Mapping[str, Disc] = field(default_factory=dict)
    names: Sequence[Name] = ()
    phone_names: Sequence[Name] = ()

    @property
    def view_box(self) -> str:
        return f"0 0 {WIDTH} {self.height}"


class Drawing:
    """Shapes on the plane that suits them, with the MRC of each municipality and the names that are measured."""

    def __init__(self, shapes: Shapes, catalogue: Catalogue):
        self.shapes = shapes
        self.plane = choose_plane(shapes.box)
        self.places: dict[str, Place] = {place.code: place for place in catalogue.places}
        numbers = Counter(place.name for place in catalogue.places)
        self.names = {p.code: p.name + (KIND if numbers[p.name] > 1 else "") for p in catalogue.places}
        self.codes_by_mrc: dict[str, list[str]] = {}
        for place in catalogue.places:
            mrc = catalogue.parent(place)
            if mrc and place.code in shapes.by_code:
                self.codes_by_mrc.setdefault(mrc.code, []).append(place.code)

    @cached_property
    def areas(self) -> dict[str, Area]:
        return {code: self.plane.project_area(shape.area) for code, shape in self.shapes.by_code.items()}

    @cached_property
    def points(self) -> dict[str, Point]:
        return {code: self.plane.project(shape.point) for code, shape in self.shapes.by_code.items()}

    def draw_region(self) -> Frame:
        """Draw all municipalities and MRC. Names that stand in the margin make it as wide as they need."""
        beside = [self.plane.project_area(area) for area in self.shapes.beside]
        points = [point for area in (*self.areas.values(), *beside) for point in list_points(area)]
        view = look_at(bound([*points, *(self.plane.project(name.point) for name in self.shapes.names)]), margin=MARGIN)
        discs = self._place_discs(view, self.points, REGION_RADII[-1])
        wholes = {mrc: view.place(self._find_middle(codes)) for mrc, codes in self.codes_by_mrc.items()}
        places = spread(list(wholes.values()), 2 * WHOLE_RADII[-1] + GAP, _leave_edge(view, WHOLE_RADII[-1]))
        room = _make_room(view, [(disc.x, disc.y) for disc in discs.values()], REGION_RADII[-1])
        water = [self.plane.project_area(area) for area in self.shapes.water]
        lines = simplify({**self.areas, **dict(enumerate([*water, *beside]))}, LOSS / view.scale)
        return Frame(
            "",
            view.height,
            cells={code: view.draw([lines[code]]) for code in self.areas},
            borders={
                mrc: _draw_border(view, [lines[code] for code in codes]) for mrc, codes in self.codes_by_mrc.items()
            },
            outside="",
            water=view.draw(lines[n] for n in range(len(water))),
            beside=view.draw(lines[n] for n in range(len(water), len(water) + len(beside))),
            discs=discs,
            whole_discs={mrc: Disc(*_round(place)) for mrc, place in zip(wholes, places, strict=True)},
            names=[
                *self._name_mrcs(view, room),
                *self._name_around(view, room, WIDE_TEXT),
                *self._name_discs(room, discs, REGION_RADII[-1], WIDE_TEXT)[:MOST_NAMES],
            ],
            phone_names=self._name_around(view, _make_room(view, places, WHOLE_RADII[-1]), PHONE_TEXT),
        )

    def draw_mrc(self, mrc: str) -> Frame:
        """Draw the municipalities of an MRC, with what the picture shows around it."""
        codes = self.codes_by_mrc[mrc]
        view = look_at(self._bound(codes), margin=MRC_RADII[-1] + GAP)
        own = {code: self.plane.project(self.shapes.by_code[code].disc) for code in codes}
        discs = self._place_discs(view, own, MRC_RADII[-1])
        return Frame(
            mrc,
            view.height,
            cells={code: view.draw([self.areas[code]]) for code in codes},
            borders={mrc: _draw_border(view, [self.areas[code] for code in codes])},
            outside=view.draw(area for code, area in self.areas.items() if code not in codes),
            water=self._draw(view, self.shapes.water),
            beside=self._draw(view, self.shapes.beside),
            discs=discs,
            names=self._name_all(view, discs, WIDE_TEXT, tries=TRIES),
            phone_names=self._name_all(view, discs, PHONE_TEXT),
        )

    def draw_municipality(self, code: str, neighbours: Sequence[str]) -> Frame:
        """Draw a municipality among its neighbours, which have their names where there is room for them."""
        box = self._bound([code])
        view = look_at(box.grow(AROUND * max(box.right - box.left, box.bottom - box.top)), margin=0)
        cells = [code, *neighbours]
        return Frame(
            code,
            view.height,
            cells={one: view.draw([self.areas[one]]) for one in cells},
            borders={},
            outside=view.draw(area for one, area in self.areas.items() if one not in cells),
            water=self._draw(view, self.shapes.water),
            beside=self._draw(view, self.shapes.beside),
            names=self._name_in_sight(view, cells),
        )

    def _bound(self, codes: Sequence[str]) -> Box:
        return bound(point for code in codes for point in list_points(self.areas[code]))

    def _draw(self, view: View, areas: Sequence[Area]) -> str:
        return view.draw(self.plane.project_area(area) for area in areas)

    def _find_middle(self, codes: Sequence[str]) -> Point:
        """Return the point of the municipality that is nearest to the middle of them all: it is in their MRC."""
        points = [self.points[code] for code in codes]
        x, y = (sum(values) / len(points) for values in zip(*points, strict=True))
        return min(points, key=lambda point: hypot(point[0] - x, point[1] - y))

    def _place_discs(self, view: View, points: Mapping[str, Point], radius: float) -> dict[str, Disc]:
        """Place discs of one size near points, where no two of them meet."""
        places = spread([view.place(point) for point in points.values()], 2 * radius + GAP, _leave_edge(view, radius))
        discs = {}
        for code, place in zip(points, map(_round, places), strict=True):
            own = _round(view.place(self.points[code]))
            is_away = hypot(place[0] - own[0], place[1] - own[1]) > radius
            is_away = is_away and not contains(self.areas[code], view.find(place))
            discs[code] = Disc(*place, leader=own if is_away else None)
        return discs

    def _name_discs(
        self, room: Room, discs: Mapping[str, Disc], radius: float, size: float, *, tries: int = 1
    ) -> list[Name]:
        """Place the names of municipalities beside their discs: where there is little room, those of most people."""
        codes = sorted(discs, key=lambda code: -(self.places[code].population or 0))
        points = [((discs[code].x, discs[code].y), self.names[code]) for code in codes]
        sides = zip(codes, choose_sides(room, points, radius, size, tries=tries), strict=True)
        return [_beside(discs[code], radius, code, side) for code, side in sides if side]

    def _name_all(self, view: View, discs: Mapping[str, Disc], size: float, *, tries: int = 1) -> list[Name]:
        """Place the names of municipalities, then those of what is around them."""
        room = _make_room(view, [(disc.x, disc.y) for disc in discs.values()], MRC_RADII[-1])
        return [
            *self._name_discs(room, discs, MRC_RADII[-1], size, tries=tries),
            *self._name_around(view, room, size),
        ]

    def _name_mrcs(self, view: View, room: Room) -> list[Name]:
        """Place the names of MRC where the file has them, with a line under each for what is said there."""
        names = [self._place_name(view, one) for one in self.shapes.names if one.code]
        boxes = [find_box((one.x, one.y), self.places[one.code].name, MRC_TEXT, anchor=one.anchor) for one in names]
        return [
            name
            for name, box in zip(names, boxes, strict=True)
            if room.take(box._replace(bottom=box.bottom + LINE * WIDE_TEXT))
        ]

    def _name_around(self, view: View, room: Room, size: float) -> list[Name]:
        """Place the names of water and of what lies beside, where they have room."""
        names = [self._place_name(view, one) for one in self.shapes.names if one.kind]
        return [
            name
            for name in names
            if (
                room.take_line((name.x, name.y), name.text, size, name.angle)
                if name.angle
                else room.take(find_box((name.x, name.y), name.text, size, anchor=name.anchor))
            )
        ]

    def _place_name(self, view: View, name: NamePlace) -> Name:
        leader = _round(view.place(self.plane.project(name.leader))) if name.leader else None
        place = _round(view.place(self.plane.project(name.point)))
        return Name(name.code, name.kind, name.text, *place, name.anchor, angle=name.angle, leader=leader)

    def _name_in_sight(self, view: View, codes: Sequence[str]) -> list[Name]:
        """Place the names of municipalities on what a picture shows of them, the first of them first."""
        room, names = _make_room(view, [], 0), []
        for code in codes:
            x, y = self._find_in_sight(view, code)
            half = (measure_text(self.names[code], PLACE_TEXT) + GAP) / 2
            x = max(half, min(WIDTH - half, x))
            if room.take(find_box((x, y), self.names[code], PLACE_TEXT)):
                names.append(Name(code, "", "", *_round((x, y))))
        return [*names, *self._name_around(view, room, PLACE_TEXT)]

    def _find_in_sight(self, view: View, code: str) -> Point:
        """Return the point of a municipality, or the middle of what a picture shows of it."""
        x, y = view.place(self.points[code])
        if 0 < x < WIDTH and 0 < y < view.height:
            return x, y
        box = Box(0, 0, WIDTH, view.height)
        polygons = [[[view.place(point) for point in ring] for ring in polygon] for polygon in self.areas[code]]
        parts = [part for polygon in polygons if (part := cut(polygon, box))]
        return find_centre(parts, 20) if parts else (x, y)


def _draw_border(view: View, areas: Iterable[Area]) -> str:
    return view.draw([outline(areas)])


def _make_room(view: View, places: Sequence[Point], radius: float) -> Room:
    return Room(Box(0, 0, WIDTH, view.height), [(place, radius) for place in places])


def _leave_edge(view: View, radius: float) -> Box:
    return Box(radius, radius, WIDTH - radius, view.height - radius)


def _round(point: Point) -> tuple[int, int]:
    return round(point[0]), round(point[1])


def _beside(disc: Disc, radius: float, code: str, side: str) -> Name:
    x, y = {"below": (0, 1), "above": (0, -1), "left": (-1, 0), "right": (1, 0)}[side]
    anchor = {"left": "end", "right": "start"}.get(side, "middle")
    return Name(code, "", "", *_round((disc.x + x * radius, disc.y + y * radius)), anchor, side)
