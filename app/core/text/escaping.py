"""Write any text in Markdown so that it is read as that same text."""

import re

_URL = r"https?://[^\s<>]*[^\s<>.,;:!?)\]}'\"»…*_~`\\]"
_MARK = r"(?P<word>(?<=[^\W_])_+(?=[^\W_]))|[\\`*_~\[]|<(?=[a-zA-Z/!?])|&(?=\#?\w{1,32};)"
_IN_TEXT = re.compile(f"(?P<url>{_URL})|{_MARK}")
_IN_LINK = re.compile(rf"{_MARK}|\]")
# What would open a block: a list, a heading, a quotation, a rule, a line under a title, a table.
_LINE_START = re.compile(
    r"(\s*)(?:(\d{1,9})(?=[.)](?:\s|\Z))|(?=-(?:[-\s|:]|\Z)|\+(?:\s|\Z)|\#{1,6}(?:\s|\Z)|:-|[>=|]))"
)


def escape(text: str) -> str:
    """Return Markdown for one line of text; web addresses stay bare, so that they become links."""
    return _LINE_START.sub(_escape_start, _IN_TEXT.sub(_escape_mark, text), count=1)


def escape_in_link(text: str) -> str:
    """Return Markdown for what stands between the [ ] of a link, where no other link may."""
    return _LINE_START.sub(_escape_start, _IN_LINK.sub(_escape_mark, text), count=1)


def _escape_start(found: re.Match[str]) -> str:
    return found[0] + "\\" if found.start() == 0 else found[0]


def _escape_mark(found: re.Match[str]) -> str:
    kinds = found.groupdict()
    if kinds["word"]:
        return found[0]
    url = kinds.get("url")
    if url:
        # The ; that may follow would make an entity of a last parameter such as &lt.
        return url if _IN_LINK.sub(_escape_mark, url + ";") == url + ";" else f"<{url}>"
    return "\\" + found[0]
