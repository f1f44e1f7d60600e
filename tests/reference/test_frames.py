"""The pictures of the region that ships: what a person can press, read and compare on them, at three widths."""

import gzip
import re
from collections.abc import Sequence
from itertools import combinations
from math import hypot

import pytest
from flask import Flask
from sqlalchemy import delete

from app.core import versions
from app.core.db import run
from app.core.geometry.areas import Box, Point, bound, contains, list_points, list_sides, measure
from app.core.geometry.borders import find_neighbours
from app.core.geometry.labels import find_box
from app.core.unit import unit
from app.reference import frames, queries, service, shapes
from app.reference.drawing import (
    MOST_NAMES,
    MRC_RADII,
    MRC_WIDTH,
    PHONE_TEXT,
    PLACE_TEXT,
    PLACE_WIDTH,
    REGION_RADII,
    REGION_WIDTH,
    SMALLEST_DISC,
    SMALLEST_TEXT,
    WHOLE_RADII,
    WIDE_TEXT,
    Disc,
    Frame,
    Name,
)
from app.reference.models import RegionShapes, Territory
from tests.support.make import Make
from tests.support.queries import record_statements

MRCS = ("67", "68", "69", "70", "71")
Polygons = list[list[list[Point]]]


def frame_of(code: str = "") -> Frame:
    found = frames.find_frame(code)
    assert found
    return found


def read_path(path: str) -> list[list[Point]]:
    """Return the rings of a path, as a browser draws them."""
    rings = []
    for part in filter(None, path.split("z")):
        numbers = [int(number) for number in re.findall(r"-?\d+", part)]
        points = [(float(numbers[0]), float(numbers[1]))]
        for x, y in zip(numbers[2::2], numbers[3::2], strict=True):
            points.append((points[-1][0] + x, points[-1][1] + y))
        rings.append(list(points))
    return rings


def name_text(name: Name) -> str:
    if name.text:
        return name.text
    place = queries.get_catalogue().place_at(name.code)
    assert place
    return place.name


def weigh(*paths: str) -> int:
    return len(gzip.compress("".join(paths).encode(), 9))


def test_neighbours_are_the_132_pairs_of_the_region(app: Flask) -> None:
    near = frames.get_neighbours()
    assert len(near) == 65 and sum(map(len, near.values())) == 2 * 132
    assert near["69070"] == ["69060", "69065", "69075"] and near["68010"] == ["68015"]
    assert all(one in near[other] for one, others in near.items() for other in others)


@pytest.mark.parametrize("code", ["", *MRCS])
def test_no_two_discs_overlap_and_each_can_be_pressed(app: Flask, code: str) -> None:
    frame, radii = frame_of(code), MRC_RADII if code else REGION_RADII
    assert min(radii) * 2 * (MRC_WIDTH if code else REGION_WIDTH) / 1000 >= SMALLEST_DISC
    check_discs(frame, list(frame.discs.values()), radii)
    assert list(radii) == sorted(radii) and len(set(radii)) == 4


def check_discs(frame: Frame, discs: Sequence[Disc], radii: Sequence[float]) -> None:
    largest = max(radii)
    assert all(hypot(one.x - other.x, one.y - other.y) >= 2 * largest for one, other in combinations(discs, 2))
    edge = largest - 0.5
    assert all(edge <= disc.x <= 1000 - edge and edge <= disc.y <= frame.height - edge for disc in discs)


def test_a_phone_shows_a_disc_for_each_mrc_of_the_region(app: Flask) -> None:
    frame = frame_of()
    assert min(WHOLE_RADII) * 2 * MRC_WIDTH / 1000 >= SMALLEST_DISC and set(frame.whole_discs) == set(MRCS)
    check_discs(frame, list(frame.whole_discs.values()), WHOLE_RADII)
    for mrc, disc in frame.whole_discs.items():
        assert contains([read_path(frame.borders[mrc])], (disc.x, disc.y))


