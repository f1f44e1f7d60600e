"""What is said in each place, what waits there and what waits no more."""

import random
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from app.communities.actors import actor_for
from app.core import clock as time
from app.core.actor import ANYONE
from app.core.db import db
from app.hubs.queries import gaps, places
from app.hubs.queries.gaps import Moves
from app.hubs.queries.places import Numbers
from app.ideas import service as ideas
from app.ideas.models import KINDS
from app.ideas.queries import facet_matches, facets, lists, place_counts
from app.ideas.queries.lists import NO_FILTERS, Filters
from app.ideas.writing import IdeaWords
from app.moderation.merges import service as merges
from app.plan.service import links, publishing
from app.reference.models import Issue
from app.reference.queries import get_catalogue
from tests.support.clock import Clock
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of
from tests.support.rows import again
from tests.support.world import ELSEWHERE, HERE

WHY = "Pour voir ce qui suit."
MRC, OTHER_MRC = "70", "67"
PLACES = (MRC, "70052", "70022", OTHER_MRC, "67015")


def numbers_of(code: str, filters: Filters = NO_FILTERS) -> Numbers:
    return places.get_numbers(filters).by_code[code]


def test_a_need_counts_in_each_municipality_it_names_and_once_in_its_mrc(make: Make, plans: MakePlan) -> None:
    plans.plan()
    make.idea(kind="need", territories=["70052", "70022"])
    make.idea(kind="need", territories=[MRC])
    make.idea(kind="need")
    found = places.get_numbers()
    mrc = next(one for one in found.mrcs if one.mrc.code == MRC)
    assert [numbers.needs for place, numbers in mrc.municipalities if numbers.needs] == [1, 1]
    assert (mrc.whole.needs, mrc.once.needs, found.nowhere.needs, found.once.needs) == (1, 2, 1, 3)
    assert (found.once.waiting, places.count_waiting()) == (3, 3)


def test_an_action_that_only_passes_answers_nothing(make: Make, plans: MakePlan) -> None:
    plan = plans.plan(*(action_of(f"Une tournée {n}", territories=["70052"]) for n in range(3)))
    need = make.idea(kind="need", status="retained", territories=["70052"])
    assert numbers_of("70052") == Numbers(needs=1, waiting=1, tied=0, ideas=0, actions=3)
    links.make(actor_for(plans.boss), again(need), plans.actions(plan)[0], reason=WHY)
    assert numbers_of("70052") == Numbers(needs=1, waiting=0, tied=1, ideas=0, actions=3)


def test_nothing_is_said_to_wait_while_no_plan_is_in_force(make: Make, plans: MakePlan) -> None:
    make.idea(kind="need", territories=["70052"])
    assert (numbers_of("70052").needs, numbers_of("70052").waiting, places.count_waiting()) == (1, None, None)
    plan = plans.plan()
    assert places.count_waiting() == 1
    publishing.archive(actor_for(plans.boss), again(plan))
    assert places.count_waiting() is None and not places.get_numbers().has_plan


@pytest.mark.parametrize("state", ["draft", "pending", "hidden", "private", "merged"])
def test_what_the_public_does_not_read_moves_no_number(make: Make, plans: MakePlan, state: str) -> None:
    plans.plan()
    first = make.idea(kind="need", community=HERE, territories=["70052"])
    before = places.get_numbers()
    columns: dict[str, Any] = {
        "hidden": {"hidden_at": time.now()},
        "private": {"community": make.community(is_private=True)},
        "merged": {"merged_into": first.id},
    }.get(state, {"status": state})
    make.idea(kind="need", territories=["70052"], **columns)
    assert places.get_numbers() == before and [gap.need.id for gap in gaps.list_gaps(NO_FILTERS).items] == [first.id]


def test_each_number_is_that_of_its_list(make: Make, plans: MakePlan) -> None:
    action, chance = plans.action(), random.Random(7)
    for n in range(40):
        idea = make.idea(
            community=HERE,
            kind=chance.choice(KINDS),
            status=chance.choice(("published", "retained", "declined", "withdrawn")),
            territories=chance.sample(PLACES, chance.randrange(4)),
        )
        if n % 5 == 0:
            plans.link(action, idea)
    catalogue, region = get_catalogue(), places.get_numbers()
    pairs: list[tuple[Numbers, Filters]] = [
        (region.nowhere, Filters(is_placeless=True)),
        *((one.whole, Filters(territory=(one.mrc.id,))) for one in region.mrcs),
        *(
            (numbers, Filters(territory=tuple(p.id for p in catalogue.within(place))))
            for place, numbers in region.rows()
        ),
    ]
    wanted = {"needs": {"kind": ("need",)}, "waiting": {"gap": ("1",)}, "ideas": {"kind": ("idea", "project")}}
    for numbers, at in pairs:
        for name, narrowed in wanted.items():
            filters = replace(at, **narrowed)
            assert getattr(numbers, name) == facets.get_counts(ANYONE, filters).total, filters
            if at.is_placeless:
                assert len(lists.list_ideas(ANYONE, filters, size=100).items) == getattr(numbers, name), filters
    assert len(lists.list_ideas(ANYONE, Filters(is_placeless=True), size=100).items) > (region.nowhere.needs or 0) > 0


