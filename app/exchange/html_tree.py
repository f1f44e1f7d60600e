"""Parse the HTML of other platforms and reduce it to the elements that Markdown can say."""

import re
from collections.abc import Collection, Iterator

from bs4 import BeautifulSoup, NavigableString, Tag

from app.core.text import plain

MARKS = ("strong", "em", "s")
_SYNONYMS = {"b": "strong", "i": "em", "strike": "s", "del": "s", "kbd": "code", "samp": "code", "tt": "code"}
_MAX_DEPTH, _TOO_DEEP, _MOST_TAGS = 24, 200, 4_000
_HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
_TABLE = {"table", "thead", "tbody", "tfoot", "tr", "td", "th"}
_DROPPED = set("canvas head iframe math noembed noframes script style svg template title".split())
_KEPT_BLOCKS = {*_HEADINGS, "blockquote", "div", "hr", "li", "ol", "p", "pre", "ul"}
_OTHER_BLOCKS = """address article aside caption center dd details dialog dl dt fieldset figcaption figure
    footer form header legend main nav option section summary"""
_INLINE = """abbr acronym area audio base basefont bdi bdo big body button cite col colgroup data datalist
    dfn embed font html input ins label link map mark meta meter nobr noscript object optgroup output param
    picture progress q rp rt ruby select small source span sub sup textarea time track u var video wbr"""
BLOCKS = _KEPT_BLOCKS | _TABLE | set(_OTHER_BLOCKS.split())
_KEPT = _KEPT_BLOCKS | _TABLE | {*MARKS, "a", "br", "code", "img"}
_KNOWN = "|".join(sorted(BLOCKS | _DROPPED | _KEPT | set(_SYNONYMS) | set(_INLINE.split())))
# Office suites write <o:p>; what else has no known name was typed by a person, as <nom> or <3.
_NOT_A_TAG = re.compile(rf"<(?!/?(?:(?:{_KNOWN})(?=[\s/>])|[a-z]+:[a-z]))", re.IGNORECASE)
_DECLARATION = re.compile(r"<!(?:doctype|\[)[^<>]*>", re.IGNORECASE)
# What begins no entity: reading it as one is slow, or fails on the number of no sign.
_BARE = re.compile(r"&(?!#[0-9]{1,9}(?![0-9])|#[xX][0-9a-fA-F]{1,8}(?![0-9a-fA-F])|[a-zA-Z])")
_CLOSING_BREAK = re.compile(r"</br\s*/?>", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)


def read_known(html: str) -> str:
    """Return the HTML that is left once what is no known element is text, and what a browser never shows is gone."""
    visible_html = "".join(_DECLARATION.sub("", piece) for piece in _outside_comments(html))
    visible_html = _BARE.sub("&amp;", _CLOSING_BREAK.sub("<br>", visible_html))
    return _NOT_A_TAG.sub("&lt;", visible_html)


def _outside_comments(html: str) -> Iterator[str]:
    """Yield what stands around comments; one that nothing closes is a text, as all that follows."""
    place = 0
    while (start := html.find("<!--", place)) >= 0 and (end := html.find("-->", start + 4)) >= 0:
        yield html[place:start]
        place = end + 3
    yield html[place:]


def has_too_many(html: str) -> bool:
    """Tell whether there are more tags than a person writes: the time to prune grows as the square of their number."""
    return html.count("<") > _MOST_TAGS


def parse(html: str) -> BeautifulSoup:
    """Return the tree of what `read_known` left."""
    # The newline tells Beautiful Soup that a lone address is a text, not a page to fetch.
    tree = BeautifulSoup(html + "\n", "html.parser")
    for tag in tree.find_all(_DROPPED):
        tag.decompose()
    return tree


def is_too_deep(tree: BeautifulSoup) -> bool:
    """Tell whether elements are nested as no person does: the time to prune grows as the square of the depth."""
    return max(_depths(tree).values()) > _TOO_DEEP


def prune(tree: BeautifulSoup) -> None:
    """Leave in `tree` known elements, absolute links, regular tables and clean text; no word is lost."""
    _rename(tree)
    _limit_depth(tree)
    _keep_links(tree)
    _keep_tables(tree)
    _flatten(tree)
    _join_marks(tree)
    tree.smooth()
    for text in tree.find_all(string=True):
        text.replace_with(_clean(text))


