"""Links lead somewhere, and alone lead to every page that a person may open; what only a letter leads to is listed."""

from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask

from tests import matrix
from tests.crawl.crawl import Page, fail_on
from tests.support.house import House
from tests.support.world import ROLES
from tests.test_routes import TABLE

# What no link leads to, and why: to whom it is so, where that is not everybody.
ANYBODY = frozenset(ROLES)
SIGNED_IN, MEMBERS = ANYBODY - {"anyone"}, ANYBODY - {"anyone", "unconfirmed"}
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
    **matrix.table("APART"),
}


@pytest.fixture
def by_reader(pages: list[Page]) -> dict[str, dict[str, Page]]:
    found: dict[str, dict[str, Page]] = defaultdict(dict)
    for page in pages:
        found[page.reader][page.path] = page
    return found


def test_no_link_of_a_page_is_dead(house: House, by_reader: dict[str, dict[str, Page]]) -> None:
    shown = [(page, pages) for pages in by_reader.values() for page in pages.values() if page.is_shown]
    fail_on(fault for page, pages in shown for fault in dead(house.app, page, pages))


def test_links_alone_lead_to_every_page_that_a_reader_may_open(
    house: House, by_reader: dict[str, dict[str, Page]]
) -> None:
    lost = [(rule, one) for one, pages in by_reader.items() for rule in wanted_of(one) - reached(house.app, pages)]
    fail_on((f"{rule} ({one})", "no link leads to it") for rule, one in lost)


def test_what_no_link_leads_to_is_a_page_that_there_is() -> None:
    assert APART.keys() - {row.rule for row in TABLE} == set()


def dead(app: Flask, page: Page, pages: dict[str, Page]) -> Iterator[tuple[Page, str]]:
    """Yield the links of a page that are no address of ours, or that their reader is refused."""
    for way in page.ways:
        answer = pages.get(way)
        if not rule_of(app, way) or (answer and answer.status in (400, 404)):
            yield page, f"{way} leads nowhere"


def reached(app: Flask, pages: dict[str, Page]) -> set[str]:
    """Return the routes that links lead to from the first page on, through the pages that were read."""
    waiting, met = ["/"], {"/"}
    while waiting:
        page = pages.get(waiting.pop())
        for way in page.leads() if page else ():
            if way not in met:
                met.add(way)
                waiting.append(way)
    return {rule_of(app, way) for way in met}


def rule_of(app: Flask, path: str) -> str:
    """Return the route of an address, as the matrix writes it; "" where there is none."""
    routes, place = app.url_map.bind("localhost"), urlsplit(path).path
    return f"GET {routes.match(place, 'GET', return_rule=True)[0]}" if routes.test(place, "GET") else ""


def wanted_of(role: str) -> set[str]:
    """Return the routes that a person may open, in some state, but for those that no link leads them to."""
    may_open = {row.rule for row in TABLE if row.method == "GET" and row.codes(ROLES)[role] in (200, 302)}
    return may_open - {rule for rule, (_why, roles) in APART.items() if role in roles}
