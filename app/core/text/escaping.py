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
    return _escape_start(_IN_TEXT.sub(_escape_mark, text))


def escape_in_link(text: str) -> str:
    """Return Markdown for what stands between the [ ] of a link, where no other link may."""
    return _escape_start(_IN_LINK.sub(_escape_mark, text))


def _escape_start(line: str) -> str:
    found = _LINE_START.match(line)
    return f"{found[0]}\\{line[found.end() :]}" if found else line


def _escape_mark(found: re.Match[str]) -> str:
    kinds = found.groupdict()
    if kinds["word"]:
        return found[0]
    url = kinds.get("url")
    if url:
        # The ; that may follow would make an entity of a last parameter such as &lt.
        return url if _IN_LINK.sub(_escape_mark, url + ";") == url + ";" else f"<{url}>"
    return "\\" + found[0]
