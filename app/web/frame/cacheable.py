"""Which answers may be given again to whoever asks alike: those that every reader without an account would be given."""

from collections.abc import MutableMapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from flask import Flask, Response, current_app, g, request, session
from flask_login import current_user

# Where the page cache puts a ticket, for the answer to say on it that it may be kept.
TICKET = "reflexe.ticket"
# What such a reader may send along: their choices of language and theme.
COOKIES = {"lang", "theme"}
KINDS = (
    "text/html",
    "text/calendar",
    "text/csv",
    "application/xml",
    "application/atom+xml",
    "application/rss+xml",
    "application/geo+json",
)
HEADERS = ("Cache-Control", "Set-Cookie", "Content-Encoding", "Location", "Refresh")
# Set on a request whose page is not to be given again: it is one person's, the database is away, or a part is missing.
PERSONAL = ("csrf_token", "holds_token", "is_nobody", "lacks_part")


@dataclass
class Ticket:
    """What the page cache asks of an answer: the `endpoint` of its page, or "" where it may not be kept."""

    endpoint: str = ""


def init_app(app: Flask) -> None:
    """Mark such answers; call it after whatever compresses them, so that it comes before."""
    app.after_request(_mark)


def _mark(response: Response) -> Response:
    """Give the answer a tag, by which a browser asks whether it changed; tell the page cache that it may keep it."""
    if not (_is_of_everybody() and _is_plain(response)):
        return response
    response.set_etag(blake2b(response.get_data(), digest_size=12).hexdigest(), weak=True)
    if request.if_none_match:
        response.make_conditional(request)
        del response.headers["Date"]
    environ: MutableMapping[str, Any] = request.environ
    if TICKET in environ:
        environ[TICKET].endpoint = request.endpoint
    return response


def _is_of_everybody() -> bool:
    """Tell whether the page was made for any reader without an account: it could know nothing of this one."""
    view = current_app.view_functions.get(request.endpoint or "")
    return (
        request.method in ("GET", "HEAD")
        and hasattr(view, "permission")
        and not getattr(view, "needs_account", True)
        and request.cookies.keys() <= COOKIES
        and not session
        and not session.modified
        and not any(name in g for name in PERSONAL)
        and not current_user.is_authenticated
    )


def _is_plain(response: Response) -> bool:
    return (
        response.status_code == 200
        and response.mimetype in KINDS
        and not response.is_streamed
        and not any(name in response.headers for name in HEADERS)
    )