def test_the_point_of_each_municipality_is_inside_it(app: Flask) -> None:
    stored = shapes.get_shapes()
    assert stored and len(stored.by_code) == 65
    assert [one.code for one in stored.by_code.values() if not contains(one.area, one.point)] == []


@pytest.mark.parametrize("code", ["", *MRCS])
def test_a_disc_outside_its_municipality_points_to_it(app: Flask, code: str) -> None:
    frame = frame_of(code)
    for municipality, disc in frame.discs.items():
        cell = [read_path(frame.cells[municipality])]
        radius = max(MRC_RADII if code else REGION_RADII)
        if disc.leader:
            assert contains(cell, disc.leader) and not contains(cell, (disc.x, disc.y))
        elif not contains(cell, (disc.x, disc.y)):
            # It covers what it stands beside.
            assert min(hypot(disc.x - x, disc.y - y) for ring in cell[0] for x, y in ring) < radius
    assert len([disc for disc in frame.discs.values() if disc.leader]) <= 6


@pytest.mark.parametrize("code", ["", *MRCS])
def test_drawn_neighbours_meet_and_cover_their_mrc_without_a_gap(app: Flask, code: str) -> None:
    frame = frame_of(code)
    for mrc, border in frame.borders.items():
        inside = [path for municipality, path in frame.cells.items() if municipality.startswith(mrc)]
        assert abs(cover(border)) == pytest.approx(sum(abs(cover(path)) for path in inside), abs=1)
    cells = {municipality: [read_path(path)] for municipality, path in frame.cells.items()}
    near = frames.get_neighbours()
    for one, other in combinations(cells, 2):
        if other in near[one]:
            assert {*list_points(cells[one])} & {*list_points(cells[other])}, (one, other)
    drawn = sum(map(len, find_neighbours(cells).values()))
    assert drawn == sum(other in cells for one in cells for other in near[one])


def cover(path: str) -> float:
    """Return how much rings cover: those of holes turn the other way, or stand inside another one."""
    rings = read_path(path)
    total = 0.0
    for n, ring in enumerate(rings):
        others = [other for m, other in enumerate(rings) if m != n and contains([[other]], inner_point(ring))]
        total += abs(measure(ring)) * (-1 if len(others) % 2 else 1)
    return total


def inner_point(ring: Sequence[Point]) -> Point:
    """Return a point right inside a ring, beside the middle of a side of it."""
    for (x1, y1), (x2, y2) in list_sides(ring):
        for sign in (0.01, -0.01):
            point = ((x1 + x2) / 2 - sign * (y2 - y1), (y1 + y2) / 2 + sign * (x2 - x1))
            if contains([[ring]], point):
                return point
    raise AssertionError("a ring that holds nothing is drawn")


@pytest.mark.parametrize("code", ["", *MRCS])
@pytest.mark.parametrize("is_phone", [False, True])
def test_names_are_large_enough_and_meet_nothing(app: Flask, code: str, is_phone: bool) -> None:
    frame = frame_of(code)
    size, width = (PHONE_TEXT, MRC_WIDTH) if is_phone else (WIDE_TEXT, REGION_WIDTH)
    assert size * width / 1000 >= SMALLEST_TEXT
    names = frame.phone_names if is_phone else frame.names
    discs, radius = frame.discs.values(), max(MRC_RADII if code else REGION_RADII)
    if is_phone and not code:
        discs, radius = frame.whole_discs.values(), max(WHOLE_RADII)
    boxes = []
    for name in names:
        if name.angle:
            continue
        box = find_box((name.x, name.y), name_text(name), size, side=name.side, anchor=name.anchor)
        boxes.append(box)
        if name.side:
            assert name.code in frame.discs
        assert not [disc for disc in discs if gap(box, disc) < radius - 1], name
        assert box.left >= -1 and box.right <= 1001 and box.top >= -1 and box.bottom <= frame.height + 1
    assert not any(one.meets(other) for one, other in combinations([box.grow(-1) for box in boxes], 2))


