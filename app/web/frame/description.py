"""The description of a community or an issue, in the reader's language."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask_babel import get_locale

from app.core.text import markdown
from app.core.text.plain import excerpt, one_line
from app.web.frame.filters import label

SUMMARY, DESCRIPTION = 180, 300
ENDS = (". ", "? ", "! ", "… ")


@dataclass(frozen=True)
class Description:
    """`lang` is set when it is not the page's; `summary` is a line for tiles, `description` one for search engines."""

    html: str
    lang: str | None
    summary: str
    description: str


def get_description(thing: Any) -> Description:
    html, summary, description = _render(label(thing, "description"))
    is_french = get_locale().language == "fr" or bool(thing.description_en)
    return Description(html, None if is_french else "fr", summary, description)


@lru_cache(maxsize=512)
def _render(source: str) -> tuple[str, str, str]:
    html = markdown.render(source)
    plain = markdown.to_line(html)
    return html, _whole_sentences(plain) or excerpt(plain, SUMMARY), excerpt(plain, DESCRIPTION)


def _whole_sentences(plain: str) -> str:
    """Return the first sentences that fit, so that a tile does not end in the middle of one; else nothing."""
    line = one_line(plain)
    return line if len(line) <= SUMMARY else line[: max(line.rfind(mark, 0, SUMMARY) for mark in ENDS) + 1]
