"""The pages of the full square that are made of what other pages show: a sample leaves them out."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from bs4 import Tag
from flask import Flask

from tests.support.world import HERE, World

Part = tuple[Any, ...]


def pages(square: World) -> dict[str, set[str]]:
    """Return the addresses that a sample leaves out, by reader; `tests/web/frame/test_unchanged.py` sees to it.

    Of the pages of a kind, the one of whoever sees the most on it stays, and those that show something else.
    """
    room, action = f"/communities/{HERE}", f"/plan/actions/{square.actions['visible'].id}"
    idea = {state: f"/ideas/{one.id}" for state, one in square.ideas.items()}
    page = {state: f"{idea[state]}-{one.slug}" for state, one in square.ideas.items()}
    news = {state: f"{room}/updates/{one.id}" for state, one in square.updates.items()}
    drafts = {state: f"/plan/{one.id}/draft" for state, one in square.plans.items()}
    return defaultdict(
        set,
        {
            "anyone": {
                "/ideas",
                "/search",
                "/search?q=introuvable",
                "/communities",
                room,
                news["visible"],
                news["locked"],
                page["joined"],
                page["locked"],
                f"/comments/{square.comments['first'].id}/branch",
                "/territories/70",
                "/tags/velo",
                f"/members/{square.people['author'].id}",
                "/journal?kind=hide",
                "/plan",
                "/plan/all",
                action,
                f"/plan/actions/{square.actions['locked'].id}",
                f"{action}/links",
            },
            "member": {
                room,
                news["visible"],
                page["own"],
                f"{idea['own']}/edit",
                f"{idea['waiting']}/edit",
                f"{idea['locked']}/links",
                "/account/contributions?kind=comments",
                "/notifications",
                f"/plan/links/{square.links['waiting'].id}/end",
            },
            "author": {page["locked"], f"/held-revisions/{square.revisions['refused'].id}", action},
            "facilitator": {
                room,
                page["hidden"],
                f"{idea['full']}/status",
                f"{idea['pending']}/refusal",
                f"{idea['locked']}/merge",
                action,
                f"{action}/links",
            },
            "coordinator": {
                drafts["begun"],
                f"{drafts['current']}/edit",
                f"/reference/tags/{square.tags['kept'].id}/edit",
            },
        },
    )


def parts(app: Flask, path: str, page: Any) -> Iterator[Part]:
    """Yield what a page is made of: its route, each kind of element with the one around it, each control of its forms."""
    yield (str(app.url_map.bind("localhost").match(path.partition("?")[0], return_rule=True)[0]),)
    for one in page.soup.find_all(True):
        yield *_kind(one), *_kind(one.parent)
    for form in page.soup.find_all("form"):
        address = _shape(form.get("action") or path)
        for control in form.find_all(["button", "input", "select", "textarea"]):
            yield address, control.name, control.get("type"), _shape(control.get("name") or "")


def _kind(one: Tag) -> Part:
    return one.name, *sorted(one.get("class") or []), one.get("role"), one.get("type"), _shape(one.get("name") or "")


def _shape(address: str) -> str:
    """Leave the numbers out of an address or a name, and what follows the question mark."""
    return re.sub(r"\d+", "0", address.partition("?")[0])
