"""Both catalogues hold every text of the interface, typeset in French and translated in English."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from app import HOUSE
from app.core.text import typography
from tests.support import catalogues

CODE = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|/\*.*?\*/|^\s*//.*?$", re.DOTALL | re.MULTILINE)
FRENCH = re.compile(r"[à-ÿœ]+|« | »| [;!?](?=\s*<)")
COLON = re.compile(r"[^\S\n]:(?=\s|<|$)", re.MULTILINE)
NOT_FRENCH = re.compile(r"version:|\s*\"\w+_en\":")
# What French leaves behind in English: its spaces and marks; and words for which another one was chosen.
NOT_ENGLISH = re.compile(
    r"['\"«»]|[ \u00a0\u202f][:;!?](?!\w)|\d[ \u00a0\u202f]%|\b[Oo]rganis(?!ation\})|\b[Mm]ails?\b(?! server)|\bmeanwhile\b|\bat once\b"
    r"|\bof the plan of\b|\b[Rr]etained\b|\bcoordination(?! team)\b"
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")


@pytest.fixture(scope="module")
def messages() -> dict[object, Message]:
    return {message.id: message for message in catalogues.gather() if message.id}


@pytest.fixture(scope="module", params=catalogues.LANGUAGES)
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    return catalogues.read_catalogue(request.param)


def test_no_message_is_missing_and_none_is_left_over(catalogue: Catalog, messages: dict[object, Message]) -> None:
    there = {message.id for message in catalogue if message.id}
    adds, drops = [message for message in messages if message not in there], sorted(map(str, there - messages.keys()))
    assert not adds and not drops, f"{name_of(catalogue)}: `make translations` adds {adds} and takes out {drops}"


def test_every_message_is_translated_and_none_is_doubtful(catalogue: Catalog) -> None:
    faulty = [message.id for message in catalogue if message.id and (message.fuzzy or not _is_translated(message))]
    assert not faulty, f"{name_of(catalogue)}: to be translated: {faulty}"


def name_of(catalogue: Catalog) -> str:
    return str(catalogues.file_of(str(catalogue.locale)[:2]).relative_to(HOUSE))


def test_placeholders_are_those_of_the_message(catalogue: Catalog) -> None:
    assert [
        message.id
        for message in catalogue
        if message.id and _is_translated(message) and not _keeps_placeholders(message)
    ] == []


def test_no_english_sentence_ends_with_an_hour_which_has_a_full_stop_of_its_own() -> None:
    """The names of moments in messages; 6:30 p.m. would be followed by two."""
    english = [form for message in catalogues.read_catalogue("en") if message.id for form in _forms(message.string)]
    assert [form for form in english if re.search(r"%\((?:moment|hours?)\)s\.(?!\w)", form)] == []


def test_french_is_typeset() -> None:
    french = [message for message in catalogues.read_catalogue("fr") if message.id]
    assert [m.id for m in french if _forms(m.string) != _forms(catalogues.typeset(m.id))] == []


def test_no_message_has_two_spaces_in_a_row(catalogue: Catalog) -> None:
    assert [
        message.id
        for message in catalogue
        if any("  " in form for form in (*_forms(message.id), *_forms(message.string)))
    ] == []


def test_an_english_sentence_that_ends_with_an_hour_has_one_stop() -> None:
    # The hour brings its own: 6:28 a.m.
    english = [message for message in catalogues.read_catalogue("en") if message.id]
    assert [
        form
        for message in english
        for form in _forms(message.string)
        if re.search(r"%\((time|hour|moment|when|until|former)\)s\.", form)
    ] == []


def test_english_is_written_as_english() -> None:
    english = [message for message in catalogues.read_catalogue("en") if message.id]
    assert [form for message in english for form in _forms(message.string) if NOT_ENGLISH.search(form)] == []
    pages = [*(HOUSE / "templates/site/_content").glob("*.en.md")]
    assert (
        pages
        and [
            line for file in pages for line in file.read_text(encoding="utf-8").splitlines() if NOT_ENGLISH.search(line)
        ]
        == []
    )


@pytest.mark.parametrize(
    "file",
    [
        *(HOUSE / "templates/site/_content").glob("*.fr.md"),
        HOUSE / "app/operations/data/territories.csv",
        HOUSE / "app/operations/data/shapes.geojson",
        *(HOUSE / "app/operations").rglob("*.json"),
    ],
    ids=lambda file: file.name,
)
def test_what_pages_show_of_files_is_typeset_too(file: Path) -> None:
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not NOT_FRENCH.match(line)]
    assert [line for line in lines if line != typography.french(line)] == []


def test_scripts_and_templates_hold_no_french_that_the_catalogue_would_not_typeset() -> None:
    files = [
        *(HOUSE / "static/js/behaviours").glob("*.js"),
        *(HOUSE / "templates").rglob("*.html"),
        *(HOUSE / "templates").rglob("*.txt"),
    ]
    words = [(file.name, found[0]) for file in files for found in FRENCH.finditer(_without_messages(file))]
    assert words == []


def test_templates_leave_the_colon_to_the_language_of_the_reader() -> None:
    files = [file for ending in ("html", "txt", "xml") for file in (HOUSE / "templates").rglob(f"*.{ending}")]
    assert [
        file.name
        for file in files
        if COLON.search(_without_messages(file)) or '" : "' in file.read_text(encoding="utf-8")
    ] == []


@pytest.mark.parametrize(("language", "zero", "one", "two"), [("fr", 0, 0, 1), ("en", 1, 0, 1)])
def test_plural_forms_are_those_of_the_language(language: str, zero: int, one: int, two: int) -> None:
    expression = catalogues.read_catalogue(language).plural_expr
    forms = [int(eval(expression.replace("?", "and").replace(":", "or"), {"n": n})) for n in (0, 1, 2)]
    assert forms == [zero, one, two]


@pytest.mark.parametrize("form", ["L'idée est à 5 %", "« Bonjour » ?", "%(num)s appui", "Quoi ?"])
def test_typesetting_twice_changes_nothing(form: str) -> None:
    assert catalogues.typeset(catalogues.typeset(form)) == catalogues.typeset(form)


def _without_messages(file: Path) -> str:
    return CODE.sub("", file.read_text(encoding="utf-8"))


def _forms(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def _is_translated(message: Message) -> bool:
    return all(_forms(message.string)) and len(_forms(message.string)) == len(_forms(message.id))


def _keeps_placeholders(message: Message) -> bool:
    """Compare each form with the last one of the message: a singular may leave the number out."""
    wants = [set(PLACEHOLDER.findall(form)) for form in _forms(message.id)]
    haves = [set(PLACEHOLDER.findall(form)) for form in _forms(message.string)]
    return all(some == want or some | {"%(num)s"} == want for some, want in zip(haves, wants, strict=False))
