"""Turn the HTML and the plain texts of other platforms into Markdown, without losing a word."""

import re
from collections import deque
from collections.abc import Iterable
from urllib.parse import quote

from bs4 import BeautifulSoup, NavigableString, PageElement, Tag
from markdownify import MarkdownConverter

from app.core.text import markdown, plain
from app.core.text.escaping import escape, escape_in_link
from app.exchange import html_tree

_SIGNS = {"strong": "**", "em": "*", "s": "~~"}
_TYPED_BREAK = re.compile(r"</?br\s*/?>[ \t]*\n?", re.IGNORECASE)
# A line break until its place is known: whitespace for Python, and never in a cleaned text. It is written
# as two spaces, since a backslash may be read as the end of an address before it.
_BREAK = "\x1f\n"
_LOST_BREAK = re.compile(r"\x1f(?=\n[> ]*(?:\n|- |\d+\. |#+ |```|\*\*\*$)|\n?\Z)", re.MULTILINE)
_STARTING_SIGNS = re.compile(r"(?:\\.|[^\w\\*~`\[<])+")
_SIGNS_OR_WORDS = re.compile(r"(?P<signs>(?:\\.|[^\w\\>])+)|(?:[\w>]|\\$)+")
_NOT_IN_ADDRESS = re.compile(r"[\s\"()<>\[\\\]^`{|}]|&(?=#?\w+;)")


def to_markdown(html: str) -> str:
    """Return the Markdown whose rendering reads as `html` reads; where form and words conflict, words win.

    What stays: paragraphs, breaks, headings, lists, quotations, rules, code, regular tables, strong, em, s, links
    to http, https and mailto. An image becomes a link to it, named by its alternative text.
    """
    source = html_tree.read_known(html)
    if html_tree.has_too_many(source):
        return text_to_markdown(markdown.to_text(source))
    tree = html_tree.parse(source)
    if html_tree.is_too_deep(tree):
        return text_to_markdown(markdown.to_text(str(tree)))
    html_tree.prune(tree)
    words = _words(str(tree))
    for names in ((), html_tree.MARKS):
        html_tree.unwrap_all(tree, names)
        text = _write(tree)
        if _words(markdown.render(text)) == words:
            return text
    return text_to_markdown(markdown.to_text(str(tree)))


def text_to_markdown(text: str) -> str:
    """Return the Markdown whose rendering shows `text` and its lines; a typed <br> is a new line."""
    lines = [line.strip() for line in _TYPED_BREAK.sub("\n", plain.clean_text(text)).split("\n")]
    paragraphs = re.split(r"\n{2,}", "\n".join(lines).strip())
    return "\n\n".join("  \n".join(map(escape, paragraph.split("\n"))) for paragraph in paragraphs)


def _words(html: str) -> list[str]:
    return markdown.to_text(html).split()


def _write(tree: BeautifulSoup) -> str:
    text = _Writer(wrap=True, wrap_width=None, heading_style="atx", bullets="-").convert_soup(tree)
    return plain.clean_text(_LOST_BREAK.sub("", text).replace(_BREAK, "  \n")).strip()


class _Writer(MarkdownConverter):
    """Write a reduced tree; what differs from markdownify keeps the text exact whatever stands around it."""

    def escape(self, text: str, parent_tags: set[str]) -> str:
        return escape_in_link(text) if "a" in parent_tags else escape(text)

    def convert_div(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"\n\n{text.strip()}\n\n" if text.strip() else "\n\n"

    convert_p = convert_div

    def convert_blockquote(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        lines = text.strip().split("\n")
        return "\n\n" + "\n".join(f"> {line}".rstrip(" ") for line in lines) + "\n\n"

    def convert_list(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        tight = "li" in parent_tags and el.get("start", "1") == "1"
        return ("\n" if tight else "\n\n") + text.strip() + "\n\n"

    convert_ul = convert_ol = convert_list

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: set[str]) -> str:
        title = " ".join(text.split())
        if title.endswith("#"):
            title = title[:-1] + "\\#"
        return f"\n\n{'#' * n} {title}\n\n" if title else ""

    def convert_hr(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return "\n\n***\n\n"

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "pre" in parent_tags:
            return "\n"
        return " " if {"_noformat", "_inline"} & parent_tags else _BREAK

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        fence = max(["``", *re.findall("`+", text)], key=len) + "`"
        body = text.strip("\n")
        return f"\n\n{fence}\n{body}\n{fence}\n\n" if body.strip() else ""

    def convert_code(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        before, body, after = _edges(text)
        if "_noformat" in parent_tags or not body:
            return text
        fence = max(["", *re.findall("`+", body)], key=len) + "`"
        space = " " if "`" in body else ""
        return f"{before}{fence}{space}{body}{space}{fence}{after}"

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        before, body, after = _edges(text)
        href = _NOT_IN_ADDRESS.sub(_encode, str(el["href"]))
        if "_noformat" in parent_tags or not body:
            return text
        if el.get_text().strip() == href and "&" not in href:
            return f"{before}<{href}>{after}"
        return f"{before}[{body}]({href}){after}"

    def convert_strong(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "_noformat" in parent_tags or not text.strip():
            return text
        before, body, after = _edges(text)
        start, end = _signs_outside(el, body, before, after)
        if start is None or end is None or start >= end:
            return text
        sign = _SIGNS[el.name]
        return f"{before}{body[:start]}{sign}{body[start:end]}{sign}{body[end:]}{after}"

    convert_em = convert_s = convert_strong


def _encode(match: re.Match[str]) -> str:
    return "&amp;" if match[0] == "&" else quote(match[0], safe="")


def _edges(text: str) -> tuple[str, str, str]:
    body = text.strip()
    start = text.find(body)
    return text[:start], body, text[start + len(body) :]


def _signs_outside(el: Tag, body: str, before: str, after: str) -> tuple[int | None, int | None]:
    """Return where a mark may open and close in `body`; None where it can't.

    Between a letter and a sign (« mot**(** »), CommonMark reads no mark: the signs are left outside.
    """
    start: int | None = 0
    end: int | None = len(body)
    if not before and not body[0].isalnum() and _touches(el.previous_elements, -1):
        start = _span(_STARTING_SIGNS.match(body), el.contents[0], 1)
    if not after and not body[-1].isalnum() and _touches(list(el.descendants)[-1].next_elements, 0):
        end = _span(_ending_signs(body), el.contents[-1], 0)
    return start, end


def _ending_signs(body: str) -> re.Match[str] | None:
    """Return the signs at the end of a text, read from its start: a backslash goes with the sign after it."""
    last = next(iter(deque(_SIGNS_OR_WORDS.finditer(body), maxlen=1)), None)
    return last if last and last["signs"] and last.end() == len(body) else None


def _span(signs: re.Match[str] | None, edge: PageElement, side: int) -> int | None:
    return signs.span()[side] if signs and isinstance(edge, NavigableString) else None


def _touches(nodes: Iterable[PageElement], end: int) -> bool:
    """Tell whether the nearest text on that side, in the same line, comes without a space."""
    for node in nodes:
        if isinstance(node, NavigableString) and node:
            return not node[end].isspace()
        if isinstance(node, Tag) and node.name in html_tree.BLOCKS | {"br"}:
            return False
    return False
