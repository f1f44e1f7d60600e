"""The style sheets: one declaration a line, and no class that no page has."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.comments.models import INTENTS
from app.comments.queries.tree import DEEPEST
from app.communities.models import COLOURS
from app.reference import shapes
from app.web.frame import charts, plan_words, stations, team_words
from app.web.journey import step_views
from tests.support.templates import Source, arguments, sources, texts_in

HOUSE = Path(__file__).parent.parent
SHEETS = sorted((HOUSE / "static").rglob("*.css"))
CONTROLS = HOUSE / "app" / "web" / "frame" / "controls.py"
SCRIPTS = sorted((HOUSE / "static" / "js").rglob("*.js"))
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
CLASS = re.compile(r"\.(-?[a-zA-Z_][\w-]*)")
WORD = re.compile(r"(?<![\w-])[a-zA-Z][\w-]*")
TEXT = re.compile(r"'([^']*)'|\"([^\"]*)\"|`([^`]*)`")
# htmx puts it on what waits for an answer.
OF_HTMX = {"htmx-request"}
# What a caller gives for one of these parameters of a macro follows `is-`.
LOOKS = {
    ("notice", "kind"),
    ("way", "look"),
    ("face", "size"),
    ("panel", "look"),
    ("button", "look"),
    ("link_button", "look"),
    ("post_button", "look"),
}


def test_a_line_of_style_holds_one_declaration_or_one_selector() -> None:
    """A block opens at the end of a line and closes alone on one: a change of one thing is one line of a diff."""
    whole = re.compile(r"\s*(?:\}|[^{};]*[{;]?)$")
    crowded_lines = [
        f"{sheet.name}: {line}" for sheet in SHEETS for line in _bare(sheet).splitlines() if not whole.match(line)
    ]
    assert crowded_lines == []
    assert [sheet.name for sheet in SHEETS if max(map(len, sheet.read_text().splitlines())) > 120] == []


def test_the_dark_theme_is_the_same_whether_it_is_chosen_or_that_of_the_device() -> None:
    """The browser looks at the one that is chosen."""
    blocks = re.findall(
        r"\{\s*color-scheme: dark;([^}]*)\}", (HOUSE / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
    )
    assert len(blocks) == 2 and blocks[0].split() == blocks[1].split()


def test_classes_that_a_sheet_wants_are_together_on_something() -> None:
    """`.tiles.is-large` is dead when only an avatar is large."""
    elements, toggles = _elements(), _of_scripts() | OF_HTMX
    compounds = {(sheet.name, frozenset(CLASS.findall(compound))) for sheet in SHEETS for compound in _compounds(sheet)}
    assert [
        (sheet, sorted(classes))
        for sheet, classes in sorted(compounds, key=str)
        if not any(classes - toggles <= element for element in elements)
    ] == []


def test_each_prefix_of_a_composed_class_is_known_here() -> None:
    """`class="c-{{ colour }}"`: what follows the prefix is a code of the application, never any word at all."""
    prefixes = {
        word for source in sources() for words_of in _classes(source) for word in words_of if word.endswith("-")
    }
    assert prefixes == set(_codes_by_prefix())


@pytest.mark.one_engine
def test_the_region_of_flashes_is_empty_when_there_is_none(app: Flask) -> None:
    """Its margin and the behaviour of the focus ask `:empty`, which a single space is not."""
    with app.test_request_context("/"):
        notices: Any = app.jinja_env.get_template("components/notice.html").make_module()
        region = notices.flashes([])
    assert re.fullmatch(r"<div[^>]*></div>", region)


def _bare(sheet: Path) -> str:
    """Read a sheet without its comments, and without what it says between quotes."""
    return re.sub(r'"[^"]*"', '""', COMMENT.sub("", sheet.read_text()))


def _compounds(sheet: Path) -> Iterator[str]:
    """Cut selectors at their combinators: `.a > .b.c:not(.d)` asks for an a, for one thing that is b and c, and for a d."""
    preludes = re.findall(r"([^{};]+)\{", _bare(sheet))
    for prelude in preludes:
        if not prelude.strip().startswith("@"):
            yield from re.split(r"[\s,>+~()]+", prelude)


@cache
def _elements() -> list[set[str]]:
    """List the classes that each class attribute of a template may hold."""
    of_templates = [words_of for source in sources() for words_of in _classes(source)]
    of_controls = [WORD.findall("".join(text)) for text in TEXT.findall(CONTROLS.read_text())]
    return [{code for word in words_of for code in _codes(word)} for words_of in of_templates + of_controls]


def _codes(word: str) -> set[str]:
    return {word + code for code in _codes_by_prefix()[word]} if word.endswith("-") else {word}


def _classes(source: Source) -> Iterator[list[str]]:
    """Collect the words of each class attribute, those in the texts of its expressions too: `{{ ' is-end' if … }}`."""
    for attribute in re.findall(r'class="((?:\{\{.*?\}\}|\{%.*?%\}|[^"{])*)"', source.text):
        outside = re.sub(r"\{[{%].*?[%}]\}", "\0", attribute).replace("\0", " ")
        inside = " ".join("".join(text) for text in TEXT.findall(" ".join(re.findall(r"\{[{%](.*?)[%}]\}", attribute))))
        yield WORD.findall(f"{outside} {inside}")
    yield from (
        ["main", *WORD.findall(block)] for block in re.findall(r"\{% block page_class %\}([^{]*)\{%", source.text)
    )


def _of_scripts() -> set[str]:
    """Collect every word that a behaviour writes: it may be a class that it puts or looks for."""
    return {
        word for script in SCRIPTS for text in TEXT.findall(script.read_text()) for word in WORD.findall("".join(text))
    }


@cache
def _codes_by_prefix() -> dict[str, set[str]]:
    """Say which codes follow the prefix of a composed class."""
    depths = {str(depth) for depth in range(DEEPEST + 1)}
    states = {*team_words.CASE_STATES, *team_words.APPEAL_STATES, *plan_words.STATES, *stations.STATES}
    drawn = {*charts.LOOKS, *charts.LINES, *shapes.KINDS}
    return {"c-": set(COLOURS), "depth-": depths, "is-": {*states, *INTENTS, *step_views.LOOKS, *drawn, *_looks()}}


def _looks() -> set[str]:
    """Collect the looks that the callers of a macro ask for."""
    macros = {name: macro for source in sources() for name, macro in source.macros.items()}
    values = [
        argument
        for source in sources()
        for call in source.calls
        if call.node.name in macros
        for parameter, argument in arguments(macros[call.node.name], call).items()
        if (call.node.name, parameter) in LOOKS
    ]
    return {text for argument in values for text in texts_in(argument)}
