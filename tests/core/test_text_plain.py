import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.text import plain
from app.core.text.slug import slugify

FAMILY = "👨\u200d👩\u200d👧"
ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
INVISIBLE = [
    "\u200b",
    "\u200d",
    "\u2060",
    "\ufeff",
    "\u00ad",
    "\u034f",
    "\u115f",
    "\u3164",
    "\uffa0",
    "\u2800",
    "\u202e",
    "\u2066",
    "\u200f",
    "\u061c",
    "\ufe0f",
    "\U000e0041",
    "\u180e",
    "\x00",
    "\x7f",
    "\u0301",
]

HOSTILE = st.text(
    st.one_of(st.characters(), st.sampled_from([*INVISIBLE, *" \u00a0\u202f\n\té\u0338<>œ’", *FAMILY, *ENGLAND]))
)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("  Jardin \t\n  communautaire ", "Jardin communautaire"),
        ("e\u0301te\u0301", "été"),
        ("abc\u202egpj.exe\u202c", "abcgpj.exe"),
        ("\u2067droite\u2069 \u200fgauche", "droite gauche"),
        ("zéro\u200blargeur\ufeff\u00ad", "zérolargeur"),
        ("nul\x00 et\x07 cloche", "nul et cloche"),
        ("\ud800orphelin", "orphelin"),
        ("Pourquoi\u202f? Parce\u00a0que", "Pourquoi\u202f? Parce\u00a0que"),
        ("deux\u00a0 \u00a0blancs", "deux blancs"),
        (f"famille {FAMILY}", f"famille {FAMILY}"),
        ("cœur ❤\ufe0f 1\ufe0f\u20e3 👍🏽", "cœur ❤\ufe0f 1\ufe0f\u20e3 👍🏽"),
        (f"foot {ENGLAND}", f"foot {ENGLAND}"),
        ("a\u200db\ufe0f\U000e0041", "ab"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("e\u200b\u0301", "é"),
        ("\u3164\u2800\u200b", ""),
        ("\u0301 \u0323\u20e3", ""),
        ("\u0301seul au début", "\u0301seul au début"),
    ],
)
def test_a_line_keeps_what_is_seen_and_nothing_else(text, clean):
    assert plain.clean_line(text) == clean


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\r\nb\rc\u2028d\x0be", "a\nb\nc\nd\ne"),
        ("nul\x00\x08\x1b[31m", "nul[31m"),
        ("  espaces \t gardés  ", "  espaces \t gardés  "),
        ("\u202dforcé\u202c \u2066isolé\u2069", "forcé isolé"),
        ("e\u0301 \ud83d \ufffe", "é  "),
        (f"{FAMILY}\u200f\u200b", f"{FAMILY}\u200f\u200b"),
    ],
)
def test_a_text_loses_only_controls_and_bidi_formatting(text, clean):
    assert plain.clean_text(text) == clean


@given(HOSTILE)
def test_cleaning_twice_changes_nothing(text):
    for clean in (plain.clean_line, plain.clean_text, plain.fold, plain.sort_key):
        once = clean(text)
        assert clean(once) == once
    for result in (plain.clean_line(text), plain.clean_text(text)):
        assert unicodedata.is_normalized("NFC", result)
        result.encode()


@given(HOSTILE)
def test_a_line_has_no_control_and_no_space_around(text):
    line = plain.clean_line(text)
    assert line == line.strip()
    assert not {"Cc", "Cs"} & {unicodedata.category(sign) for sign in line}
    assert not set("\n\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f") & set(line)


@pytest.mark.parametrize("nothing", ["", " ", "\u00a0\t\n", *INVISIBLE, "".join(INVISIBLE), "\ue000", "\ud800"])
def test_what_is_not_seen_is_not_a_title(nothing):
    assert not plain.has_visible(nothing)


