"""A file goes into the draft: nothing is public and nobody is told before the version, which brings its news once."""

import pytest

from app.communities.actors import actor_for
from app.core import clock
from app.core.db import db
from app.core.errors import Conflict
from app.exchange import plan_imports
from app.exchange.plan_file.contents import PlanFile
from app.journal.models import Entry
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action, Plan
from app.plan.models.versions import PlanDraft, PlanVersion
from app.plan.news import load_news
from app.plan.queries import actions
from app.plan.queries import plans as queries
from app.plan.service import drafting, publishing
from app.plan.service.bulletins import Completion
from tests.support.follower_acts import follow, told
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of
from tests.support.rows import again, count, every, last
from tests.support.sheets import HEAD, PLACE, csv_of, read

TOLD = csv_of(
    [*HEAD, "Description", "Jalon", "Franchi le", "Preuve", "État", "Avancement"],
    [*PLACE, "Une tournée", "Elle passe.", "Jalon 1", "2026-05-01", "Un fait", "en cours", ""],
    ["", "", "", "", "Jalon 2", "2026-06-01", "Un autre", "", ""],
    ["", "", "Un four", "Neuf.", "Le bois", "2026-05-02", "La pile", "", ""],
    ["", "", "Un jardin", "", "", "", "", "", "40"],
)


@pytest.fixture
def plan(plans: MakePlan) -> Plan:
    return plans.plan(action_of("Une tournée", 2))


def write(plans: MakePlan, plan: Plan, file: PlanFile) -> None:
    version = plan_imports.build_preview(file, plan).version
    plan_imports.write_draft(actor_for(plans.boss), plan, file, version=version)


def publish(plans: MakePlan, plan: Plan) -> None:
    version = queries.get_working_copy(plan).version
    publishing.publish_draft(actor_for(plans.boss), plan, version=version, reason="Adopté")


def test_what_is_written_in_the_draft_is_told_once_when_its_version_is_published(
    make: Make, plans: MakePlan, plan: Plan
) -> None:
    fan, [tour] = make.user(), plans.actions(plan)
    follow(fan, tour)
    write(plans, plan, read(TOLD))
    assert (again(plan).number, count(Bulletin), told("plan"), told("chain")) == (1, 0, [], [])
    publish(plans, plan)
    assert told("plan") == [] and told("chain") == [("chain.action", fan.id)]
    assert {(one.title, one.state, one.progress) for one in plans.actions(plan)} == {
        ("Une tournée", "underway", 0),
        ("Un four", "underway", 0),
        ("Un jardin", "planned", 40),
    }
    assert [(one.is_reached, one.proof) for one in actions.list_milestones(tour.id)] == [
        (True, "Un fait"),
        (True, "Un autre"),
    ]
    assert {row.body for row in every(Bulletin)} == {"Adopté"}
    assert [line.kind for line in every(Entry)][1:] == ["plan"] and count(PlanDraft) == 0
    assert not plan_imports.build_preview(read(TOLD), plan).changes


def test_news_that_no_longer_hold_are_left_out_and_those_of_a_dropped_draft_go_with_it(
    plans: MakePlan, plan: Plan
) -> None:
    boss, [tour] = actor_for(plans.boss), plans.actions(plan)
    write(plans, plan, read(TOLD))
    first, second = actions.list_milestones(tour.id)
    plans.say(tour, completions=[Completion(first.id, clock.today(), "Déjà fait")])
    working = queries.get_working_copy(plan)
    four = next(one for one in working.outline.actions() if one.title == "Un four")
    drafting.remove_part(boss, plan, "actions", four.id, version=publishing.editing.compute_version(four))
    publish(plans, plan)
    assert [again(one).proof for one in (first, second)] == ["Déjà fait", "Un autre"]
    assert count(Bulletin) == 3 and not db.session.query(Action).filter_by(title="Un four").count()
    write(plans, again(plan), read(csv_of([*HEAD, "Avancement"], [*PLACE, "Un jardin", "60"])))
    publishing.drop_draft(boss, plan, version=queries.get_working_copy(plan).version)
    assert count(Bulletin) == 3 and plans.actions(plan)[1].progress == 40


def test_a_file_over_a_draft_is_compared_with_it_and_news_of_both_wait(plans: MakePlan, plan: Plan) -> None:
    write(plans, plan, read(TOLD))
    assert not plan_imports.build_preview(read(TOLD), plan).changes
    other = read(
        csv_of(
            [*HEAD, "Description", "Jalon", "Franchi le", "Preuve", "État"],
            [*PLACE, "Une tournée", "Elle passe.", "Jalon 1", "", "", ""],
            ["", "", "", "", "Jalon 2", "", "", ""],
            ["", "", "Un four", "Neuf et grand.", "Le bois", "", "", ""],
            ["", "", "", "", "La cheminée", "2026-05-03", "Elle tire", ""],
            ["", "", "Un jardin", "", "", "", "", "en cours"],
        )
    )
    found = plan_imports.build_preview(other, plan)
    assert found.is_of_draft and found.counts == {"changed": 1, "reached": 1, "moved": 1}
    write(plans, plan, other)
    working = queries.get_working_copy(plan)
    assert working.draft
    news = load_news(working.draft.progress, working.outline)
    assert [(one.action.title, one.state, one.progress, len(one.completions)) for one in news] == [
        ("Une tournée", "underway", None, 2),
        ("Un four", "", None, 2),
        ("Un jardin", "underway", 40, 0),
    ]
    version = working.version
    drafting.write_head(
        actor_for(plans.boss), plan, title="Autre", summary="", starts_on="2026-04-01", ends_on="2029-01-01"
    )
    with pytest.raises(Conflict):
        plan_imports.write_draft(actor_for(plans.boss), plan, read(TOLD), version=version)


def test_progress_alone_waits_with_a_draft_and_a_plan_that_begins_has_it_too(plans: MakePlan, plan: Plan) -> None:
    write(plans, plan, read(csv_of([*HEAD, "État"], [*PLACE, "Une tournée", "en cours"])))
    publish(plans, plan)
    assert plans.actions(plan)[0].state == "underway" and again(plan).number == 2
    plan_imports.write_draft(actor_for(plans.boss), None, read(TOLD), version="published-0")
    begun = last(Plan)
    assert (begun.number, count(PlanVersion)) == (0, 2)
    publish(plans, begun)
    assert [one.state for one in plans.actions(begun)] == ["underway", "underway", "planned"]
