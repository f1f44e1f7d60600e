"""Areas: what is inside them, how large they are, where their middle is."""

from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.geometry import areas
from app.core.geometry.areas import Box, bound, contains, find_centre, list_points, measure

pytestmark = pytest.mark.one_engine
SQUARE = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
HOLE = [(2.0, 2.0), (8.0, 2.0), (8.0, 8.0), (2.0, 8.0)]
HOOK = [(0.0, 0.0), (10.0, 0.0), (10.0, 2.0), (2.0, 2.0), (2.0, 10.0), (0.0, 10.0)]


def test_a_hole_is_outside() -> None:
    assert contains([[SQUARE]], (5, 5)) and contains([[SQUARE, HOLE]], (1, 1))
    assert not contains([[SQUARE, HOLE]], (5, 5)) and not contains([[SQUARE]], (11, 5))


def test_the_direction_of_a_ring_is_told_by_its_sign() -> None:
    assert measure(SQUARE) == 100 and measure(SQUARE[::-1]) == -100


def test_boxes_that_touch_meet() -> None:
    box = bound(SQUARE)
    assert box == Box(0, 0, 10, 10) and box.grow(1) == Box(-1, -1, 11, 11)
    assert box.meets(Box(10, 10, 12, 12)) and not box.meets(Box(11, 0, 12, 12))


def test_the_middle_is_as_far_from_the_sides_as_a_point_can_be() -> None:
    x, y = find_centre([[SQUARE]], 0.1)
    assert abs(x - 5) < 0.2 and abs(y - 5) < 0.2
    # Of several polygons, that of the largest one.
    assert find_centre([[[(20.0, 0.0), (21.0, 0.0), (21.0, 1.0)]], [SQUARE]], 0.1) == (x, y)


def test_a_sliver_is_not_looked_at_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """From the north to the south, as wide as a house: squares of its width would be more than a million."""
    looks = mock.Mock(wraps=areas._measure_depth)
    monkeypatch.setattr(areas, "_measure_depth", looks)
    for ring in ([(0.0, -80.0), (1e-4, -80.0), (1e-4, 80.0), (0.0, 80.0)], [(0.0, 0.0), (100.0, 80.0), (1e-4, 0.0)]):
        x, y = find_centre([[ring]], 1e-8)
        assert looks.call_count < 100_000 and bound(ring).meets(Box(x, y, x, y).grow(1))


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=3, max_size=8, unique=True))
def test_the_middle_is_inside_whatever_the_shape(points: list[tuple[int, int]]) -> None:
    # Sorted around a point in the midst of them, they make a shape that does not cross itself.
    from_x, from_y = (sum(values) / len(points) + 0.137 for values in zip(*points, strict=True))
    ring = sorted({(float(x), float(y)) for x, y in points}, key=lambda one: _turn(one[0] - from_x, one[1] - from_y))
    if abs(measure(ring)) > 1:
        assert contains([[ring]], find_centre([[ring]], 0.01))


def _turn(x: float, y: float) -> float:
    """Return what grows with the angle of a direction."""
    part = x / (abs(x) + abs(y))
    return 1 - part if y >= 0 else part - 1


@pytest.mark.parametrize("ring", [HOOK, SQUARE])
def test_the_middle_of_a_hook_is_in_it(ring: list[tuple[float, float]]) -> None:
    assert contains([[ring]], find_centre([[ring]], 0.1)) and len(list(list_points([[ring]]))) == len(ring)
