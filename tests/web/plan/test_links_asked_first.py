"""Before a link is made: which ideas it may take, what is asked first of the others, and how many people it tells."""

import re
from typing import Any

import pytest

from app.accounts.models.people import User
from app.core import clock
from app.ideas.models import Idea
from app.notifications.models import Notice
from app.notifications.service import facts
from app.plan.models.links import Link
from app.plan.models.structure import Action
from tests.support.browser import Browser
from tests.support.follower_acts import follow
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of
from tests.support.queries import costs_alike
from tests.support.rows import every, last
from tests.support.world import HERE

WHY = "L'action répond à ce besoin."


@pytest.fixture
def action(plans: MakePlan) -> Action:
    plans.plan(action_of("Une tournée d'épicerie", 2))
    return every(Action)[0]


def links_of(thing: Any, q: str = "") -> str:
    return f"/plan/actions/{thing.id}/links" + (f"?q={q}" if q else "")


def offered(page: Any) -> dict[str, str]:
    """Return, by the title of each idea that the form offers, what is said of it."""
    return {
        row.select_one("label").get_text(): " ".join(row.select_one(".help").get_text(" ").split())
        for row in page.soup.select("#idea .check")
    }


def asked_first(page: Any) -> dict[str, Any]:
    """Return, by the title of each idea that can't be linked now, its row."""
    titles = page.soup.select("#propose-title ~ .list .title, .section[aria-labelledby=propose-title] .list .title")
    return {title.get_text(strip=True): title.parent for title in titles}


def told(page: Any) -> int:
    """Return how many people the page says that the press tells."""
    found = re.search(r"préviendra (?:au plus )?(\d+) personne", page.words)
    return int(found[1]) if found else 0


def test_the_page_says_which_ideas_can_be_linked_now_and_what_is_asked_of_the_others(
    make: Make, plans: MakePlan, sign_in: Any, team: Browser, visitor: Browser, action: Action
) -> None:
    into = make.idea(community=HERE, title="Frigo de tous", status="retained")
    ready = make.idea(community=HERE, title="Frigo prêt", status="retained")
    studied = make.idea(community=HERE, title="Frigo à l'étude", status="under_review")
    make.idea(community=HERE, title="Frigo joint", merged_into=into.id)
    make.idea(community=HERE, title="Frigo archivé", status="archived")
    make.idea(community=HERE, title="Frigo brouillon", status="draft")
    make.idea(community=HERE, title="Frigo masqué", hidden_at=clock.now())
    make.idea(community=HERE, title="Frigo privé", is_private=True)
    plans.link(action, make.idea(community=HERE, title="Frigo lié", status="retained"))
    plans.link(action, make.idea(community=HERE, title="Frigo proposé"), answer=None)
    page = sign_in(make.user()).get(links_of(action, "frigo"))
    assert set(list(offered(page))[:2]) == {"Frigo de tous", "Frigo prêt"}
    assert offered(page)["Frigo prêt"] == "Peut être liée maintenant."
    assert "doit d’abord la retenir : elle est encore à l’étude" in offered(page)["Frigo à l'étude"]
    rows = asked_first(page)
    assert set(rows) == {"Frigo joint", "Frigo archivé", "Frigo lié", "Frigo proposé"}
    assert "c’est elle qui peut être liée" in rows["Frigo joint"].get_text(" ")
    assert f"/ideas/{into.id}-" in rows["Frigo joint"].select_one("a.target")["href"]
    assert "Déjà liée" in rows["Frigo lié"].get_text(" ") and not rows["Frigo archivé"].select_one("a.target")
    desk = team.get(links_of(action, "frigo"))
    assert f"/ideas/{studied.id}/status" in [link["href"] for link in desk.soup.select("#idea a.target")]
    assert asked_first(desk)["Frigo proposé"].select_one("a.target")["href"] == f"/plan/links/{last(Link).id}"
    assert "elle est masquée" in asked_first(desk)["Frigo masqué"].get_text(" ") and "Frigo brouillon" not in desk.words
    assert not visitor.get(links_of(action, f"%23{ready.id}")).soup.select_one("#propose-title")