def _clean(text: NavigableString) -> str:
    clean = plain.clean_text(text)
    before = text.previous_sibling
    after_break = isinstance(before, Tag) and before.name == "br"
    return clean.lstrip(" \t\n") if after_break and not text.find_parent("pre") else clean


def unwrap_all(tree: BeautifulSoup, names: Collection[str]) -> None:
    """Take the elements of these names away from around their content."""
    for tag in tree.find_all(list(names)) if names else ():
        tag.unwrap()
    tree.smooth()


def _rename(tree: BeautifulSoup) -> None:
    for tag in tree.find_all(True):
        tag.name = _SYNONYMS.get(tag.name, tag.name)
        if tag.name in BLOCKS - _KEPT:
            tag.name = "div"
        elif tag.name not in _KEPT:
            tag.unwrap()


def _limit_depth(tree: BeautifulSoup) -> None:
    """Dissolve the elements that are deeper than the renderer and the stack may go."""
    depths = _depths(tree)
    for tag in tree.find_all(True):
        if depths[id(tag)] > _MAX_DEPTH and tag.name != "br":
            _dissolve(tag)


def _depths(tree: BeautifulSoup) -> dict[int, int]:
    depths = {id(tree): 0}
    for tag in tree.find_all(True):
        depths[id(tag)] = depths[id(tag.parent)] + 1
    return depths


def _dissolve(tag: Tag) -> None:
    tag.insert_before(" ")
    tag.insert_after(" ")
    tag.unwrap()


def _keep_links(tree: BeautifulSoup) -> None:
    for image in tree.find_all("img"):
        source = plain.clean_line(str(image.get("src", "")))
        image.string = plain.clean_line(str(image.get("alt", ""))) or source * bool(_ADDRESS.match(source))
        image.name, image["href"] = "a", source
    for tag in tree.find_all(True):
        attributes = _useful_attributes(tag)
        tag.attrs = {**attributes}
        if tag.name == "a" and (tag.find_parent("a") or not _ADDRESS.match(attributes["href"])):
            tag.unwrap()


def _useful_attributes(tag: Tag) -> dict[str, str]:
    if tag.name == "a":
        return {"href": plain.clean_line(str(tag.get("href", "")))}
    start = str(tag.get("start", ""))
    return {"start": start} if tag.name == "ol" and re.fullmatch("[0-9]{1,6}", start) else {}


def _keep_tables(tree: BeautifulSoup) -> None:
    """Keep the regular tables; the rows of the others become paragraphs."""
    for table in tree.find_all("table"):
        rows = [row.find_all(["td", "th"]) for row in table.find_all("tr")]
        blocks = table.find_all([*_KEPT_BLOCKS, "table", "br"])
        if not rows or not rows[0] or len(set(map(len, rows))) > 1 or blocks or "|" in table.get_text():
            table.name = "div"
    for tag in tree.find_all(_TABLE - {"table"}):
        if not tag.find_parent("table"):
            tag.name = "div" if tag.name == "tr" else tag.name
            if tag.name != "div":
                _dissolve(tag)


def _flatten(tree: BeautifulSoup) -> None:
    """Leave only text and marks in titles, links and code; no mark around blocks."""
    for tag in tree.find_all([*_HEADINGS, "a", "pre"]):
        for block in tag.find_all(BLOCKS):
            _dissolve(block)
    for tag in tree.find_all([*MARKS, "code"]):
        if tag.find(BLOCKS):
            tag.unwrap()


def _join_marks(tree: BeautifulSoup) -> None:
    """Make one mark of two that touch, or that are one in the other; drop those around nothing."""
    for tag in tree.find_all([*MARKS, "a", "code"]):
        if not tag.get_text(strip=True) or tag.find_parent(tag.name):
            tag.unwrap()
    for tag in tree.find_all([*MARKS, "code"]):
        while isinstance(tag.next_sibling, Tag) and tag.next_sibling.name == tag.name:
            tag.extend(list(tag.next_sibling.extract().contents))
