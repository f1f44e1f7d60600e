"""Medians and quarters are those of the numbers themselves."""

from collections import Counter
from statistics import median, quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.figures.spread import Spread, find_spread

pytestmark = pytest.mark.one_engine


@given(st.lists(st.integers(0, 400), min_size=2))
def test_a_spread_is_that_of_all_the_cases(days: list[int]) -> None:
    found = find_spread(Counter(days))
    assert found is not None
    low, _middle, high = quantiles(days, n=4, method="inclusive")
    assert (found.number, found.median) == (len(days), median(days))
    assert (found.low, found.high) == pytest.approx((low, high))


def test_one_case_and_none() -> None:
    assert find_spread({12: 1}) == Spread(1, 12, 12, 12)
    assert find_spread({}) is None
