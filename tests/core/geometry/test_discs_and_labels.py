"""Discs that are moved apart, and names that have room beside them."""

from itertools import combinations
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.geometry.areas import Box
from app.core.geometry.discs import spread
from app.core.geometry.labels import Room, choose_sides, find_box

pytestmark = pytest.mark.one_engine
BOX = Box(44, 44, 956, 756)
places = st.lists(st.tuples(st.floats(0, 1000), st.floats(0, 800)), max_size=25)


@given(places)
def test_discs_are_apart_and_inside_wherever_they_begin(points: list[tuple[float, float]]) -> None:
    found = spread(points, 88, BOX)
    assert all(hypot(x - u, y - v) >= 88 for (x, y), (u, v) in combinations(found, 2))
    assert all(BOX.meets(Box(x, y, x, y)) for x, y in found)


def test_discs_that_are_apart_stay_where_they_are_and_those_at_one_place_part() -> None:
    assert spread([(100, 100), (300, 100)], 88, BOX) == [(100, 100), (300, 100)]
    (x, y), (u, v), (w, z) = spread([(400, 400)] * 3, 88, BOX)
    assert min(hypot(x - u, y - v), hypot(x - w, y - z), hypot(u - w, v - z)) >= 88
    # A box that has not the room leaves them where they fit best, and ends.
    assert len(spread([(5, 5)] * 9, 88, Box(0, 0, 10, 10))) == 9
    assert len(spread([(5, 5)] * 400, 88, Box(0, 0, 10, 10))) == 400


@given(places, st.sampled_from([1, 10]))
def test_no_name_meets_a_disc_or_another_name(points: list[tuple[float, float]], tries: int) -> None:
    discs = [(point, "Sainte-Justine-de-Newton"[: 5 + n]) for n, point in enumerate(spread(points, 88, BOX))]
    room = Room(Box(0, 0, 1000, 800), [(point, 44) for point, _text in discs])
    sides = choose_sides(room, discs, 44, 17.2, tries=tries)
    boxes = [find_box(*disc, 17.2, side=side, radius=44) for disc, side in zip(discs, sides, strict=True) if side]
    assert not any(one.meets(other) for one, other in combinations(boxes, 2)) and sorted(boxes) == sorted(room.names)
    for box in boxes:
        assert box.left >= 0 and box.right <= 1000 and box.top >= 0 and box.bottom <= 800
        for (x, y), _text in discs:
            nearest = (max(box.left, min(box.right, x)), max(box.top, min(box.bottom, y)))
            assert hypot(nearest[0] - x, nearest[1] - y) >= 43.999


def test_those_that_had_no_room_choose_first_at_the_next_try() -> None:
    # The first takes the only place of the second, whose name is long, though it has another.
    discs = [((100.0, 70.0), "Elgin"), ((100.0, 180.0), "Très-Saint-Rédempteur")]
    taken = [(point, 44.0) for point, _text in discs] + [((100.0, 280.0), 44.0)]
    box = Box(0, 0, 220, 300)
    assert choose_sides(Room(box, taken), discs, 44, 17.2) == ["below", ""]
    assert choose_sides(Room(box, taken), discs, 44, 17.2, tries=2) == ["above", "above"]


def test_a_turned_name_takes_the_room_of_its_line() -> None:
    room = Room(Box(0, 0, 1000, 600), [((500, 300), 40)])
    assert not room.take_line((500, 320), "Lac Saint-Louis", 17.2, -20)
    assert not room.take_line((20, 20), "Lac Saint-Louis", 17.2, -20)
    assert room.take_line((300, 300), "Lac Saint-Louis", 17.2, -20)
    assert not room.take_line((305, 300), "Lac Saint-Louis", 17.2, -20)
    assert not room.take(find_box((300, 300), "Léry", 17.2)) and room.take(find_box((300, 360), "Léry", 17.2))
    assert not room.take_line((300, 365), "Léry", 17.2, -20)
