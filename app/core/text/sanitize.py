"""Keep of an HTML text the few tags that people may write: the second wall, behind the Markdown renderer."""

import re
import threading
from html import unescape

from bleach.sanitizer import Cleaner

TAGS = frozenset(
    "a blockquote br code em h1 h2 h3 h4 h5 h6 hr li ol p pre s strong table tbody td th thead tr ul".split()
)
ATTRIBUTES = {"a": ("href", "rel", "title"), "ol": ("start",), "table": ("tabindex",)}
SCHEMES = frozenset({"http", "https", "mailto"})

_SCHEME = re.compile(r"[^/?#]*?:")
_NOT_IN_ADDRESS = re.compile(r"[\x00-\x20\x7f-\xa0\s]")

# bleach documents its cleaner as unsafe to share between threads.
_local = threading.local()


def sanitize(html: str) -> str:
    """Return `html` with only the allowed tags, attributes and schemes; the text of what is dropped stays."""
    if not hasattr(_local, "cleaner"):
        _local.cleaner = Cleaner(TAGS, _is_kept, SCHEMES, strip=True, strip_comments=True)
    return _local.cleaner.clean(html)


def is_allowed(url: str) -> bool:
    """Tell whether a link may lead to `url`: http, https, mailto, or an address without scheme."""
    scheme = _SCHEME.match(_NOT_IN_ADDRESS.sub("", url))
    return not scheme or scheme[0][:-1].lower() in SCHEMES


def _is_kept(tag: str, name: str, value: str) -> bool:
    # bleach checks schemes too, but takes tel:1 for a host and its port.
    if name == "tabindex" and value != "0":
        return False
    return name in ATTRIBUTES.get(tag, ()) and (name != "href" or is_allowed(unescape(value)))
