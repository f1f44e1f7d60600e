"""The way back to the desk after an act: addresses and forms name its page by a token of ours, never by an address.

A row of the desk gives the token (`back`) to the pages and the acts that it leads to. From there on it goes along by
itself: `url_for` adds it to the addresses of what a team does with one thing, and `responses.done` comes back by it.
"""

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from urllib.parse import urlencode

from flask import Flask, current_app, has_request_context, request, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException

from app.web.frame.session import me

ITEM = r"[a-z]{1,10}-[0-9]{1,10}"
SHAPE = re.compile(
    r"(?P<queue>[a-z]{1,12})/(?P<slug>[a-z0-9-]{0,80})/(?P<mine>1?)/(?P<after>[0-9a-z.]{0,50})"
    rf"/(?P<at>{ITEM})?(/(?P<item>{ITEM}))?"
)
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

    def token(self, item: Any = None, following: Any = None) -> str:
        """Return what an act carries: this page, the item that comes next on it, and the item that it is about."""
        return str(Token(self, following.key if following else FIRST, item.key if item else ""))


@dataclass(frozen=True)
class Token:
    """A page of the desk, the item that takes the focus there, and the item that one left it for, if it has one."""

    desk: Desk
    at: str
    item: str

    def __str__(self) -> str:
        place = "/".join((self.desk.queue, self.desk.slug, self.desk.mine, self.desk.after, self.at))
        return f"{place}/{self.item}" if self.item else place

    @property
    def address(self) -> str:
        # An anchor that can't take the focus would take it from the element that can.
        return self.desk.url(at=self.at, _anchor=None if self.at == FIRST else f"item-{self.at}")

    @property
    def as_it_was(self) -> "Token":
        """Return the same page, at the item that one left it for."""
        return replace(self, at=self.item or self.at)


def find_token() -> Token | None:
    """Return the token of the page of the desk that this request comes from; None without a valid one, or a charge."""
    tokens = _list_sent()
    found = SHAPE.fullmatch(tokens[0]) if len(tokens) == 1 else None
    if found is None or not me().is_staff:
        return None
    return Token(
        Desk(found["queue"], found["slug"], found["mine"], found["after"]), found["at"] or FIRST, found["item"] or ""
    )


def _list_sent() -> list[str]:
    try:
        return request.values.getlist("back")
    except HTTPException:  # Too large to be read.
        return request.args.getlist("back")


def next_url(otherwise: str, *, is_done: bool = True) -> str:
    """Return the address of the desk, at the next item, or at the same one until its act `is_done`.

    It is `otherwise` where the request does not come from the desk.
    """
    token = find_token()
    if token is None:
        return otherwise
    return token.address if is_done else token.as_it_was.address


def cancel_url(otherwise: str) -> str:
    """Return where to go for whoever gives an act up: the desk at the same item, or `otherwise` without a desk."""
    return next_url(otherwise, is_done=False)


def back_link(otherwise: str, *, is_done: bool = True) -> tuple[str, str]:
    """Return the link of a page that says why an act was not done: its words, its address."""
    return (_("Retour au bureau") if find_token() else _("Voir ce texte")), next_url(otherwise, is_done=is_done)


def add_token(url: str) -> str:
    """Return an address of ours with the token of this request, if it has one."""
    token = find_token()
    if token is None:
        return url
    path, mark, anchor = url.partition("#")
    return f"{path}{'&' if '?' in path else '?'}{urlencode({'back': str(token)})}{mark}{anchor}"


def _carry(endpoint: str, values: dict[str, Any]) -> None:
    """Give the token of the request to the address of an act of a team; what is made for the public has none."""
    if "back" not in values and has_request_context() and is_act(endpoint):
        token = find_token()
        if token:
            values["back"] = str(token)


@cache
def is_act(endpoint: str) -> bool:
    """Tell whether an address is that of what a team does with one thing, or of the page where it is done.

    Its route says so (`back_to_desk`); in `moderation`, what is about a row is one unless it says that it is not.
    It is asked for each address of a page.
    """
    view: Any = current_app.view_functions.get(endpoint)
    is_declared = getattr(view, "back_to_desk", None)
    if is_declared is None:
        return endpoint.startswith("moderation.") and getattr(view, "loader", None) is not None
    return bool(is_declared)


def init_app(app: Flask) -> None:
    app.url_defaults(_carry)
    app.jinja_env.globals.update(desk_token=find_token, way_back=cancel_url)
    app.jinja_env.filters["from_desk"] = add_token
