"""What happened is told as a road: the icon and the shape of a stop say what, its colour says in which community."""

from typing import Any

import pytest

from app.communities.actors import actor_for
from app.plan.service import links
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.make_plan import MakePlan
from tests.support.rows import again
from tests.support.world import HERE

STEPS = {
    "under_review": ("À l’étude", [], "M2.062"),
    "retained": ("Retenu", [], "M20 6 9"),
    "achieved": ("Réalisé", ["is-sun"], "M8 12a4"),
    "declined": ("Non retenu", ["is-end"], "M18 6 6"),
    "archived": ("Archivé", ["is-end"], "M18 6 6"),
}


def stops(visitor: Browser, address: str) -> list[Any]:
    return list(visitor.get(address).soup.select(".strides > li"))


@pytest.mark.parametrize("status", STEPS)
def test_a_step_of_an_idea_is_drawn_by_what_happened_in_the_colour_of_its_community(
    make: Make, visitor: Browser, status: str
) -> None:
    room = make.room(HERE)
    make.idea(title="Un abribus", status=status, community=HERE, issues=["education"])
    (stop,) = stops(visitor, "/issues/education")
    dot, (_word, looks, path) = stop.select_one(".dot"), STEPS[status]
    assert stop["class"] == [f"c-{room.colour}"] and dot["aria-hidden"] == "true"
    assert [look for look in dot["class"] if look != "dot"] == looks
    assert dot.select_one("path")["d"].startswith(path), "the icon says what happened"
    assert "Un abribus" in stop.select_one("a").text and stop.select_one("time")


def test_an_idea_that_no_community_leads_and_an_action_are_on_the_road_too(make: Make, visitor: Browser) -> None:
    plans = MakePlan(make)
    action = plans.action("Une tournée", issues=["education"])
    plans.say(action, "Tout avance.")
    make.idea(title="Un banc", status="retained", community_id=None, issues=["education"])
    found = {stop.select_one("a").text: stop["class"] for stop in stops(visitor, "/issues/education")}
    assert found == {"Un banc": ["c-neutral"], "Une tournée": ["c-neutral"]}


def test_a_need_that_waits_no_more_is_on_the_road_with_what_took_it_out(make: Make, visitor: Browser) -> None:
    plans = MakePlan(make)
    action = plans.action()
    need = make.idea(title="Un abribus", kind="need", status="retained", community=HERE)
    links.make(actor_for(plans.boss), again(need), again(action), reason="Elle y répond.")
    (stop,) = stops(visitor, "/plan/gaps")
    assert "Elle y répond." in stop.text and stop["class"] == [f"c-{make.room(HERE).colour}"]
    assert stop.select_one(".dot")["class"] == ["dot"] and stop.select_one("path")["d"].startswith("M10 13a5")
