"""Figures as people write them are read in French and in English, and what is no figure is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import number_format


@pytest.mark.parametrize(
    ("text", "figure", "whole"),
    [
        ("1 250,5", 1250.5, None),
        ("1,250.5", 1250.5, None),
        ("1.250,5", 1250.5, None),
        ("12\N{NO-BREAK SPACE}000 $", 12000.0, 12000),
        ("12,000", 12.0, 12000),
        ("12.000", 12.0, 12000),
        ("12 000,00", 12000.0, 12000),
        ("-3,2", -3.2, None),
        ("0", 0.0, 0),
        ("1 234,567.8.9", None, None),
        ("12,34.5", None, None),
        ("1e5", None, None),
        ("douze", None, None),
        ("", None, None),
        ("9" * 50, None, None),
    ],
)
def test_a_figure_is_read_as_people_write_it(text: str, figure: float | None, whole: int | None) -> None:
    assert (number_format.parse_number(text), number_format.parse_whole_number(text)) == (figure, whole)


@given(
    st.floats(min_value=-1e12, max_value=1e12).filter(lambda figure: figure == 0 or abs(figure) > 1e-6),
    st.sampled_from(",."),
)
def test_what_is_written_is_read_again(figure: float, comma: str) -> None:
    assert number_format.parse_number(number_format.format_number(figure, comma)) == figure
