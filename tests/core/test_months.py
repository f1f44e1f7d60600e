"""Months as the region lives them."""

from datetime import UTC, datetime

import pytest

from app.core import months

pytestmark = pytest.mark.one_engine


def test_a_month_ends_at_midnight_in_the_region_not_in_greenwich() -> None:
    assert months.month_of(datetime(2027, 3, 1, 4, 59, tzinfo=UTC)) == "2027-02"
    assert months.month_of(datetime(2027, 3, 1, 5, 0, tzinfo=UTC)) == "2027-03"
    assert months.month_of(datetime(2027, 8, 1, 3, 59, tzinfo=UTC)) == "2027-07"
    assert months.start("2027-03").astimezone(UTC) == datetime(2027, 3, 1, 5, tzinfo=UTC)
    assert months.start("2027-08").astimezone(UTC) == datetime(2027, 8, 1, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("month", "number", "found"),
    [("2027-01", -1, "2026-12"), ("2026-12", 1, "2027-01"), ("2027-05", 0, "2027-05"), ("2027-02", -11, "2026-03")],
)
def test_months_follow_one_another_through_the_years(month: str, number: int, found: str) -> None:
    assert months.shift(month, number) == found


def test_months_between_two() -> None:
    assert months.list_between("2026-11", "2027-01") == ["2026-11", "2026-12", "2027-01"]
    assert months.list_between("2027-01", "2027-01") == ["2027-01"]
    assert months.list_between("2027-02", "2027-01") == []
