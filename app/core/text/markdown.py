"""Turn the Markdown that people write into HTML that is safe to show, and that HTML into plain text."""

import re
import threading
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise, starmap

from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from app.core.text import plain, sanitize
from app.core.text.escaping import escape

VERSION = 1
QUOTED = 600
_OPTIONS = {"html": False, "linkify": True, "xhtmlOut": False, "breaks": True, "maxNesting": 30}
# 20 kB of Markdown can ask for 65 000 empty cells, or repeat one long address 5 000 times.
_MOST_CELLS = 5_000
_MOST_ADDRESSES = 100_000
# Bare names become links under these alone: under others, a forgotten space (« fin.Il », « dit.Je ») would.
_DOMAINS = "ca quebec com org net fr info coop edu be ch eu".split()
_TAG = re.compile("<[^>]*>?")
_HERE = re.compile(r"/(?![/\\])|#")
_BLOCKS = frozenset(
    """address article aside blockquote body br caption center dd details dialog div dl dt
    fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol option p pre
    section summary table tbody td tfoot th thead tr ul""".split()
)
# What `to_line` makes of the tags that `render` writes: the edge of a block (a sign that no text has), or a space.
_EDGE = "\x1e"
_BLOCK = re.compile(r"</?(?:p|h[1-6]|ul|ol|li|blockquote|table|thead|tbody|tr|pre|hr)\b[^>]*>")
_GAP = re.compile(r"<(?:br|t[dh])\b[^>]*>")
_TABLE = "<table"
_CLOSING = ")]}»”’'\"*\u00a0\u202f "
_UNREAD = frozenset({"script", "style", "title", "template", "iframe"})

# The link finder keeps its place in itself: it can't be shared between threads.
_local = threading.local()


def render(source: str, *, headings_from: int = 2) -> str:
    """Return the HTML of a Markdown `source`: raw HTML as text, no image, only http, https and mailto links.

    The highest heading of the text becomes h`headings_from` (1 to 6), the others follow down to h6.
    """
    html = _parser().render(plain.clean_text(source), {"headings_from": headings_from})
    return sanitize.sanitize(html)


def to_text(html: str) -> str:
    """Return what is read of `html`, a line for each block. It is text: escape it wherever it is shown."""
    return _read(html, _UNREAD)


def to_prose(html: str) -> str:
    """Return what `to_text` does, without the tables: their cells say nothing one after the other."""
    return _read(html, _UNREAD | {"table"})


def _read(html: str, unread: frozenset[str]) -> str:
    reader = _Reader(unread)
    reader.feed(html)
    reader.close()
    lines = map(plain.one_line, "".join(reader.read).split("\n"))
    return plain.clean_text("\n".join(filter(None, lines)))


def to_words(html: str) -> str:
    """Return the words of HTML that `render` made, quicker than `to_text`: each `<` in it begins a tag."""
    return unescape(_TAG.sub(" ", html))


def to_line(html: str, *, tables: bool = True) -> str:
    """Return what HTML that `render` made says, on one line: a sign ends each block that has none."""
    parted = _GAP.sub(" ", _BLOCK.sub(_EDGE, html if tables else _drop_tables(html)))
    blocks = [plain.one_line(block) for block in unescape(_TAG.sub("", parted)).split(_EDGE)]
    return " ".join(starmap(_end, pairwise([*filter(None, blocks), ""])))


def _drop_tables(html: str) -> str:
    """Return HTML that `render` made without its tables, which hold no other."""
    before, *others = html.split(_TABLE)
    return before + "".join(_EDGE + one.partition("</table>")[2] for one in others)


def _end(block: str, after: str) -> str:
    """Return a block with the sign that parts it from the next one (no text after the last), where it has none."""
    last = block.rstrip(_CLOSING)[-1:]
    if not after or not (last.isalnum() or last in tuple("%$°")):
        return block
    return block + (";" if after[0].islower() else ".")


def quote(source: str, author: str) -> str:
    """Return Markdown that quotes the beginning of `source` under its author's name, ready to be answered."""
    text = source.strip()
    if len(text) > QUOTED:
        text = text[: plain.word_end(text, QUOTED)].rstrip() + "…"
    lines = [f"**{escape(plain.clean_line(author))}\u00a0:**", "", *text.split("\n")]
    return "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n"


class _Markdown(MarkdownIt):
    def validateLink(self, url: str) -> bool:
        return sanitize.is_allowed(url)

    def normalizeLinkText(self, url: str) -> str:
        """Show an address as it was typed: decoding it would show what nobody wrote."""
        return url


def _parser() -> MarkdownIt:
    if not hasattr(_local, "parser"):
        parser = _Markdown("commonmark", _OPTIONS)
        parser.enable(["linkify", "strikethrough", "table"]).disable("image")
        # Quadratic on « https://a-https://a-… »; the finder that runs over the finished text is enough.
        parser.inline.ruler.disable("linkify")
        parser.block.ruler.at("table", _small_table, {"alt": ["paragraph", "reference"]})
        parser.linkify = LinkifyIt({"ftp:": None, "//": None}, {"fuzzy_email": False}).tlds(_DOMAINS)
        parser.core.ruler.push("house", _apply_house_rules)
        _local.parser = parser
    return _local.parser


def _small_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    columns = state.src.count("|", state.bMarks[start], state.eMarks[start]) + 1
    return columns * (end - start) <= _MOST_CELLS and table(state, start, end, silent)


def _apply_house_rules(state: StateCore) -> None:
    _shift_headings(state.tokens, state.env["headings_from"])
    length = 0
    for block in state.tokens:
        for token in (block, *(block.children or ())):
            _tidy(token)
            length += sum(len(str(value)) for value in token.attrs.values())
            if length > _MOST_ADDRESSES:
                token.attrs = {}


def _shift_headings(tokens: list[Token], headings_from: int) -> None:
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    shift = headings_from - min((int(token.tag[1]) for token in headings), default=1)
    for token in headings:
        token.tag = f"h{min(6, int(token.tag[1]) + shift)}"


def _tidy(token: Token) -> None:
    # Entities were decoded after the source was cleaned: &#x202e; is a bidi override again.
    token.content = plain.clean_text(token.content)
    token.attrs = {name: value for name, value in token.attrs.items() if name in ("href", "title", "start")}
    if "title" in token.attrs:
        token.attrs["title"] = plain.clean_line(str(token.attrs["title"]))
    if token.type == "table_open":
        # A wide table scrolls by itself: by keyboard too.
        token.attrs["tabindex"] = "0"
    if token.type == "fence":
        token.info = ""
    if token.type == "link_open" and not _HERE.match(str(token.attrs["href"])):
        token.attrs["rel"] = "nofollow ugc noopener"


class _Reader(HTMLParser):
    """Gather the text of a page, with \\n around blocks and a space between cells, but that of the tags `left_out`."""

    def __init__(self, left_out: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.read: list[str] = []
        self.left_out, self.unread = left_out, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unread += tag in self.left_out
        self._separate(tag)

    def handle_endtag(self, tag: str) -> None:
        self.unread = max(0, self.unread - (tag in self.left_out))
        self._separate(tag)

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.read.append(re.sub("[\t\n\r\f]", " ", data))

    def _separate(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.read.append(" ")
        elif tag in _BLOCKS:
            self.read.append("\n")