def test_past_so_many_ideas_no_number_is_given_but_of_actions(
    make: Make, plans: MakePlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans.plan(action_of("Une tournée", territories=["70052"], issues=["education"], community=HERE))
    for _n in range(4):
        make.idea(kind="need", community=HERE, issues=["education"], territories=["70052"])
    issue = db.session.scalars(select(Issue.id).where(Issue.slug == "education")).one()
    one, two = Filters(issue=(issue,)), Filters(issue=(issue,), community=(make.room(HERE).id,))
    for module in (facet_matches, place_counts):
        monkeypatch.setattr(module, "MOST", 3)
    assert (numbers_of("70052", one).needs, places.get_numbers(one).is_cut) == (4, False)
    assert (numbers_of("70052", two).needs, numbers_of("70052", two).actions) == (None, 1)
    assert places.get_numbers(two).is_cut


def test_the_oldest_needs_that_wait_come_first_and_no_other_does(make: Make, plans: MakePlan) -> None:
    action = plans.action()
    kept = [make.idea(kind="need", community=HERE, territories=["70052"]) for _n in range(3)]
    answered = make.idea(kind="need", territories=["70052"])
    plans.link(action, answered)
    make.idea(kind="idea", territories=["70052"])
    make.idea(kind="need", status="declined", territories=["70052"])
    make.idea(kind="need", community=ELSEWHERE)
    place = get_catalogue().place_at("70052")
    assert place
    found = lists.list_ideas(ANYONE, Filters(gap=("1",), territory=(place.id,)), sort="oldest")
    assert [idea.id for idea in found.items] == [idea.id for idea in kept]


def test_what_waits_no_more_is_told_with_the_act_that_took_it_out(make: Make, plans: MakePlan) -> None:
    boss, action = actor_for(plans.boss), plans.action()
    linked, declined, merged, into, back = (
        make.idea(kind="need", community=HERE, status="retained") for _n in range(5)
    )
    links.make(boss, again(linked), again(action), reason="Elle y répond.")
    ideas.move(boss, again(declined), "declined", reason="Ce n'est pas de notre ressort.")
    merges.merge(boss, again(merged), again(into), reason="C'est le même besoin.")
    link = links.make(boss, again(back), again(action), reason=WHY)
    links.end(boss, again(link), reason=WHY)
    no_needs = [make.idea(kind="idea", community=HERE, status="retained") for _n in range(3)]
    links.make(boss, again(no_needs[0]), again(action), reason=WHY)
    ideas.move(boss, again(no_needs[1]), "declined", reason=WHY)
    merges.merge(boss, again(no_needs[2]), again(into), reason=WHY)
    found = [(one.idea_id, one.act, one.reason) for one in gaps.list_exits(5)]
    assert found == [
        (merged.id, "merge", "C'est le même besoin."),
        (declined.id, "declined", "Ce n'est pas de notre ressort."),
        (linked.id, "link", "Elle y répond."),
    ]
    assert [gap.need.id for gap in gaps.list_gaps(NO_FILTERS).items] == [into.id, back.id]
    assert [gap.last.status for gap in gaps.list_gaps(NO_FILTERS).items if gap.last] == ["retained", "retained"]


def test_the_link_of_a_duplicate_takes_out_what_it_is_joined_to_and_the_duplicate_left_by_its_link(
    make: Make, plans: MakePlan, clock: Clock
) -> None:
    boss, action = actor_for(plans.boss), plans.action()
    linked, into = (make.idea(kind="need", community=HERE, status="retained") for _n in range(2))
    links.make(boss, again(linked), again(action), reason=WHY)
    clock.forward(days=10)
    since = time.ago(days=1)
    assert gaps.count_moves(NO_FILTERS, since) == Moves(waiting=1, came=0, left=0)
    merges.merge(boss, again(linked), again(into), reason="C'est le même besoin.")
    found = [(one.idea_id, one.act, one.reason, one.action and one.action.id) for one in gaps.list_exits(5)]
    assert found == [
        (into.id, "joined", "C'est le même besoin.", again(action).id),
        (linked.id, "link", WHY, again(action).id),
    ]
    assert gaps.count_moves(NO_FILTERS, since) == Moves(waiting=0, came=0, left=1)
    later = plans.action()
    links.make(boss, again(into), again(later), reason=WHY)
    assert [one.act for one in gaps.list_exits(5)] == ["joined", "link"], "a second link takes nothing out again"


def test_what_is_parted_or_becomes_a_need_comes_to_wait(make: Make, plans: MakePlan, clock: Clock) -> None:
    boss, action = actor_for(plans.boss), plans.action()
    linked, alone, into, others = (make.idea(kind="need", community=HERE, status="retained") for _n in range(4))
    links.make(boss, again(linked), again(action), reason=WHY)
    for one, other in ((linked, into), (alone, others)):
        merges.merge(boss, again(one), again(other), reason=WHY)
    author = make.user()
    idea = make.idea(author, HERE, kind="idea")
    clock.forward(days=10)
    since = time.ago(days=1)
    assert gaps.count_moves(NO_FILTERS, since) == Moves(waiting=1, came=0, left=0)
    for one in (linked, alone):
        merges.part(boss, again(one), reason=WHY)
    assert gaps.count_moves(NO_FILTERS, since) == Moves(waiting=3, came=2, left=0), "what was joined to, and alone"
    words = IdeaWords(idea.title, idea.body, kind="need", community_id=idea.community_id)
    ideas.revise(actor_for(author), again(idea), words, version=again(idea).version)
    assert gaps.count_moves(NO_FILTERS, since) == Moves(waiting=4, came=3, left=0)
    for status in ("declined", "under_review"):
        ideas.move(boss, again(into), status, reason=WHY)
    assert gaps.count_moves(NO_FILTERS, since) == Moves(waiting=4, came=3, left=0), "it waited before, and waits"
