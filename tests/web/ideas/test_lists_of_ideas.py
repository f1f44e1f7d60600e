"""Each list of ideas says where each idea stands: five small stops, drawn, beside the name of the station in words."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.models.people import User
from app.core import clock
from app.core.db import db
from app.ideas.models import Idea
from app.reference.models import Organisation, Tag
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.make_plan import MakePlan
from tests.support.world import HERE

STATUSES = {
    "published": ("Proposition", ["now", "", "", "", ""]),
    "under_review": ("À l’étude", ["done", "now", "", "", ""]),
    "planned": ("Au plan", ["done", "done", "done", "now", ""]),
    "achieved": ("Réalisé", ["done", "done", "done", "done", "now"]),
    "declined": ("Non retenu", ["done", "done", "end"]),
}
PAGES = (
    "/ideas",
    "/communities/securite-alimentaire",
    "/issues/education",
    "/tags/velo",
    "/territories/70052",
    "/territories/70",
    "/plan/gaps",
    "/map?territory=70052",
    "/search?q=abribus",
    "/",
)


def place(make: Make, author: User, **columns: Any) -> Idea:
    """Store a need that every list has."""
    tag = make.add(Tag(slug="velo", name="Vélo", sort_key="velo"))
    at = {"community": HERE, "issues": ["education"], "territories": ["70052"], "tags": [tag]}
    return make.idea(author, **{"title": "Un abribus", "kind": "need", **at, **columns})


def stands(page: Any, title: str = "Un abribus") -> list[tuple[str, list[str]]]:
    """Return the station and the stops beside each title."""
    links = [link for link in page.soup.select("main .title a") if title in link.get_text()]
    found = [link.find_parent(["article", "li"]) for link in links]
    return [
        (row.select_one(".stand b, .meta b").get_text(strip=True), [state(dot) for dot in row.select(".pips circle")])
        for row in found
        if row.select_one("svg.pips")
    ]


def state(dot: Any) -> str:
    return " ".join(dot.get("class", ())).removeprefix("is-")


@pytest.mark.parametrize("address", PAGES)
def test_each_list_of_ideas_shows_the_stops_beside_the_name_of_the_station(
    make: Make, visitor: Browser, address: str
) -> None:
    MakePlan(make).plan()
    place(make, make.user(), status="under_review")
    for _n in range(3):
        make.idea(title="Un abribus", status="under_review")
    page = visitor.get(address)
    found = stands(page)
    assert found and found == [STATUSES["under_review"]] * len(found)
    assert all(drawing["aria-hidden"] == "true" for drawing in page.soup.select("svg.pips"))


def test_the_pages_of_a_member_and_of_an_organisation_show_them_too(make: Make, visitor: Browser) -> None:
    plans, author = MakePlan(make), make.user(shows_activity=True)
    idea = place(make, author, status="planned")
    plans.link(plans.action("Un abri par village", lead="La Tablée"), idea)
    organisation = db.session.scalars(select(Organisation)).one()
    for address in (f"/members/{author.id}", f"/organisations/{organisation.id}"):
        assert stands(visitor.get(address)) == [STATUSES["planned"]], address


@pytest.mark.parametrize("status", STATUSES)
def test_the_stops_end_where_the_idea_ends(make: Make, visitor: Browser, status: str) -> None:
    make.idea(title="Un abribus", kind="need", status=status, community=HERE)
    assert stands(visitor.get("/ideas")) == [STATUSES[status]]


def test_own_contributions_show_the_stops_of_what_is_on_the_road(
    make: Make, sign_in: Callable[[User], Browser]
) -> None:
    author = make.user()
    make.idea(author, title="Un abribus", status="under_review")
    make.idea(author, title="Un banc", hidden_at=clock.now(), hidden_reason="Elle nomme un voisin.")
    page = sign_in(author).get("/account/contributions")
    assert stands(page) == [("À l’étude", STATUSES["under_review"][1])] and not stands(page, "Un banc")


def test_a_row_says_how_many_comment_and_never_zero(make: Make, visitor: Browser) -> None:
    idea = make.idea(title="Un abribus", community=HERE)
    assert "aucun commentaire" in visitor.get("/ideas").words
    make.comment(idea)
    make.at(idea, comments_count=1)
    assert "1 commentaire" in visitor.get("/ideas").words
