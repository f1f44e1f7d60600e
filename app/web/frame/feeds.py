"""Feeds (Atom, RFC 4287): what the public reads of a list or a thread, the newest first, whoever asks."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from flask import Flask, current_app, render_template, request, url_for
from werkzeug.wrappers import Response

from app.core import mail
from app.web.frame import links, locale
from app.web.frame.session import read_as_public

KIND = "application/atom+xml; charset=utf-8"
SIZE = 30
# What a feed says of its last change while it holds nothing.
NEVER = datetime(2026, 1, 1, tzinfo=UTC)
# What XML 1.0 cannot hold, not even escaped (section 2.2).
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class FeedEntry:
    """A thing in a feed: `name` tells it from all others for ever, `html` is what its page shows, `url` that page."""

    name: str
    title: str
    url: str
    author: str
    html: str
    published: datetime
    updated: datetime
    lang: str


@dataclass(frozen=True)
class Feed:
    """A list or a thread, at most `SIZE` entries; `url` is its page, `pairs` the parameters that were read."""

    name: str
    title: str
    url: str
    subtitle: str
    entries: Sequence[FeedEntry]
    pairs: Sequence[tuple[str, str]] = ()

    @property
    def updated(self) -> datetime:
        return max((entry.updated for entry in self.entries), default=NEVER)


def render_feed(read: Callable[[], Feed]) -> Response:
    """Answer with the feed that `read` finds for the public."""
    with read_as_public():
        feed = read()
        text = render_template(
            "layout/feed.xml",
            feed=feed,
            own_url=_own_url(feed),
            lang=locale.get_language(),
            tag=_tag,
            absolute=links.absolute_url,
        )
    return Response(FORBIDDEN.sub("", text), content_type=KIND)


def _own_url(feed: Feed) -> str:
    """Return the one address of a feed: without the parameters that it does not read."""
    language = [("lang", locale.get_asked_language())] if locale.get_asked_language() else []
    parameters = urlencode([*feed.pairs, *language])
    return links.absolute_url(request.path + (f"?{parameters}" if parameters else ""))


def _tag(name: str) -> str:
    """Return a tag URI (RFC 4151): an id that stays when an address changes."""
    return f"tag:{mail.get_host(current_app.config)},2026:{name}"


def list_newest(entries: Sequence[FeedEntry]) -> list[FeedEntry]:
    """Return the last published of these entries, the newest first."""
    return sorted(entries, key=lambda entry: entry.published, reverse=True)[:SIZE]


def feed_url(endpoint: str, **values: Any) -> str:
    """Return the address of a feed in the language of this page: whoever reads feeds sends no preference along."""
    return url_for(endpoint, **values, lang="en" if locale.get_language() == "en" else None)


def init_app(app: Flask) -> None:
    app.jinja_env.globals["feed_url"] = feed_url
