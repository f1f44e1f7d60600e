"""Pages, files and descriptions of drawings say a masked number in the same words."""

import pytest
from flask import Flask
from flask_babel import force_locale

from app.core.masking import FEW, HIDDEN, Count
from app.web.frame.person_counts import format_persons


@pytest.mark.parametrize(
    ("count", "french", "english"),
    [
        (0, "0", "0"),
        (FEW, "moins de 5", "fewer than 5"),
        (HIDDEN, "non dit", "not said"),
        (1234, "1 234", "1,234"),
    ],
)
def test_a_number_of_persons_is_said_in_one_way(app: Flask, count: Count, french: str, english: str) -> None:
    for lang, words in (("fr", french), ("en", english)):
        with app.test_request_context("/"), force_locale(lang):
            assert format_persons(count).replace("\xa0", " ").replace("\u202f", " ") == words
