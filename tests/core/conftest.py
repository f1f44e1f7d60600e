"""The wall behind the renderer of Markdown: the one that stands, and the one that would stand in for it."""

from collections.abc import Iterator
from html import unescape

import nh3
import pytest

from app.core.text import sanitize
from app.core.text.sanitize import ATTRIBUTES, SCHEMES, TAGS, is_allowed

# By itself it lets each tag have `lang` and `title`.
ALLOWED: dict[str, set[str]] = {"*": set(), **{tag: set(names) for tag, names in ATTRIBUTES.items()}}


def sanitize_with_nh3(html: str) -> str:
    """Return `html` with only the allowed tags, attributes and schemes; the text of what is dropped stays."""
    return nh3.clean(
        html,
        tags=set(TAGS),
        attributes=ALLOWED,
        attribute_filter=_kept,
        clean_content_tags=set(),
        url_schemes=set(SCHEMES),
        link_rel=None,
    )


def _kept(_tag: str, name: str, value: str) -> str | None:
    """Return the value that an attribute has, None for one that is dropped."""
    if name == "tabindex" and value != "0":
        return None
    return value if name != "href" or is_allowed(unescape(value)) else None


@pytest.fixture(scope="module", params=["bleach", "nh3"])
def wall(request: pytest.FixtureRequest) -> Iterator[str]:
    """Name the library that sanitizes meanwhile; of the whole module, so that examples may be drawn under it."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "nh3":
            patch.setattr(sanitize, "sanitize", sanitize_with_nh3)
        yield str(request.param)