@pytest.mark.parametrize("sign", ["a", "9", "é", "?", "€", "👍", "\U0001fae8", "ا", "字", " \u200b.", "\u0301a"])
def test_a_single_sign_is_visible(sign):
    assert plain.has_visible(sign)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Sécurité", "securite"),
        ("CŒUR", "coeur"),
        ("Ægir", "aegir"),
        ("L’École", "l'ecole"),
        ("Straße", "strasse"),
        ("ﬁn", "fin"),
        ("a\u00a0 b\n", "a b"),
        ("İstanbul", "istanbul"),
        ("Łódź", "lodz"),
        ("peut\u2011être", "peut-etre"),
        ("コーヒーが", "コーヒーが"),
        ("हिन्दी", "हिन्दी"),
        ("שָׁלוֹם", "שלום"),
        ("é\u00adt\u200bé", "ete"),
        ("ｶﾞ Ａ", "ガ a"),
    ],
)
def test_folding_brings_spellings_together(text, key):
    assert plain.fold(text) == key


def test_names_sort_as_in_a_dictionary():
    names = ["Zoé", "élan", "Étude", "Eau", "L'Anse", "La Baie", "œuvre", "Ouest", "123", "?"]
    assert sorted(names, key=plain.sort_key) == [
        "123",
        "?",
        "Eau",
        "élan",
        "Étude",
        "L'Anse",
        "La Baie",
        "œuvre",
        "Ouest",
        "Zoé",
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("L'école d’été", ["ecole", "ete"]),
        ("aujourd'hui", ["aujourd", "hui"]),
        ("qu'il jusqu'au", ["il", "au"]),
        ("  eau,Eau; EAU!", ["eau"]),
        ("", []),
        ("?!… -- ()", []),
        ("a_b c++", ["a", "b", "c"]),
        ("x" * 80, ["x" * 50]),
        (" ".join(map(str, range(20))), [str(n) for n in range(10)]),
        ("logement*\"'", ["logement"]),
    ],
)
def test_a_query_becomes_a_few_folded_words(query, found):
    assert plain.search_words(query) == found


@pytest.mark.parametrize(
    ("text", "length", "cut"),
    [
        ("Un jardin", 20, "Un jardin"),
        ("Un jardin pour tous", 15, "Un jardin pour…"),
        ("Un jardin, pour", 14, "Un jardin…"),
        ("Un\njardin\n\npour tous", 11, "Un jardin…"),
        ("anticonstitutionnel", 6, "antic…"),
        ("abc", 1, "…"),
        (f"ab{FAMILY}cd", 5, "ab…"),
        ("🇨🇦🇫🇷🇨🇦", 4, "🇨🇦…"),
        ("ab" + "e" + "\u0323\u0301" * 3, 5, "ab…"),
        ("👍🏽👍🏽", 2, "…"),
        ("Quoi\u00a0: rien du tout", 8, "Quoi…"),
    ],
)
def test_an_excerpt_cuts_between_words_and_never_inside_a_sign(text, length, cut):
    assert plain.excerpt(text, length) == cut


@given(HOSTILE, st.integers(1, 60))
def test_an_excerpt_keeps_to_its_length_and_to_one_line(text, length):
    cut = plain.excerpt(text, length)
    assert len(cut) <= length
    assert "\n" not in cut


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Marie-Ève Tremblay", "MT"),
        ("Zoé", "Z"),
        ("jean de la fontaine", "JF"),
        ("", "?"),
        ("👍", "?"),
        ("« Élan »", "É"),
        ("ﬁl d'eau", "FD"),
        ("3e voie", "3V"),
        ("e\u0301lan", "É"),
    ],
)
def test_initials_are_one_or_two_capitals(name, letters):
    assert plain.initials(name) == letters


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Sécurité alimentaire", "securite-alimentaire"),
        ("L’œuvre & l'État", "l-oeuvre-l-etat"),
        ("", "sans-titre"),
        ("日本", "sans-titre"),
        ("---", "sans-titre"),
        ("../../etc/passwd", "etc-passwd"),
        ("un " * 40, "-".join(["un"] * 20)),
        ("a" * 90, "a" * 60),
    ],
)
def test_a_slug_is_readable_and_never_empty(text, slug):
    assert slugify(text) == slug


@given(HOSTILE, st.integers(10, 80))
def test_a_slug_is_safe_in_an_address(text, limit):
    slug = slugify(text, limit)
    assert 0 < len(slug) <= limit
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slugify(slug, limit) == slug
