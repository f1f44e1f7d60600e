"""A page of what is not public leads nowhere that answers 404: to its author, nor to the team that reads it."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from app.core.db import db
from app.moderation.first_posts.service import first_posts
from app.moderation.measures.service import contents as measures
from app.reference.models import Tag
from tests.support.browser import Browser
from tests.support.link_walk import links, shape
from tests.support.make import Make, idea_page
from tests.support.world import HERE, SECLUDED, World

pytestmark = pytest.mark.one_engine
STATES: dict[str, dict[str, Any]] = {
    "pending": {"status": "pending", "suspect": "first"},
    "refused": {"status": "pending", "suspect": "first"},
    "draft": {"status": "draft"},
    "hidden": {},
    "private": {"community": SECLUDED},
}


def test_tags_that_no_idea_in_sight_bears_are_text(make: Make, sign_in: Any, visitor: Browser, world: World) -> None:
    author, team = world.people["member"], world.people["facilitator"]
    for name, columns in STATES.items():
        idea = _make(make, author, team, name, **columns)
        assert [tag.name for tag in sign_in(author).get(idea_page(idea)).soup.select(".tags .tag")] == [
            "a" if name == "private" else "span"
        ], name
    shown = make.idea(author, HERE, tags=[_tag(make, "montré")])
    assert visitor.get(visitor.get(idea_page(shown)).soup.select_one(".tags a.tag")["href"]).status_code == 200


def test_no_link_of_a_page_that_is_not_public_is_dead(make: Make, sign_in: Any, world: World) -> None:
    people = {name: world.people[name] for name in ("member", "author", "facilitator", "coordinator")}
    ideas = [_make(make, people["member"], people["facilitator"], name, **columns) for name, columns in STATES.items()]
    comment = make.comment(
        world.ideas["published"], people["member"], "Un commentaire qui attend.", status="pending", suspect="first"
    )
    measures.hide_profile(make.actor(people["coordinator"]), people["author"], reason="Ce nom blesse.")
    plan = world.plans["begun"].id
    starts = [
        *map(idea_page, ideas),
        f"/ideas/{ideas[0].id}/comparison?with={world.ideas['published'].id}",
        "/ideas/new",
        "/account/contributions",
        "/account/contributions?kind=comments",
        f"/comments/{comment.id}",
        idea_page(world.ideas["published"]),
        *(f"/held-revisions/{one.id}" for one in world.revisions.values()),
        "/moderation",
        "/moderation?queue=changes",
        f"/plan/{plan}/draft",
        f"/plan/{plan}/draft/publication",
        f"/plan/links/{world.links['waiting'].id}",
        f"/plan/links/{world.links['waiting'].id}/end",
        f"/members/{people['author'].id}",
        f"/communities/{SECLUDED}",
        *(idea_page(world.ideas[name]) for name in ("hidden", "private", "draft", "pending")),
    ]
    dead, met = [], set()
    for name, person in people.items():
        browser = sign_in(person)
        pages = [page for page in map(browser.get, starts) if page.status_code == 200] + list(_previews(browser))
        met |= {urlsplit(page.request.path).path for page in pages}
        dead += [(name, *link) for link in _dead(browser, pages)]
    assert not dead, dead
    assert {shape(urlsplit(start).path) for start in starts} <= {shape(path) for path in met} | {"/comments/0"}


def _make(make: Make, author: Any, team: Any, name: str, community: str = HERE, **columns: Any) -> Any:
    idea = make.idea(author, community, columns.pop("status", "published"), tags=[_tag(make, name)], **columns)
    if name == "hidden":
        measures.hide(make.actor(team), idea, reason="Contraire à la charte.")
    if name == "refused":
        first_posts.refuse_idea(make.actor(team), idea, reason="Trop court.", version=idea.version)
    return idea


def _tag(make: Make, name: str) -> Tag:
    return db.session.query(Tag).filter_by(name=name).first() or make.add(
        Tag(slug=name.replace("é", "e"), name=name, sort_key=name)
    )


def _previews(browser: Browser) -> Iterator[Any]:
    """Show how an idea would look, with a tag that nobody has used yet."""
    form = browser.get("/ideas/new")
    if form.status_code == 200:
        yield browser.submit(
            form,
            "#idea-form" if form.soup.select_one("#idea-form") else "main form[method=post]",
            button="preview",
            title="Un frigo",
            body="Au parc.",
            tags="toute-neuve, autre neuve",
        )


def _dead(browser: Browser, pages: list[Any]) -> Iterator[tuple[str, str]]:
    """Yield the links that lead nowhere, one of each shape for each page, with every tag."""
    routes, asked = browser.application.url_map.bind("localhost"), set()
    for page in pages:
        for link in links(page.request.path, page):
            form = link if link.startswith("/tags/") else shape(link)
            if form not in asked and routes.test(urlsplit(link).path, "GET"):
                asked.add(form)
                if browser.get(link).status_code == 404:
                    yield page.request.path, link