def gap(box: Box, disc: Disc) -> float:
    x, y = max(box.left, min(box.right, disc.x)), max(box.top, min(box.bottom, disc.y))
    return hypot(x - disc.x, y - disc.y)


@pytest.mark.parametrize("mrc", MRCS)
def test_every_municipality_of_an_mrc_has_its_name_where_there_is_room(app: Flask, mrc: str) -> None:
    frame = frame_of(mrc)
    assert {name.code for name in frame.names if name.code} == set(frame.discs) == set(frame.cells)


def test_the_region_says_where_its_mrc_are_and_what_lies_beside(app: Flask) -> None:
    names = frame_of().names
    assert {name.code for name in names if name.code in MRCS} == set(MRCS)
    kinds = {name.text: name.kind for name in names if name.kind}
    assert kinds == {
        "Lac Saint-François": "water",
        "Lac Saint-Louis": "water",
        "Kahnawà:ke": "beside",
        "Akwesasne": "beside",
    }
    assert sum(name.side != "" for name in names) == MOST_NAMES


def test_paths_are_light(app: Flask) -> None:
    region = frame_of()
    assert weigh(*region.cells.values(), *region.borders.values(), region.water, region.beside) <= 6_000
    for mrc in MRCS:
        frame = frame_of(mrc)
        paths = (*frame.cells.values(), *frame.borders.values(), frame.outside, frame.water, frame.beside)
        assert weigh(*paths) <= 3_600


def test_a_municipality_is_seen_among_its_neighbours(app: Flask) -> None:
    frame = frame_of("69070")
    assert list(frame.cells) == ["69070", "69060", "69065", "69075"] and frame.view_box == f"0 0 1000 {frame.height}"
    assert [name.code for name in frame.names if name.code] == list(frame.cells)
    assert PLACE_TEXT * PLACE_WIDTH / 1000 >= SMALLEST_TEXT
    (own,) = read_path(frame.cells["69070"])
    box = bound(own)
    # It stands in the middle, with as much around it on each side.
    assert box.left > 150 and abs(box.left - (1000 - box.right)) <= 1
    assert abs(box.top - (frame.height - box.bottom)) <= 1


def test_each_municipality_has_its_picture_with_its_name_first(app: Flask) -> None:
    for code in frames.get_neighbours():
        frame = frame_of(code)
        assert frame.names[0].code == code and not frame.discs and not frame.borders
        for name in frame.names:
            box = find_box((name.x, name.y), name_text(name), PLACE_TEXT, anchor=name.anchor)
            assert name.angle or (box.left >= -1 and box.right <= 1001), (code, name)


def test_a_code_that_is_drawn_nowhere_has_no_picture(app: Flask) -> None:
    assert frames.find_frame("99999") is None and frames.find_frame("67802") is None


def test_a_site_without_shapes_has_no_picture(app: Flask) -> None:
    with unit():
        run(delete(RegionShapes))
        versions.touch(queries.KEY)
    assert shapes.get_shapes() is None and frames.get_neighbours() == {}
    assert [frames.find_frame(code) for code in ("", "67", "69070")] == [None] * 3
    assert shapes.list_features() == ({}, [])


def test_a_picture_is_drawn_once_and_anew_when_a_place_has_another_name(app: Flask, make: Make) -> None:
    first = frame_of("69")
    with record_statements() as sent:
        assert frame_of("69") is first
    assert not [one for one in sent if "region_shapes" in one]
    actor = make.actor(role="coordinator")
    place = queries.get_catalogue().place_at("69070")
    assert place
    row = queries.get_row(actor, Territory, place.id, service.policy.EDIT)
    service.rename(actor, row, "Saint-Anicet-sur-le-Lac-Saint-François-et-ses-Îles-nombreuses-et-belles-à-voir")
    assert "69070" not in {name.code for name in frame_of("69").names}
    service.rename(actor, row, "Saint-Anicet")
    assert frame_of("69") == first and frame_of("69") is not first
