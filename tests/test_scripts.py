"""The behaviours: one statement a line, and each looks for what a page has."""

import re
from pathlib import Path

from tests.support.templates import sources

HOUSE = Path(__file__).parent.parent
BEHAVIOURS = sorted((HOUSE / "static" / "js" / "behaviours").glob("*.js"))
STYLES = "".join(sheet.read_text() for sheet in (HOUSE / "static" / "css").rglob("*.css"))
PAGES = "".join(source.text for source in sources())
COMMENT = re.compile(r"//.*|/\*.*?\*/")
TEXT = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`")
MARK = re.compile(r"data-[a-z][a-z-]*")
SHORT_BODY = re.compile(r"\{ [^{};]*; \}")


def test_a_behaviour_fits_in_90_lines_of_120_characters() -> None:
    assert [file.name for file in BEHAVIOURS if file.read_text().count("\n") > 90] == []
    assert [file.name for file in BEHAVIOURS if max(map(len, file.read_text().splitlines())) > 120] == []


def test_a_line_of_script_holds_one_statement() -> None:
    """A function of one statement may stand on the line that hands it over: `() => { box.open = true; }`."""
    crowded_lines = [
        f"{file.name}: {line}"
        for file in BEHAVIOURS
        for line in _code(file).splitlines()
        if SHORT_BODY.sub("", TEXT.sub("", line)).count(";") > 1
    ]
    assert crowded_lines == []


def test_each_behaviour_looks_for_what_a_page_has() -> None:
    """A mark that a behaviour asks for stands in a template, or another line of a behaviour puts it."""
    wants = {file.name: _marks(file) | _readings(file) for file in BEHAVIOURS}
    additions = {mark for file in BEHAVIOURS for mark in _additions(file)}
    marks_there = set(MARK.findall(PAGES)) | additions
    assert {name: sorted(marks - marks_there) for name, marks in wants.items() if marks - marks_there} == {}
    ids = {found for file in BEHAVIOURS for found in re.findall(r"(?:getElementById\(\"|[\"(]#)([a-z-]+)", _code(file))}
    assert sorted(found for found in ids if f'id="{found}"' not in PAGES) == []


def test_each_mark_of_a_page_is_looked_for() -> None:
    uses = {mark for file in BEHAVIOURS for mark in _marks(file) | _words(file)} | set(MARK.findall(STYLES))
    assert sorted(set(MARK.findall(re.sub(r"\{#.*?#\}", "", PAGES, flags=re.DOTALL))) - uses) == []


def _code(file: Path) -> str:
    return COMMENT.sub("", file.read_text())


def _marks(file: Path) -> set[str]:
    """Collect the attributes of the selectors: `form[data-keep]`."""
    return set(re.findall(r"\[(data-[a-z-]+)", _code(file)))


def _readings(file: Path) -> set[str]:
    return {_attribute(name) for name in re.findall(r"dataset\.(\w+)", _code(file))}


def _additions(file: Path) -> set[str]:
    return {_attribute(name) for name in re.findall(r"dataset\.(\w+) = ", _code(file))}


def _words(file: Path) -> set[str]:
    """Collect every word, as the attribute that it would name: `const { limit, one } = counter.dataset`."""
    return {_attribute(name) for name in re.findall(r"\w+", _code(file))}


def _attribute(name: str) -> str:
    return "data-" + re.sub(r"[A-Z]", lambda letter: f"-{letter[0].lower()}", name)
