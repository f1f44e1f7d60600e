"""The page of a community gathers what happens there, in numbers that are those of the lists they lead to."""

from typing import Any

import pytest

from app.ideas.models import PUBLIC
from app.web.frame.stations import STATIONS
from tests.events.stored import event_in
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of
from tests.support.queries import cost, costs_alike
from tests.support.world import HERE, SECLUDED

PAGE, ROOM = f"/communities/{HERE}", f"/communities/{SECLUDED}"


@pytest.fixture
def plans(make: Make) -> MakePlan:
    return MakePlan(make)


@pytest.fixture
def inside(make: Make, sign_in: Any) -> Browser:
    """A member of a private community."""
    make.community(slug=SECLUDED, is_private=True)
    user = make.user()
    make.actor(user, member_of=[SECLUDED])
    browser: Browser = sign_in(user)
    return browser


def fill(make: Make, slug: str) -> None:
    for status in PUBLIC:
        make.idea(status=status, community=slug, territories=["70052"])


@pytest.mark.parametrize("page", [PAGE, ROOM])
def test_each_station_counts_the_ideas_of_the_list_that_it_leads_to(
    make: Make, visitor: Browser, inside: Browser, page: str
) -> None:
    fill(make, page.rpartition("/")[2])
    reader = visitor if page == PAGE else inside
    stops = reader.get(page).soup.select(".hub-sum .stops li")
    assert [stop.get_text(" ", strip=True).split(" ", 1)[1] for stop in stops] == [str(name) for name in STATIONS]
    for stop in stops:
        listed = reader.get(stop.a["href"]).soup.select("#results .rows > *")
        assert len(listed) == int(stop.b.text) > 0, stop.a["href"]


def test_the_list_of_its_actions_holds_as_many_as_it_says(make: Make, plans: MakePlan, visitor: Browser) -> None:
    plans.plan(action_of("Un potager", community=HERE), action_of("Un autobus", community="transport-collectif"))
    [ideas, actions] = visitor.get(PAGE).soup.select(".hub-count")
    assert ideas.a is None and actions.b.text == "1"
    assert actions.a["href"] == f"/plan?community={HERE}" and "1 action" in visitor.get(actions.a["href"]).words


def test_a_few_members_are_not_counted(make: Make, visitor: Browser) -> None:
    for _number in range(4):
        make.actor(member_of=[HERE])
    for path in (PAGE, "/communities"):
        assert "4 membres" not in visitor.get(path).words
    make.actor(member_of=[HERE])
    for path in (PAGE, "/communities"):
        assert "5 membres" in visitor.get(path).words


def test_the_next_meeting_is_in_sight_and_those_that_follow_beside(make: Make, visitor: Browser) -> None:
    fill(make, HERE)
    page = visitor.get(PAGE).soup
    assert "Prochaine rencontre" not in page.main.text and page.select(".hub-sum .hub-parts li")
    for days, title in ((9, "Ensuite"), (2, "Bientôt"), (30, "Plus tard")):
        event_in(make, days=days, title=title, room=make.room(HERE))
    page = visitor.get(PAGE).soup
    assert [title.text for title in page.select(".hub-sum .meet .title")] == ["Bientôt"]
    assert [title.text for title in page.select("aside .meet .title")] == ["Ensuite", "Plus tard"]


def test_an_idea_more_is_counted_under_those_that_are_shown(make: Make, visitor: Browser) -> None:
    for _number in range(6):
        make.idea(community=HERE)
    page = visitor.get(PAGE).soup
    assert len(page.select(".rows > *")) == 4
    assert page.find("a", string="Et 2 autres contributions")["href"] == f"/ideas?community={HERE}"


def test_who_is_outside_a_private_community_learns_nothing_of_it(make: Make, inside: Browser, visitor: Browser) -> None:
    before = {path: visitor.get(path).soup.main for path in (PAGE, "/communities")}
    fill(make, SECLUDED)
    make.update(community=SECLUDED, title="Des travaux discrets")
    words = inside.get(ROOM)
    assert "Des travaux discrets" in words.words and words.soup.select_one(".scene")
    assert visitor.get(ROOM).status_code == 404
    assert {path: visitor.get(path).soup.main for path in before} == before


@pytest.mark.both_engines
def test_its_page_costs_the_public_eight_statements_whatever_it_holds(
    make: Make, inside: Browser, visitor: Browser
) -> None:
    def grow(rounds: int) -> None:
        for _round in range(rounds):
            for slug in (HERE, SECLUDED):
                fill(make, slug)
                make.update(community=slug)
                make.actor(member_of=[slug])

    costs_alike(grow, (visitor, PAGE), (inside, ROOM), most=12)
    assert cost(visitor, PAGE) <= 8
