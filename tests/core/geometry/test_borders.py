"""Borders: who is beside whom, what several cover together, and lines simplified once for both sides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.geometry.areas import Point, contains, list_points, list_sides, measure
from app.core.geometry.borders import find_neighbours, outline, simplify

pytestmark = pytest.mark.one_engine
WEST = [(0.0, 0.0), (5.0, 0.0), (5.1, 5.0), (5.0, 10.0), (0.0, 10.0)]
EAST = [(5.0, 0.0), (10.0, 0.0), (10.0, 10.0), (5.0, 10.0), (5.1, 5.0)]
CORNER = [(10.0, 10.0), (12.0, 10.0), (12.0, 12.0)]
VILLAGE = [(1.0, 1.0), (1.0, 2.0), (2.0, 2.0), (2.0, 1.0)]


def test_neighbours_have_a_side_in_common_and_more_than_a_point() -> None:
    areas = {"west": [[WEST, VILLAGE]], "east": [[EAST]], "corner": [[CORNER]], "village": [[VILLAGE]]}
    assert find_neighbours(areas) == {
        "west": ["east", "village"],
        "east": ["west"],
        "corner": [],
        "village": ["west"],
    }


def test_what_several_cover_has_no_border_between_them_and_the_village_inside_fills_its_hole() -> None:
    (polygon,) = outline([[[WEST, VILLAGE]], [[EAST[::-1]]], [[VILLAGE]]])
    assert len(polygon) == 1 and set(polygon[0]) == {*WEST, *EAST} - {(5.1, 5.0)} and measure(polygon[0]) == 100
    (polygon,) = outline([[[WEST, VILLAGE]], [[EAST]]])
    assert len(polygon) == 2 and measure(polygon[1]) == -1
    # Two that meet in a point alone are two.
    assert len(outline([[[EAST]], [[CORNER]]])) == 2


def test_a_line_that_two_share_loses_the_same_points_for_both() -> None:
    found = simplify({"west": [[WEST, VILLAGE]], "east": [[EAST[::-1]]], "village": [[VILLAGE]]}, 0.2)
    assert (5.1, 5.0) not in {*list_points(found["west"]), *list_points(found["east"])}
    # What is too small to lose a point loses none, on either side.
    assert set(found["village"][0][0]) == set(found["west"][0][1]) == set(VILLAGE)
    kept = simplify({"west": [[WEST]], "east": [[EAST]]}, 0.05)
    assert (5.1, 5.0) in {*list_points(kept["west"])} & {*list_points(kept["east"])}


@st.composite
def grids(draw: st.DrawFn) -> dict[tuple[int, int], list[list[list[Point]]]]:
    """Draw squares of a grid whose sides wander, each the same way for both of its squares."""
    size = 3
    wander = st.floats(-0.2, 0.2).map(lambda value: round(value, 3))
    lines: dict[tuple[Point, Point], list[Point]] = {}

    def line(start: Point, end: Point) -> list[Point]:
        if (end, start) in lines:
            return lines[end, start][::-1]
        if (start, end) not in lines:
            steps = [(start[0] + (end[0] - start[0]) * n / 6, start[1] + (end[1] - start[1]) * n / 6) for n in range(7)]
            moved = [(x + draw(wander), y + draw(wander)) for x, y in steps[1:-1]]
            lines[start, end] = [steps[0], *moved, steps[-1]]
        return lines[start, end]

    areas = {}
    for x in range(size):
        for y in range(size):
            corners = [(float(a), float(b)) for a, b in ((x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1))]
            sides = zip(corners, [*corners[1:], corners[0]], strict=True)
            areas[x, y] = [[[point for side in sides for point in line(*side)[:-1]]]]
    return areas


@given(grids(), st.sampled_from([0.01, 0.1, 0.3]))
def test_simplified_neighbours_meet_without_a_gap(
    areas: dict[tuple[int, int], list[list[list[Point]]]], tolerance: float
) -> None:
    found = simplify(areas, tolerance)
    assert find_neighbours(found) == find_neighbours(areas)
    # Each side inside the grid is that of two squares, each one around it that of one.
    times: dict[frozenset[Point], int] = {}
    for area in found.values():
        for side in list_sides(area[0][0]):
            times[frozenset(side)] = times.get(frozenset(side), 0) + 1
    assert set(times.values()) == {1, 2}
    (whole,) = outline(found.values())
    assert len(whole) == 1 and contains([whole], (1.5, 1.5))
    assert set(whole[0]) == {point for side, number in times.items() if number == 1 for point in side}
    # What is simplified again stays as it is.
    assert simplify(found, tolerance) == found
