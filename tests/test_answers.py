"""What each act answers, all of them: a message on a page that has what changed, or a step that is named with its reason."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from bs4 import Tag

from tests.matrix import Row, table
from tests.security.acts import acts_without_fields
from tests.support import tables
from tests.support.browser import Browser
from tests.support.world import ROLES, World, browsers
from tests.test_routes import TABLE, address

# What answers with a page, without going elsewhere: what the page is.
PAGES = {
    "POST /account/recovery-codes": "the codes, which are shown once",
    "POST /charter/preview": "what a script asks while somebody writes",
    "POST /ideas/autosave": "what a script asks while somebody writes",
    "POST /ideas/<id:idea_id>/autosave": "what a script asks while somebody writes",
    "POST /ideas/near": "what a script asks while somebody writes",
    "POST /ideas/preview": "what a script asks while somebody writes",
    "POST /moderation/<slug>/bulk": "what is about to be published",
    "POST /moderation/<slug>/bulk/publication": "what was published, idea by idea",
    "POST /unsubscribe/<token>": "what will not come any more, and how to have it again",
}
# Acts of which the next page says all.
STEPS = {
    "POST /events/<id:event_id>/registration": "who is signed in already is led to their press, on the page of the meeting",
    "POST /language": "the page comes back in that language",
    "POST /login": "who is signed in already is led home",
    "POST /login/code": "who is signed in already is led to their account",
    "POST /login/recovery": "who is signed in already is led home",
    "POST /register": "who is signed in already is led home",
    "POST /theme": "the page comes back in that theme",
}
# What a team hides, or reads first, is followed from its notices alone, which lead back to them.
FOLLOWED_NOWHERE = ("hidden", "pending")
# What can take the focus without being told so.
FOCUSABLE = ("a", "button", "input", "select", "textarea", "summary")


@pytest.fixture
def people(world: World, sign_in: Callable[[Any], Browser], visitor: Browser) -> dict[str, Browser]:
    return browsers(world, sign_in, visitor)


@pytest.mark.one_engine
@pytest.mark.parametrize(
    "is_all", [pytest.param(False, id="most"), pytest.param(True, id="all", marks=pytest.mark.soak)]
)
def test_each_act_that_succeeds_says_so_on_the_page_that_comes_next(
    world: World, people: dict[str, Browser], is_all: bool
) -> None:
    base, found = tables.photo(), dict[str, set[str]]()
    for row, role, path in every_success(world) if is_all else successes(world):
        found.setdefault(find_fault(people[role], row, path), set()).add(row.rule)
        tables.restore(base)
    assert found.pop("a page") == PAGES.keys()
    # An act that is tried as its own person is not tried as who is signed in.
    assert found.pop("no message") == STEPS.keys() - (set() if is_all else table("FOUND_BY").keys())
    found.pop("")
    assert found == {}


def successes(world: World) -> Iterator[tuple[Row, str, str]]:
    """Yield each act that succeeds with somebody who may do it and its address."""
    yield from (
        (act.row, act.role, act.path) for act in acts_without_fields(world) if act.row.codes(ROLES)[act.role] < 400
    )


def every_success(world: World) -> Iterator[tuple[Row, str, str]]:
    """Yield each act with everybody who may do it, in each state of the thing in which a page offers it."""
    for row in (row for row in TABLE if row.method == "POST"):
        roles = [role for role, code in row.codes(ROLES).items() if code < 400]
        states = [
            state for state in row.states.split() or [""] if "/follow" not in row.rule or state not in FOLLOWED_NOWHERE
        ]
        yield from ((row, role, address(world, row, state)) for state in states for role in roles)


def find_fault(browser: Browser, row: Row, path: str) -> str:
    """Do an act and follow it to its page; say what is wrong with the message or with what takes the focus there."""
    with browser.keep_cookies():
        answer = browser.forge(path, data=row.data)
        if answer.location is None:
            return "a page"
        page = browser.get(answer.location, follow_redirects=True)
    anchor = urlsplit(next((one.location for one in reversed(page.history)), answer.location)).fragment
    place = page.soup.find(id=anchor) if anchor else None
    if not page.soup.select("#flashes > .notice, #moment"):
        return "no message"
    if anchor and place is None:
        return f"no {anchor} on the page"
    return f"{anchor} does not take the focus" if place and not takes_focus(place) else ""


def takes_focus(place: Tag) -> bool:
    return place.has_attr("tabindex") or place.name in FOCUSABLE