def test_without_a_search_the_page_offers_what_stands_near_the_action(
    make: Make, team: Browser, action: Action
) -> None:
    make.idea(community=HERE, title="Une tournée d'épicerie dans les rangs", status="retained")
    make.idea(community=HERE, title="Un terrain de soccer", status="retained")
    page = team.get(links_of(action))
    assert list(offered(page)) == ["Une tournée d'épicerie dans les rangs"]
    assert "Contributions proches de cette action" in page.words


def test_what_was_joined_to_an_idea_out_of_reach_does_not_name_it(make: Make, sign_in: Any, action: Action) -> None:
    secret = make.idea(title="Frigo secret", hidden_at=clock.now())
    make.idea(community=HERE, title="Frigo joint", merged_into=secret.id)
    page = sign_in(make.user()).get(links_of(action, "frigo"))
    assert "Jointe à une autre contribution." in asked_first(page)["Frigo joint"].get_text(" ")
    assert "secret" not in page.words


@pytest.fixture
def idea(make: Make, author: User, action: Action) -> Idea:
    """Return an idea that its author, supporters and followers hear of, but for those who chose otherwise."""
    found: Idea = make.idea(author, HERE, title="Frigo partagé", status="retained")
    joined = make.idea(make.user(), HERE, merged_into=found.id)
    fan, mute, deaf, away, follower = (make.user() for _n in range(5))
    for person in (fan, mute, deaf, away):
        make.vote(person, found)
    make.vote(fan, joined), follow(follower, found), follow(fan, found)
    (
        make.comment(action, mute),
        follow(mute, action, "none"),
        make.paces(deaf, follow="never"),
        make.at(away, closed_at=clock.now()),
    )
    return found


def hearers() -> int:
    """Return how many people were told of the link, once the worker has."""
    while facts.tell_next():
        pass
    return sum(notice.kind.startswith(("linked.", "link.accepted")) for notice in every(Notice))


def test_accepting_says_before_the_press_how_many_people_it_tells(
    make: Make, plans: MakePlan, team: Browser, action: Action, idea: Idea
) -> None:
    plans.link(action, idea, answer=None, proposed_by=make.user().id)
    page = team.get(f"/plan/links/{last(Link).id}")
    team.submit(f"/plan/links/{last(Link).id}", "form.form", button="accept", reason=WHY)
    assert told(page) == hearers() == 5


def test_making_a_link_from_its_action_says_how_many_people_it_tells_and_to_a_team_alone(
    team: Browser, sign_in: Any, make: Make, action: Action, idea: Idea
) -> None:
    assert told(sign_in(make.user()).get(links_of(action, "frigo"))) == 0
    page = team.get(links_of(action, "frigo"))
    team.submit(links_of(action, "frigo"), "form.form[method=post]", idea=str(idea.id), reason=WHY)
    assert told(page) == hearers() == 4


def test_making_a_link_from_its_idea_says_how_many_people_it_tells_at_the_most(
    team: Browser, action: Action, idea: Idea
) -> None:
    page = f"/ideas/{idea.id}/links"
    at_most = told(team.get(page))
    team.submit(page, "form.form[method=post]", action=str(action.id), reason=WHY)
    assert (at_most, hearers()) == (5, 4)


def test_the_page_costs_the_same_for_one_idea_and_for_twenty(
    make: Make, plans: MakePlan, team: Browser, action: Action
) -> None:
    def fill(times: int) -> None:
        for _n in range(times):
            make.idea(make.user(), HERE, title="Une tournée d'épicerie", status="retained", votes=1)
            plans.link(action, make.idea(community=HERE, title="Une tournée d'épicerie", status="retained"))
            into = make.idea(community=HERE, title="Une tournée d'épicerie", status="under_review")
            make.idea(community=HERE, title="Une tournée d'épicerie", merged_into=into.id)

    costs_alike(fill, (team, links_of(action, "tournée")), most=16)
