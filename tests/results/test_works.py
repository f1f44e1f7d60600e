"""What is done already is told beside an idea: actions of the plan and work, those alone that a person may read."""

from typing import Any

import pytest

from app.communities.actors import actor_for
from app.core.actor import ANYONE
from app.plan.models.links import UpdateLink
from app.plan.models.structure import Plan
from app.results import similar, works
from app.results.similar import SimilarityQuery
from tests.support.clock import LONG_AGO
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of
from tests.support.queries import record_statements
from tests.support.rows import last
from tests.support.world import HERE

TITLE = "Une tournée d'épicerie dans les rangs"
TYPED = "Une épicerie mobile, de rang en rang"
OUT_OF_SIGHT = {"hidden_at": LONG_AGO, "hidden_reason": "x"}


@pytest.fixture
def plans(make: Make) -> MakePlan:
    return MakePlan(make)


def near(title: str = TYPED, actor: Any = ANYONE, **more: Any) -> list[tuple[str, int]]:
    return [(one.noun, one.id) for one in similar.list_near(actor, SimilarityQuery(title, **more))]


def find_action() -> Any:
    [found] = similar.list_near(ANYONE, SimilarityQuery(TYPED))
    return found


def test_an_action_says_where_it_is_and_what_it_lacks(plans: MakePlan) -> None:
    action = plans.action(TITLE, budget=92_000)
    plans.say(action, "On plafonne.", state="underway", blocker="Pas de local pour monter les boîtes")
    found = find_action()
    assert (found.id, found.code, found.title, found.state) == (action.id, action.code, TITLE, "underway")
    assert (found.blocker, found.missing) == ("Pas de local pour monter les boîtes", 92_000)
    bulletin = plans.say(action, "Le local est trouvé.")
    assert find_action().blocker == "", "it is over"
    plans.make.at(bulletin, **OUT_OF_SIGHT)
    assert find_action().blocker, "what was last said in sight"
    plans.make.at(action, state="achieved")
    assert (find_action().blocker, find_action().missing) == ("", 0), "what is achieved lacks nothing"


def test_only_the_living_actions_of_the_current_plan_are_told(plans: MakePlan) -> None:
    action = plans.action(TITLE)
    assert near() == [("action", action.id)]
    for columns in ({"state": "dropped"}, {"removed_at": LONG_AGO}, OUT_OF_SIGHT, {"deleted_at": LONG_AGO}):
        before = {name: getattr(action, name) for name in columns}
        plans.make.at(action, **columns)
        assert near() == [] == near(actor=actor_for(plans.boss)), columns
        plans.make.at(action, **before)
    assert near() == [("action", action.id)]
    plans.make.at(last(Plan), is_current=False)
    assert near() == []


def test_the_work_of_a_private_community_is_told_to_nobody_and_moves_nothing(make: Make) -> None:
    make.community(slug="cercle", is_private=True)
    told = make.update(community=HERE, title=TITLE)
    for columns in ({"community": "cercle"}, {"community": HERE, **OUT_OF_SIGHT}):
        for _n in range(works.READ):
            make.update(title=TYPED, **columns)
        assert near() == [("update", told.id)], columns


def test_what_leads_an_idea_that_is_near_is_near_too(make: Make, plans: MakePlan) -> None:
    action = plans.action("Le lundi, une fourgonnette réfrigérée")
    assert near() == []
    idea = make.idea(title="L'épicerie mobile des rangs", action_id=action.id)
    assert near() == [("idea", idea.id), ("action", action.id)]
    make.at(idea, **OUT_OF_SIGHT)
    assert near() == []


def test_what_an_idea_is_tied_to_already_is_left_out(make: Make, plans: MakePlan) -> None:
    action, idea = plans.action(TITLE), make.idea(title=TYPED)
    update = make.update(community=HERE, title="L'épicerie des rangs roule")
    both = {("action", action.id), ("update", update.id)}
    assert set(near(idea_id=idea.id)) == both == set(near()) - {("idea", idea.id)}
    plans.link(action, idea)
    make.add(UpdateLink(update_id=update.id, idea_id=idea.id, by_id=plans.boss.id))
    assert near(idea_id=idea.id) == [] and both < set(near())


def test_what_an_idea_is_tied_to_that_a_person_may_not_read_is_told_like_all_else(make: Make, plans: MakePlan) -> None:
    circle = make.community(slug="cercle", is_private=True)
    action, secret = plans.action(TITLE), make.idea(title="Nos paniers", community=circle.slug)
    update = make.update(community=HERE, title="L'épicerie des rangs roule")
    plans.link(action, secret)
    make.add(UpdateLink(update_id=update.id, idea_id=secret.id, by_id=plans.boss.id))
    assert near(idea_id=secret.id) == near() != [], "whoever names its number learns nothing"


def test_a_place_alone_is_not_enough(plans: MakePlan) -> None:
    plans.action("Logements à Saint-Rémi")
    assert near("Navette à Saint-Rémi") == []
    assert near("Des logements à Saint-Rémi") != []


def test_the_same_title_comes_first_however_short(make: Make, plans: MakePlan) -> None:
    action = plans.action("La fiscalité")
    idea = make.idea(title="Fiscalité municipale et régionale")
    assert near("Fiscalité", only_twins=True) == [("action", action.id)]
    assert near("Fiscalité") == [("action", action.id), ("idea", idea.id)]


def test_few_are_shown_and_few_statements_are_sent(make: Make, plans: MakePlan) -> None:
    plan = plans.plan(*(action_of(f"{TITLE} {n}") for n in range(20)))
    for n in range(20):
        make.update(community=HERE, title=f"{TITLE} {n}")
    assert len(near()) == works.MOST
    with record_statements() as statements:
        near()
    assert len(statements) <= 4, statements
    make.update(community=HERE)
    with record_statements() as statements:
        near()
    assert len(statements) <= 7, "titles are read again once something was written"
    plans.fill(plan, works.ACTIONS)
    assert [noun for noun, _id in near()] == ["update"] * works.MOST, "of actions the newest are known, so many at most"
