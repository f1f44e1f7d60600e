"""From longitudes and latitudes to whole units of a picture."""

import re
from math import hypot

import pytest

from app.core.geometry.areas import Box, bound
from app.core.geometry.planes import WIDTH, Plane, choose_plane, cut, look_at

pytestmark = pytest.mark.one_engine
SQUARE = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]


def test_a_plane_is_true_at_the_quarter_of_a_degree_that_is_nearest() -> None:
    assert choose_plane(Box(-74.66, 44.9914, -73.352, 45.5635)) == Plane(45.25)
    # A degree of longitude is there 70 % of one of latitude, and what lies south is further down.
    x, y = Plane(45.25).project((1.0, 45.0))
    assert abs(x - 0.704) < 0.001 and y == -45.0
    longitude, latitude = Plane(45.25).unproject((x, y))
    assert hypot(longitude - 1.0, latitude - 45.0) < 1e-9


def test_a_picture_is_as_wide_as_all_pictures_with_its_margin() -> None:
    view = look_at(Box(2, 3, 4, 4), margin=50)
    assert view.place((2, 3)) == pytest.approx((50, 50)) and view.place((4, 4)) == pytest.approx((950, 500))
    assert view.height == 550
    assert view.find(view.place((2.5, 3.5))) == pytest.approx((2.5, 3.5))


def test_a_path_is_of_whole_units_and_steps() -> None:
    view = look_at(Box(0, 0, 10, 10), margin=0)
    assert view.draw([[[SQUARE]]]) == "M0 0l1000 0 0 1000-1000 0z"
    # A point that is drawn where the one before is, and a ring that is too small, are left out.
    assert view.draw([[[[*SQUARE, (0.0, 9.9999)], [(1.0, 1.0), (1.0001, 1.0), (1.0, 1.0001)]]]]) == view.draw(
        [[[SQUARE]]]
    )
    assert view.draw([]) == "" and WIDTH == 1000


def test_what_is_beyond_a_picture_is_cut_off() -> None:
    assert cut([SQUARE], Box(2, 2, 4, 4)) and bound(cut([SQUARE], Box(2, 2, 4, 4))[0]) == Box(2, 2, 4, 4)
    assert cut([SQUARE], Box(20, 20, 30, 30)) == [] and cut([SQUARE], Box(-5, -5, 20, 20)) == [SQUARE]
    numbers = [int(n) for n in re.findall(r"-?\d+", look_at(Box(2, 2, 4, 4), margin=0).draw([[[SQUARE]]]))]
    assert max(map(abs, numbers)) <= WIDTH + 10
