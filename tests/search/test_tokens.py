"""What people write in several ways is one word, in a text as in a search."""

import pytest

from app.search.query.parser import parse_query
from app.search.tokens import split_words

ONE_WAY = {
    "hours": ["à 7h30", "à 7 h 30", "à 7\u00a0h\u00a030", "à 07h30", "à 7:30"],
    "whole hours": ["dès 7h", "dès 7 h", "dès 7\u202fh"],
    "thousands": [
        "30000 personnes",
        "30 000 personnes",
        "30\u00a0000 personnes",
        "30\u202f000 personnes",
        "30,000 personnes",
    ],
    "millions": ["1 200 300", "1200300"],
    "money": ["1 200 $", "1200$", "1\u00a0200\u00a0$", "$1,200"],
    "units": ["à 10km", "à 10 km", "à 10\u00a0km"],
    "ranks": ["2e rang", "2ème rang", "2eme rang", "2ième rang", "2nd rang"],
    "first": ["1er", "1re", "1ère", "1st"],
    "saints": ["St-Rémi", "Saint-Rémi", "st-remi", "Saint‑Rémi"],
    "saints apart": ["Ste Marthe", "Sainte Marthe", "Ste. Marthe"],
    "colon of Mohawk": ["Kahnawà:ke", "Kahnawake", "kahnawa:ke"],
    "all of us": ["tou·te·s", "tou.te.s", "tou-te-s", "tou(te)s", "tous·tes", "tous"],
    "initials": ["C.P.E.", "CPE", "c.p.e"],
}


@pytest.mark.parametrize("ways", ONE_WAY.values(), ids=ONE_WAY)
@pytest.mark.one_engine
def test_one_thing_is_one_word_however_it_is_written(ways: list[str]) -> None:
    words = [split_words(way) for way in ways]
    assert words == [words[0]] * len(ways)
    asked = [[term.ways for term in parse_query(way).terms] for way in ways]
    assert asked == [asked[0]] * len(ways), "a search is cut where it has spaces"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("en 2025 300 personnes", ["en", "2025", "300", "personnes"]),
        ("article 12, 300 pages", ["article", "12", "300", "pages"]),
        ("en 2026 : 12 places", ["en", "2026", "12", "places"]),
        ("3D, 5G, covid19", ["3d", "5g", "covid19"]),
        ("08:05:02", ["08", "05", "02"]),
        ("note: kiosque", ["note", "kiosque"]),
        ("post est ouest", ["post", "est", "ouest"]),
        ("élu.e.s", ["elu"]),
    ],
)
@pytest.mark.one_engine
def test_what_only_looks_alike_stays_what_it_is(text: str, words: list[str]) -> None:
    assert split_words(text) == words
