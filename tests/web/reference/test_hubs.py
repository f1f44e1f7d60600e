"""The pages of an issue, a territory, a tag and an organisation gather what is there: each number leads to as many."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from app.accounts.models.people import User
from app.core import clock
from app.core.db import db
from app.ideas.models import StatusChange
from app.plan.models.links import UpdateLink
from app.plan.models.structure import Action
from app.reference.models import Organisation, Tag
from app.reference.queries import get_catalogue
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of
from tests.support.queries import costs_alike, record_statements
from tests.support.rows import again
from tests.support.world import ELSEWHERE, HERE

PAGES = ("/issues/education", "/territories/70052", "/territories/70", "/tags/velo")


class Place:
    """One issue, one municipality and one tag, which each round gives an idea, an answer, an action, its news, an update."""

    def __init__(self, make: Make, plans: MakePlan) -> None:
        self.make, self.plans = make, plans
        self.tag = make.add(Tag(slug="velo", name="Vélo", sort_key="velo"))
        self.writer = make.user("Fae Animation", facilitates=[HERE])
        self.plan = plans.plan(self.action("Une tournée"))

    def action(self, title: str) -> Any:
        return action_of(
            title, 2, lead="La Tablée", partners=["Le CAB"], community=HERE, issues=["education"], territories=["70052"]
        )

    def idea(self, title: str | None = None, **columns: Any) -> Any:
        return self.make.idea(
            **{"title": title, "community": HERE, "issues": ["education"], "territories": ["70052"], "tags": [self.tag]}
            | columns
        )

    def first(self) -> Action:
        return db.session.query(Action).order_by(Action.id).limit(1).one()

    def fill(self, rounds: int) -> None:
        for _round in range(rounds):
            idea, news = self.idea(kind="need"), self.make.update(self.writer)
            self.make.add(
                StatusChange(idea_id=idea.id, status="retained", reason="Nous en parlons.", by_id=self.writer.id)
            )
            self.make.add(UpdateLink(update_id=news.id, idea_id=idea.id, by_id=self.writer.id))
            self.plans.link(self.first(), idea)
            self.plans.say(self.first())
            self.make.user(facilitates=[HERE])

    @property
    def pages(self) -> list[str]:
        numbers = {row.name: row.id for row in db.session.query(Organisation)}
        return [*PAGES, *(f"/organisations/{numbers[name]}" for name in ("La Tablée", "Le CAB"))]


@pytest.fixture
def place(make: Make, plans: MakePlan) -> Place:
    return Place(make, plans)


def number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def counted(page: Any) -> list[tuple[int, str]]:
    """Return each number of the head of a hub that leads somewhere, with its address."""
    found = page.soup.select(".hub-sum a")
    return [(number((link.b or link.find_next_sibling("b")).text), link["href"]) for link in found]


def test_each_number_leads_to_a_list_of_as_many(
    place: Place, visitor: Browser, sign_in: Callable[[User], Browser]
) -> None:
    place.idea("Un besoin", kind="need")
    place.idea("Une idée retenue", status="retained", communities=[ELSEWHERE])
    place.idea("Un secret", hidden_at=clock.now())
    chief = sign_in(place.make.user(role="coordinator"))
    for path in PAGES:
        page = visitor.get(path)
        found = counted(page)
        assert [n for n, _url in found][:3] == [2, 1, 1] and page.soup.select_one(".hub-count b").text == "2"
        for n, url in found:
            listed = visitor.get(url)
            is_of_plan = url.startswith("/plan") and not url.startswith("/plan/gaps")
            rows = listed.soup.select(".deed" if is_of_plan else "main .rows > *")
            assert len(rows) == n and chief.get(url).status_code == 200, (path, url)
        team = sign_in(again(place.writer)).get(path)
        assert counted(team) == found and "Un secret" not in team.words


def test_a_hub_says_what_is_there_what_moved_what_waits_and_who_animates(place: Place, visitor: Browser) -> None:
    place.fill(1)
    place.make.at(again(place.idea("Un abribus")), lang="en")
    for path in place.pages:
        words = visitor.get(path).words
        for said in (
            "Retenue :",
            "Nous en parlons.",
            "Au plan :",
            "Travaux :",
            "Une tournée",
            "0 jalon de 2",
            "Fae Animation",
            "ni réponse ni avis encore",
            "La Tablée",
        ):
            assert said in words, (path, said)
    assert visitor.get("/issues/education").soup.select_one(".panel a[lang=en]").text == "Un abribus"
    page = visitor.get("/territories/70052?lang=en")
    english = page.words
    assert {link["lang"] for link in page.soup.select(".hub-actions .title a, .strides a")} == {"fr"}
    assert all(
        said in english
        for said in ("Recent activity", "Who facilitates", "What is waiting", "no answer or opinion yet")
    )


def test_what_is_empty_says_what_to_do_next(place: Place, visitor: Browser) -> None:
    page = visitor.get("/territories/67")
    assert page.soup.select_one(".empty a")["href"] == "/ideas/new?territory=67" and not page.soup.select(
        ".strides, .hub-actions"
    )
    assert "Aucune action du plan ne s'y rattache" in page.words.replace("’", "'")
    lonely = place.pages[-1]
    assert "Aucune contribution n'y est encore liée" in visitor.get(lonely).words.replace("’", "'")


def test_a_municipality_is_a_page_that_its_mayor_prints(place: Place, visitor: Browser) -> None:
    places = get_catalogue()
    town = next(one for one in places.places if one.code == "70052")
    page = visitor.get("/territories/70052")
    lead = page.soup.select_one(".page-head .lead").text
    assert places.parent(town).name in lead and str(town.population)[-3:] in lead and "2023" in lead
    assert "Page imprimée le" in page.words and "CC BY 4.0" in page.words
    assert [a.text for a in page.soup.select(".hub-actions .title a")] == ["Une tournée"]
    assert "est pour toute la région" not in page.words
    place.make.at(place.first(), state="dropped")
    assert not visitor.get("/territories/70052").soup.select(".hub-actions progress")


def test_a_hub_shows_a_few_actions_and_leads_to_the_others(place: Place, plans: MakePlan, visitor: Browser) -> None:
    many = [place.action(f"Action {n}") for n in range(14)]
    plans.make.at(place.plan, is_current=False)
    plan = plans.plan(*many, action_of("Partout"), title="Le suivant")
    plans.make.at(plan, is_current=True)
    page = visitor.get("/territories/70052")
    assert len(page.soup.select(".hub-actions > li")) == 12 and "Et 2 autres actions" in page.words
    assert "1 autre action est pour toute la région" in page.words
    for n in range(10):
        place.idea(f"Idée {n}")
    assert "Et 6 autres contributions" in visitor.get("/issues/education").words
    assert len(visitor.get(place.pages[4]).soup.select(".hub-actions > li")) == 14


def test_an_organisation_tells_what_it_leads_from_where_it_is_a_partner(
    place: Place, visitor: Browser, make: Make, sign_in: Callable[[User], Browser]
) -> None:
    leader, partner = place.pages[4:]
    assert visitor.get("/plan").soup.select_one(".plan-more a")["href"] == "/organisations"
    index = visitor.get("/organisations")
    assert [a["href"] for a in index.soup.select("main .list a")] == [
        leader,
        partner,
    ] and "partenaire de 1 action" in index.words
    headings = {path: [h.text for h in visitor.get(path).soup.select("h2")] for path in (leader, partner)}
    assert "Ce dont il est responsable" in headings[leader] and "Où il est partenaire" in headings[partner]
    action = visitor.get(f"/plan/actions/{place.first().id}")
    assert {leader, partner} <= {a["href"] for a in action.soup.select(".action-facts a")}
    make.at(place.first(), removed_at=clock.now())
    assert "Le plan courant ne lui donne aucune action" in visitor.get(leader).words
    make.at(place.first(), hidden_at=clock.now())
    assert visitor.get(leader).status_code == visitor.get("/organisations/987654").status_code == 404
    assert visitor.get("/organisations").soup.select(".empty") and not visitor.get("/organisations").soup.select(
        "main .list"
    )
    shown = sign_in(again(place.writer)).get(f"/plan/actions/{place.first().id}")
    assert "La Tablée" in shown.words and not shown.soup.select(".action-facts a[href^='/organisations']")


def test_a_hub_costs_little_right_after_something_was_written_and_as_much_for_twenty_things(
    make: Make, place: Place, visitor: Browser, sign_in: Callable[[User], Browser]
) -> None:
    readers = {visitor: 9, sign_in(make.user()): 12, sign_in(again(place.writer)): 13}
    place.fill(1)
    pages = place.pages
    costs_alike(
        place.fill, *((browser, path) for browser in (visitor, sign_in(make.user())) for path in pages), most=12
    )
    first = {(path, most): after_a_write(place, browser, path) for browser, most in readers.items() for path in pages}
    # A place has the numbers of all places and the needs that wait for longest, too.
    assert {(path, most): n for (path, most), n in first.items() if n > most + 2 * ("territories" in path)} == {}
    place.fill(3)
    assert {
        (path, most): after_a_write(place, browser, path) for browser, most in readers.items() for path in pages
    } == first


def after_a_write(place: Place, browser: Browser, path: str) -> int:
    """Count what a page costs when an idea was published since it was shown."""
    browser.get(path)
    place.idea()
    with record_statements() as statements:
        assert browser.get(path).status_code == 200
    return len(statements)
