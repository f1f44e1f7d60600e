"""The 652 examples of the CommonMark specification: what people type means here what it means everywhere, but for these."""

import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from app.core.text import markdown

pytestmark = pytest.mark.usefixtures("wall")
EXAMPLES = json.loads((Path(__file__).parents[1] / "data" / "commonmark.json").read_text(encoding="utf-8"))
# Raw HTML is shown as it was typed.
RAW_HTML = {
    21,
    31,
    *range(148, 192),
    201,
    308,
    309,
    344,
    475,
    476,
    477,
    491,
    494,
    524,
    536,
    *range(613, 618),
    623,
    *range(625, 632),
    642,
    643,
}
# No picture of another site is fetched: what would be one is text, and a link where it has an address.
IMAGES = {517, 520, 531, *range(572, 590), 591}
# A link leads to http, https, mailto or a place here.
SCHEMES = {500, 596, 598, 599, 601}
# A bare address is a link.
BARE = {602, 608, 611}
# The title of a link is one line.
TITLES = {196}
BLOCKS = frozenset("blockquote h1 h2 h3 h4 h5 h6 hr li ol p pre ul".split())
Part = tuple[str, ...]
END: Part = ("end", "p")


class _Parts(HTMLParser):
    """Read a page as a list of tags and texts, without what we add (`rel`) and what we leave out (a language of code)."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[Part] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = sorted(f"{name}={value}" for name, value in attrs if name not in ("rel", "class"))
        self.parts.append(("start", tag, *attributes))

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("br", "hr", "img"):
            self.parts.append(("end", tag))

    def handle_data(self, data: str) -> None:
        if self.parts and self.parts[-1][0] == "text":
            data = self.parts.pop()[1] + data
        self.parts.append(("text", data))


def read_meaning(html: str) -> list[Part]:
    """Return what a page means: the spaces around blocks say nothing, and the highest heading of a text is its first."""
    reader = _Parts()
    reader.feed(html)
    reader.close()
    parts, in_code = [], False
    for before, part in pairwise([END, *reader.parts]):
        in_code = part[0] == "start" if part[1:] == ("pre",) and part[0] != "text" else in_code
        parts.append(part if part[0] != "text" or in_code else _strip_start(part[1], before))
    levels = [int(part[1][1]) for part in parts if re.fullmatch("h[1-6]", part[1])]
    shift = min(levels, default=1) - 1
    return [
        _raise_heading(_strip_end(part, after), shift)
        for part, after in pairwise([*parts, END])
        if part[1] or part[0] != "text"
    ]


def _strip_start(text: str, before: Part) -> Part:
    return "text", text.lstrip() if before[1] in BLOCKS or before[:2] == ("start", "br") else text


def _strip_end(part: Part, after: Part) -> Part:
    return ("text", part[1].rstrip()) if part[0] == "text" and after[1] in BLOCKS else part


def _raise_heading(part: Part, shift: int) -> Part:
    is_heading = part[0] != "text" and re.fullmatch("h[1-6]", part[1])
    return (part[0], f"h{int(part[1][1]) - shift}", *part[2:]) if is_heading else part


def test_what_is_typed_means_what_commonmark_says_but_for_what_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line that ends is a new line here, for people who write verse and addresses; the examples are read without it."""
    monkeypatch.setitem(markdown._parser().options, "breaks", False)
    other = {number for number, example in enumerate(EXAMPLES, 1) if differs(example)}
    assert len(EXAMPLES) == 652 and other == RAW_HTML | IMAGES | SCHEMES | BARE | TITLES


def differs(example: dict[str, Any]) -> bool:
    return read_meaning(markdown.render(example["markdown"], headings_from=1)) != read_meaning(example["html"])


def test_a_line_that_ends_is_a_new_line() -> None:
    assert markdown.render("un\ndeux") == "<p>un<br>\ndeux</p>\n"
