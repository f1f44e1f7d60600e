"""The numbers of rows and the places of lists, read back from an address."""

from datetime import UTC, datetime

import pytest

from app.core.errors import NotFound
from app.core.numbers import row_number, signed_number
from app.core.paging import format_cursor, parse_cursor

NONE = (
    "",
    "0",
    "-1",
    "+1",
    "01",
    "001",
    " 1",
    "1 ",
    "1\n",
    "1_0",
    "1e3",
    "1.0",
    "0x1",
    "NaN",
    "１",
    "1١",
    "²",
    "2147483648",
    "9999999999",
    "99999999999999999999",
    "9" * 5000,
)


@pytest.mark.parametrize("text", NONE)
def test_a_number_of_a_row_is_written_in_one_way(text):
    assert row_number(text) == 0
    for wrong in (f"1.{text}", "1." if not text else f"1.{text}.1"):
        with pytest.raises(NotFound):
            parse_cursor(wrong, datetime)


@pytest.mark.parametrize("text", [*(text for text in NONE if text != "-1"), "--1", "-0", "-01", "-１", "-2147483648"])
def test_a_number_of_a_part_of_a_draft_is_written_in_one_way(text):
    assert signed_number(text) == 0


def test_a_part_of_a_draft_has_a_number_below_zero_until_it_has_a_row():
    assert (signed_number("7"), signed_number("-7")) == (7, -7)


def test_the_largest_number_of_a_column_is_a_number():
    assert (row_number("1"), row_number("1000000000"), row_number("2147483647")) == (1, 10**9, 2**31 - 1)


@pytest.mark.parametrize(
    "text", ["1", ".1", "1.", "-1.1", "+1.1", "01.1", "00.1", "1.1.1", "1. 1", "１.1", "1e1.1", "9" * 17 + ".1"]
)
@pytest.mark.parametrize("kind", [int, datetime])
def test_a_place_that_no_list_gives_is_nowhere(text, kind):
    with pytest.raises(NotFound):
        parse_cursor(text, kind)


@pytest.mark.parametrize(
    "value", [0, 7, 2**31 - 1, datetime(2026, 11, 26, 9, 30, 0, 5, UTC), datetime(1970, 1, 1, tzinfo=UTC)]
)
def test_a_place_is_read_back_as_it_was_written(value):
    assert parse_cursor(format_cursor(value, 12), type(value)) == (value, 12)


def test_a_count_is_no_larger_than_its_column_and_a_time_may_be():
    with pytest.raises(NotFound):
        parse_cursor("2147483648.1", int)
    assert parse_cursor("2147483648.1", datetime)[0] == datetime(1970, 1, 1, 0, 35, 47, 483648, UTC)
