"""The page of what waits for an action: which needs, for how long, under which filters, and what left."""

import pytest

from app.communities.actors import actor_for
from app.moderation.merges import service as merges
from app.plan.service import links
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.make_plan import MakePlan
from tests.support.rows import again
from tests.support.world import ELSEWHERE, HERE

WHY = "Elle répond à ce besoin."


def read(visitor: Browser, query: str = "") -> str:
    return visitor.get(f"/plan/gaps{query}").text


def test_needs_that_no_action_answers_are_listed_the_oldest_first(
    visitor: Browser, make: Make, plans: MakePlan
) -> None:
    action = plans.action()
    *_waiting, answered = (
        make.idea(title=f"Besoin {n}", kind="need", status="retained", community=HERE) for n in range(3)
    )
    links.make(actor_for(plans.boss), again(answered), again(action), reason=WHY)
    page = read(visitor)
    assert "2 besoins attendent une action" in page
    waiting, left = page.split('id="out"')
    assert waiting.index("Besoin 0") < waiting.index("Besoin 1") and "Besoin 2" not in waiting
    assert "Besoin 2" in left and WHY in left and f"Lié à l’action {again(action).code}" in left


@pytest.mark.parametrize("query", ["?territory=70052", "?territory=70", f"?community={HERE}", "?issue=education"])
def test_each_filter_keeps_what_it_says_and_may_be_removed(
    visitor: Browser, make: Make, plans: MakePlan, query: str
) -> None:
    plans.plan()
    make.idea(title="Un besoin ici", kind="need", community=HERE, territories=["70052"], issues=["education"])
    make.idea(title="Un besoin ailleurs", kind="need", community=ELSEWHERE, territories=["67015"])
    page = read(visitor, query)
    assert "Un besoin ici" in page and "Un besoin ailleurs" not in page and "1 besoin attend une action" in page
    assert "Retirer le filtre" in page


def test_nothing_is_said_to_wait_without_a_plan_nor_under_filters_that_leave_nothing(
    visitor: Browser, make: Make, plans: MakePlan
) -> None:
    make.idea(title="Un besoin", kind="need", community=HERE)
    page = read(visitor)
    assert "Aucun plan n’est en vigueur" in page and "Un besoin" not in page.split("<main")[1].split("</main")[
        0
    ].replace("Un besoin attend", "")
    plans.plan()
    assert "Rien n’attend sous ces filtres" in read(visitor, "?territory=67015")


def test_an_unknown_value_is_refused(visitor: Browser, make: Make) -> None:
    room = make.community(is_private=True)
    for query in ("territory=1", "issue=rien", "community=rien", f"community={room.slug}"):
        assert visitor.get(f"/plan/gaps?{query}").status_code == 400


def test_the_link_of_a_duplicate_answers_the_need_that_it_is_joined_to(
    visitor: Browser, make: Make, plans: MakePlan
) -> None:
    action, boss = plans.action(), actor_for(plans.boss)
    linked, into = (make.idea(title=f"Besoin {n}", kind="need", status="retained", community=HERE) for n in range(2))
    links.make(boss, again(linked), again(action), reason=WHY)
    assert "Besoin 1" in read(visitor).split('id="out"')[0]
    merges.merge(boss, again(linked), again(into), reason="C'est le même.")
    assert "Aucun besoin n’attend" in read(visitor)
    merges.part(boss, again(linked), reason="Ce n'est pas le même.")
    assert "1 besoin attend une action" in read(visitor)


def test_what_waits_and_its_map_lead_to_one_another_under_the_same_filters(
    visitor: Browser, make: Make, plans: MakePlan
) -> None:
    plans.plan()
    make.idea(title="Un besoin ici", kind="need", community=HERE, territories=["70052"])
    [link] = [
        a for a in visitor.get(f"/plan/gaps?community={HERE}&territory=70").soup.select("main a") if "/map" in a["href"]
    ]
    page = visitor.get(link["href"])
    assert "La carte des besoins sans action" in page.words and "Beauharnois-Salaberry : 1 besoin" in page.words
    [back] = [a for a in page.soup.select("main a") if "/plan/gaps" in a["href"]]
    assert "1 besoin attend une action" in read(visitor, back["href"].removeprefix("/plan/gaps"))
    assert f"community={HERE}" in back["href"] and "territory=70" in back["href"]
