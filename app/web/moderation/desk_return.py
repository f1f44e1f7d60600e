"""Where an act that was begun on the desk leads back to: the desk as it was, by names of ours, never by an address."""
import re
from dataclasses import dataclass
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

SHAPE = re.compile(
    r"(?P<queue>[a-z]{1,12})/(?P<slug>[a-z0-9-]{0,80})/(?P<mine>1?)/(?P<after>[0-9a-z.]{0,50})/(?P<at>[a-z]{1,10}-[0-9]{1,10})?")
FIRST = "list-0"


@dataclass(frozen=True)
class Desk:
    """A page of the desk: a queue, of one community or of all, with what is on it or with one's own things only."""

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
        """Name this page, and the thing that comes next on it, to be carried by the form of an act."""
        return "/".join((self.queue, self.slug, self.mine, self.after, following.key if following else FIRST))


def page_name() -> str:
    """Return the name of the page that this act was begun on, or "": what is no name of ours leads nowhere."""
    names = request.values.getlist("back")
    return names[0] if len(names) == 1 and SHAPE.fullmatch(names[0]) else ""


def go_back(otherwise: str) -> Response:
    """Lead back to the desk, at what comes next; an act that was not begun there leads elsewhere."""
    name = page_name()
    return redirect(address(name) if name else otherwise, 303)


def address(name: str) -> str:
    """Return the address of the page of the desk that has this name."""
    found = SHAPE.fullmatch(name)
    assert found is not None, "only a name that was read comes here"
    at = found["at"] or FIRST
    desk = Desk(found["queue"], found["slug"], found["mine"], found["after"])
    # A place to go to that can't take the focus would take it from what can.
    return desk.url(at=at) if at == FIRST else desk.url(at=at, _anchor=f"item-{at}")
