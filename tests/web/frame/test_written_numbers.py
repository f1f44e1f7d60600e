"""Numbers on a page are written as its language writes them, those of a few figures too."""

import pytest
from flask import Flask
from flask_babel import force_locale, format_decimal

from app.web.frame.filters import write_number


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_number_is_written_as_the_language_of_the_page_does(app: Flask, lang: str) -> None:
    with app.test_request_context(), force_locale(lang):
        for number in (0, 7, 42, 999, 1_000, 12_345, -1, 2.5, 0.125):
            assert write_number(number) == format_decimal(number)
