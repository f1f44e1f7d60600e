"""What a request asks for, as the application would read it: two that ask for the same are given the same page."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header
from werkzeug.sansio.http import parse_cookie

from app.web.frame import compression
from app.web.frame.cacheable import COOKIES
from app.web.frame.locale import LANGUAGES, THEMES

# In characters: an address, or a header, that is longer is the application's alone.
LONGEST, LONGEST_HEADER = 2000, 400
# Files, which are kept by whoever asks for them and not here.
PICTURE, STATIC = ".png", "/static/"
# Where a machine asks whether the process is alive.
ALIVE = "/healthz"
# By these the application may know a person, or answer with something else than the whole page.
UNUSUAL = frozenset(("HTTP_AUTHORIZATION", "HTTP_AUTHENTICATION_TOKEN", "HTTP_IF_MATCH", "HTTP_RANGE"))


class Key(NamedTuple):
    """What an answer depends on, besides the content; `coding` is that of its body, or nothing."""

    host: str
    scheme: str
    path: str
    query: str
    language: str
    theme: str
    coding: str
    is_htmx: bool


def is_free(path: str) -> bool:
    """Tell whether an address is answered from memory, whatever becomes of the database."""
    return path == ALIVE or path.startswith(STATIC)


def find_key(environ: Mapping[str, Any]) -> Key | None:
    """Return what a request asks for; None where that is an act, a file, or something for one person."""
    path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or is_free(path) or path.endswith(PICTURE):
        return None
    if len(path) + len(query) > LONGEST or not UNUSUAL.isdisjoint(environ):
        return None
    choices = _read_cookies(environ.get("HTTP_COOKIE", ""))
    languages, codings = environ.get("HTTP_ACCEPT_LANGUAGE", ""), environ.get("HTTP_ACCEPT_ENCODING", "")
    if choices is None or len(languages) > LONGEST_HEADER or len(codings) > LONGEST_HEADER:
        return None
    lang, theme = choices
    return Key(
        environ.get("HTTP_HOST", ""),
        environ["wsgi.url_scheme"],
        path,
        query,
        lang or _best_language(languages),
        theme,
        compression.choose(codings),
        environ.get("HTTP_HX_REQUEST") == "true",
    )


def _read_cookies(header: str) -> tuple[str, str] | None:
    """Return the language and the theme that cookies ask for, as `locale` reads them; None if there is another one."""
    if not header:
        return "", "auto"
    cookies = parse_cookie(header)
    if not cookies.keys() <= COOKIES:
        return None
    lang, theme = cookies.get("lang", ""), cookies.get("theme", "")
    return lang if lang in LANGUAGES else "", theme if theme in THEMES else "auto"


@lru_cache(maxsize=1024)
def _best_language(header: str) -> str:
    return parse_accept_header(header, LanguageAccept).best_match(LANGUAGES, "fr")
