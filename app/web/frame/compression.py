"""How answers are compressed: by what the reader's program takes, as the standard has it (RFC 9110, 12.5.3)."""

from functools import lru_cache

from flask import Flask, request
from flask_compress import Compress
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from app.web.frame import cacheable

# The better first.
CODINGS = ("br", "gzip")
# The kinds of answers that are words: those which a cache keeps, and those of one reader or of a program.
KINDS = (*cacheable.KINDS, "text/plain", "application/json", "application/manifest+json", "image/svg+xml")


def init_app(app: Flask) -> None:
    app.config.update(
        COMPRESS_STREAMS=False,
        COMPRESS_MIMETYPES=list(KINDS),
        COMPRESS_ALGORITHM=list(CODINGS),
        # A level of 5 sends a tenth less, and takes more than twice the time.
        COMPRESS_BR_LEVEL=3,
        COMPRESS_EVALUATE_CONDITIONAL_REQUEST=False,
    )
    app.before_request(_say_plainly)
    Compress(app)


def _say_plainly() -> None:
    """Name one coding or none: the library takes `br;q=0` for a wish."""
    request.environ["HTTP_ACCEPT_ENCODING"] = choose(request.environ.get("HTTP_ACCEPT_ENCODING", ""))


@lru_cache(maxsize=1024)
def choose(header: str) -> str:
    """Return the coding of an answer to a request with this Accept-Encoding; nothing for an answer as it is."""
    accepted = parse_accept_header(header, Accept)
    best = max(CODINGS, key=accepted.quality)
    as_it_is = max((quality for coding, quality in accepted if coding.lower() == "identity"), default=0)
    return best if accepted.quality(best) > as_it_is or 0 < accepted.quality(best) == as_it_is else ""
