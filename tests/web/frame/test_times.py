"""The time at which one may try again, in words."""

import pytest
from flask_babel import force_locale

from app.forms import times


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("locale", "seconds", "words"),
    [
        ("fr", 30, "à 23 h 51"),
        ("fr", 600, "demain à 0 h 01"),
        ("fr", 48 * 3600, "le 4 mars à 23 h 51"),
        ("fr", 30 * 86400 - 3600, "le 1er avril à 23 h 51"),
        ("en", 30, "at 11:51 p.m."),
        ("en", 600, "tomorrow at 12:01 a.m."),
        ("en", 48 * 3600, "on March 4 at 11:51 p.m."),
        ("en", 30 * 86400 - 3600, "on April 1 at 11:51 p.m."),
    ],
)
def test_it_is_of_today_of_tomorrow_or_of_a_day(app, clock, locale, seconds, words):
    clock.at("2026-03-02T23:50:20-05:00", stops=True)
    with app.test_request_context(), force_locale(locale + "_CA"):
        assert times.again(seconds).replace("\u00a0", " ").replace("\u202f", " ") == words
