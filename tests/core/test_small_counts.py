"""Persons by place: what is shown tells of no place with few of them, and gives none back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.small_counts import LEAST, Gathered, gather_small

pytestmark = pytest.mark.one_engine
COUNTS = st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 30), max_size=8)


@given(COUNTS)
def test_nothing_is_lost_and_nothing_small_is_shown(counts: dict[str, int]) -> None:
    found, total = gather_small(counts), sum(counts.values())
    assert all(count >= LEAST and counts[str(key)] == count for key, count in found.shown.items())
    assert found.others == 0 or found.others >= LEAST
    assert sum(found.shown.values()) + found.others == (total if total >= LEAST else 0)
    assert list(found.shown.values()) == sorted(found.shown.values(), reverse=True)


def test_one_place_alone_is_never_what_the_others_are() -> None:
    assert gather_small({"Ormstown": 20, "Franklin": 8, "Hinchinbrooke": 3}) == Gathered({"Ormstown": 20}, 11)
    assert gather_small({"Ormstown": 20, "Franklin": 3, "Hinchinbrooke": 3}) == Gathered({"Ormstown": 20}, 6)
    assert gather_small({"Ormstown": 20, "Franklin": 1, "Hinchinbrooke": 1}) == Gathered({}, 22)
    assert gather_small({"Ormstown": 20, "Franklin": 8}) == Gathered({"Ormstown": 20, "Franklin": 8}, 0)
    assert gather_small({"Ormstown": 4}) == gather_small({}) == Gathered({}, 0)
