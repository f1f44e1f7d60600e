"""The way back to the desk after an act: forms name its page by a token of ours, never by an address."""
import re
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

SHAPE = re.compile(
    r"(?P<queue>[a-z]{1,12})/(?P<slug>[a-z0-9-]{0,80})/(?P<mine>1?)/(?P<after>[0-9a-z.]{0,50})/(?P<at>[a-z]{1,10}-[0-9]{1,10})?")
FIRST = "list-0"


@dataclass(frozen=True)
class Desk:
    """A page of the desk: a queue, of one community or of all; `mine` keeps what is assigned to the reader."""

    queue: str
    slug: str = ""
    mine: str = ""
    after: str = ""

    def url(self, **more: Any) -> str:
        values: dict[str, Any] = {"queue": self.queue, "mine": self.mine, "after": self.after} | more
        query = {name: value for name, value in values.items() if value}
        if self.slug:
            return url_for("moderation.desk_of_community", slug=self.slug, **query)
        return url_for("moderation.desk", **query)

    def token(self, following: Any = None) -> str:
        """Return what the form of an act carries: this page, and the item that comes next on it."""
        return "/".join((self.queue, self.slug, self.mine, self.after, following.key if following else FIRST))


def read_token() -> str:
    """Return the token of the page of the desk that this act comes from, or "" without a valid one."""
    tokens = request.values.getlist("back")
    return tokens[0] if len(tokens) == 1 and SHAPE.fullmatch(tokens[0]) else ""


def at_item(token: str, key: str) -> str:
    """Return the token of the same page of the desk, at this item."""
    return f"{token.rpartition('/')[0]}/{key}"


def place(otherwise: str) -> str:
    """Return the address of the desk, at the next item; `otherwise` where the act does not come from the desk."""
    token = read_token()
    return address(token) if token else otherwise


def address(token: str) -> str:
    """Return the address of the page of the desk that a valid token names."""
    found = SHAPE.fullmatch(token)
    assert found is not None, "the token is valid"
    at = found["at"] or FIRST
    desk = Desk(found["queue"], found["slug"], found["mine"], found["after"])
    # An anchor that can't take the focus would take it from the element that can.
    return desk.url(at=at) if at == FIRST else desk.url(at=at, _anchor=f"item-{at}")
