"""An hour of the region and the moments that it names, on the days when the clocks change."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.events import local_time

SPRING, AUTUMN = date(2027, 3, 14), date(2027, 11, 7)
pytestmark = pytest.mark.one_engine


def test_an_hour_that_spring_skips_names_no_moment():
    assert local_time.list_moments(SPRING, time(2, 30)) == []
    assert local_time.list_moments(SPRING, time(3)) == [datetime(2027, 3, 14, 7, tzinfo=UTC)]
    assert local_time.list_moments(SPRING, time(1, 59)) == [datetime(2027, 3, 14, 6, 59, tzinfo=UTC)]


def test_an_hour_that_comes_twice_in_autumn_names_two():
    first, second = local_time.list_moments(AUTUMN, time(1, 30))
    assert (first, second) == (datetime(2027, 11, 7, 5, 30, tzinfo=UTC), datetime(2027, 11, 7, 6, 30, tzinfo=UTC))
    assert not local_time.is_second(first) and local_time.is_second(second)
    assert len(local_time.list_moments(AUTUMN, time(2))) == 1


@given(st.datetimes(datetime(2021, 1, 1), datetime(2030, 1, 1)))
def test_each_moment_is_among_those_that_its_day_and_hour_name(naive):
    moment = naive.replace(second=0, microsecond=0, tzinfo=UTC)
    assert moment in local_time.list_moments(*local_time.get_day_and_hour(moment))
