"""Links alone lead from the first page to every page that a person may open; what only a letter leads to is listed."""

import html
import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup

from tests.support import forms
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.world import ROLES, World, browsers
from tests.test_routes import TABLE

# Pages of one kind that are read; more of those that lead elsewhere in each state of what they show.
MOST, MANY = (
    2,
    {
        "GET /ideas/<id:idea_id>-<slug>": 40,
        "GET /people/<id:user_id>": 60,
        "GET /moderation": 20,
        "GET /plan/<id:plan_id>/draft": 6,
        "GET /communities/<slug>/updates/<id:update_id>": 14,
        "GET /plan/actions/<id:action_id>": 14,
        **dict.fromkeys(
            (
                "GET /plan/actions/<id:action_id>/links",
                "GET /plan/<id:plan_id>",
                "GET /communities/<slug>",
                "GET /members/<id:user_id>",
                "GET /moderation/cases/<id:case_id>",
                "GET /moderation/appeals/<id:appeal_id>",
                "GET /held-revisions/<id:held_id>",
                "GET /reference/tags",
                "GET /account/contributions",
            ),
            6,
        ),
    },
)
# What no link leads to, and why: to whom it is so, where that is not everybody.
ANYBODY = frozenset(ROLES)
SIGNED_IN, MEMBERS = ANYBODY - {"anyone"}, ANYBODY - {"anyone", "unconfirmed"}
# Who has doors that nobody else has; the soak walks as everybody.
SAMPLE = ("anyone", "author", "neighbour", "coordinator", "admin")
APART: dict[str, tuple[str, frozenset[str]]] = {
    "GET /unsubscribe/<token>": ("the link of a letter", ANYBODY),
    "GET /confirm": ("for whoever waits for the letter that confirms an address", MEMBERS),
    "GET /register/sent": ("what follows the form of an inscription", ANYBODY),
    "GET /login/code": ("the second step of signing in", ANYBODY),
    "GET /login/recovery": ("the second step of signing in", ANYBODY),
    "GET /login": ("who is signed in is led home", SIGNED_IN),
    "GET /register": ("who is signed in is led home", SIGNED_IN),
    "GET /forgot": ("who is signed in changes their password on their account", SIGNED_IN),
    "GET /account/verify": ("the password is asked for again on the way to another page", SIGNED_IN),
    "GET /account/recovery-codes": ("what follows a press of the page of the two steps", SIGNED_IN),
    "GET /communities/<slug>/membership/withdrawal": (
        "for the members of a private community: another one is left in one press",
        ANYBODY - {"author", "member"},
    ),
    "GET /plan/mine": ("for whoever keeps an action up to date", ANYBODY - {"author"}),
    **dict.fromkeys(("GET /robots.txt", "GET /sitemap.xml", "GET /healthz", "GET /readyz"), ("for machines", ANYBODY)),
    **{
        f"GET {place}picture.png": ("what other sites show of a page", ANYBODY)
        for place in ("/", "/ideas/<id:idea_id>/", "/communities/<slug>/")
    },
}
LINK = re.compile(r'<(?:a|area|link rel="alternate")\b[^>]*\bhref="([^"]+)"')
GET_FORM = re.compile(r'<form\b[^>]*\bmethod="get"[^>]*>.*?</form>', re.DOTALL)


def ways(path: str, page: Any) -> Iterator[str]:
    """Yield where the links of a page lead, and its forms that ask for a page, as they stand."""
    text = page.get_data(as_text=True)
    yield from map(html.unescape, LINK.findall(text))
    for found in GET_FORM.findall(text):
        form = BeautifulSoup(found, "html.parser")
        values = forms.initial_values(form.form, form, None)
        yield f"{form.form.get('action') or path}?{urlencode({name: value for name, value in values.items() if value}, doseq=True)}"


def within(path: str, address: str) -> str:
    """Return an address of this site, without what chooses a language or a theme; "" for another."""
    place = urlsplit(urljoin(f"http://localhost{path}", address))
    is_same = "theme=" in place.query or "lang=" in place.query
    return "" if place.netloc != "localhost" or is_same else f"{place.path}?{place.query}".rstrip("?")


def walk(browser: Browser, wanted: set[str]) -> set[str]:
    """Return which of these routes links lead to, from the first page on; what is new is read first."""
    routes = browser.application.url_map.bind("localhost")
    waiting, met, seen, counts = deque(["/"]), {"GET /"}, {"/"}, Counter[str]()
    while waiting and not wanted <= met:
        path = waiting.popleft()
        page = browser.get(path, follow_redirects=True)
        met.add(f"GET {routes.match(page.request.path, 'GET', return_rule=True)[0]}")
        if page.mimetype != "text/html":
            continue
        for address in dict.fromkeys(within(path, one) for one in ways(path, page)):
            place = urlsplit(address).path
            if (
                not address
                or address in seen
                or place.startswith(("/static", "/logout"))
                or not routes.test(place, "GET")
            ):
                continue
            seen.add(address)
            rule = f"GET {routes.match(place, 'GET', return_rule=True)[0]}"
            counts[rule] += 1
            if counts[rule] == 1:
                waiting.appendleft(address)
            elif counts[rule] <= MANY.get(rule, MOST):
                waiting.append(address)
            met.add(rule)
    return met


def wanted_of(role: str) -> set[str]:
    """Return the routes that a person may open, in some state, but for those that no link leads them to."""
    may_open = {row.rule for row in TABLE if row.method == "GET" and row.codes(ROLES)[role] in (200, 302)}
    return may_open - {rule for rule, (_why, roles) in APART.items() if role in roles}


def test_what_no_link_leads_to_is_a_page_that_there_is() -> None:
    assert APART.keys() - {row.rule for row in TABLE} == set()


@pytest.mark.one_engine
def test_links_alone_lead_to_every_page_that_a_role_may_open(
    full_square: World, make: Make, sign_in: Callable[[Any], Browser], visitor: Browser, is_sample: bool
) -> None:
    make.user("Ada Deux", tf_primary_method="authenticator", tf_totp_secret="x", mf_recovery_codes=["a"])
    make.restriction(make.user("Bob Pause"), is_administrative=True)
    lost = {}
    people = browsers(full_square, sign_in, visitor)
    for role, browser in people.items() if not is_sample else ((role, people[role]) for role in SAMPLE):
        wanted = wanted_of(role)
        lost[role] = sorted(wanted - walk(browser, wanted))
    assert not any(lost.values()), lost
