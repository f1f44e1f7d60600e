import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.text.typography import french

N, T = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("text", "french_text"),
    [
        ("L'idée d'une école", "L’idée d’une école"),
        ("Statut :", f"Statut{N}:"),
        ("Statut: ouvert", f"Statut{N}: ouvert"),
        ("Statut : ouvert", f"Statut{N}: ouvert"),
        ("50 %", f"50{N}%"),
        ("50% des voix", f"50{N}% des voix"),
        ("50 %.", f"50{N}%."),
        ("12 $", f"12{N}$"),
        ("12$", f"12{N}$"),
        ("« Bonjour »", f"«{N}Bonjour{N}»"),
        ("«Bonjour»", f"«{N}Bonjour{N}»"),
        ("Vraiment ?", f"Vraiment{T}?"),
        ("Vraiment?", f"Vraiment{T}?"),
        ("Bravo ! Oui ; non", f"Bravo{T}! Oui{T}; non"),
        ("Bravo! Oui; non", f"Bravo{T}! Oui{T}; non"),
        ("Quoi?!", f"Quoi{T}?!"),
        ("%(name)s? (oui!)", f"%(name)s{T}? (oui{T}!)"),
        ("Dit-il « oui! » <b>fort</b>?", f"Dit-il «{N}oui{T}!{N}» <b>fort</b>{T}?"),
        ("/ideas?q=1", "/ideas?q=1"),
        (f"Quoi{N}?", f"Quoi{T}?"),
        ("Attendez...", "Attendez…"),
        ("....", "...."),
        ("1 000 idées", f"1{N}000 idées"),
        ("1 234 567 $", f"1{N}234{N}567{N}$"),
        ("418 555 1234", "418 555 1234"),
        ("12:30", "12:30"),
        ("À 9 h 30 : départ", f"À 9 h 30{N}: départ"),
        ("a://b", "a://b"),
        ("%(name)s l'a dit : %(n)d %% !", f"%(name)s l’a dit{N}: %(n)d{N}%% !".replace(" !", f"{T}!")),
        ("%(author)s: %(title)s", f"%(author)s{N}: %(title)s"),
        ("%(l'x)s", "%(l’x)s"),
        ("{count} idées : {list's}", f"{{count}} idées{N}: {{list's}}"),
        ("${x} $", f"${{x}}{N}$"),
        ("Voir https://ex.ca/l'a?b=1;c!d : là", f"Voir https://ex.ca/l'a?b=1;c!d{N}: là"),
        ("Écrire à l'adresse a.b@ex.ca!", f"Écrire à l’adresse a.b@ex.ca{T}!"),
        ("<a title='l&#39;a ?'>l'un</a> : oui", f"<a title='l&#39;a ?'>l’un</a>{N}: oui"),
        ("a&nbsp;b &amp; c", "a&nbsp;b &amp; c"),
        ("C'est 5 < 6 !", f"C’est 5 < 6{T}!"),
        ("100 %s et 5%d", "100 %s et 5%d"),
        ("", ""),
    ],
)
def test_interface_strings_follow_the_office(text, french_text):
    assert french(text) == french_text
    assert french(french_text) == french_text


PIECES = [
    "%(x)s",
    "{x}",
    "%%",
    "%s",
    "%",
    "$",
    ":",
    ";",
    "!",
    "?",
    "«",
    "»",
    "'",
    "...",
    ".",
    " ",
    N,
    T,
    "1",
    "000",
    "mot",
    "https://ex.ca/a'b",
    "<b>",
    "</b>",
    "&amp;",
    "\n",
    "l'eau",
]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_setting_twice_changes_nothing(text):
    assert french(french(text)) == french(text)


@given(st.lists(st.sampled_from(["%(x)s", "{x}", " ", "mot", " :", "?", "l'", "100 "])).map("".join))
def test_placeholders_are_never_touched(text):
    for placeholder in ("%(x)s", "{x}"):
        assert french(text).count(placeholder) == text.count(placeholder)
