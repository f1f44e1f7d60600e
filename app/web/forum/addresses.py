"""The short address of a forum, which is read on a wall and typed with a thumb."""

from dataclasses import dataclass

from flask import url_for

from app.forum.models import Forum
from app.web.frame import links, qr


@dataclass(frozen=True)
class ShortAddress:
    """An address as people type it, and the image that a camera reads in its place."""

    words: str
    image: str


def describe_short(forum: Forum) -> ShortAddress:
    address = links.absolute_url(url_for("forum.short", forum_id=forum.id))
    return ShortAddress(address.partition("://")[2], qr.draw(address))
