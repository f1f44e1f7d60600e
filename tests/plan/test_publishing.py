"""A plan is written as a draft, published as a version with its reason, and nothing that it held is lost."""
import pytest

from app.communities.actors import actor_for
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.plan.models.structure import Action, Milestone, Plan
from app.plan.outline import ActionOutline, DocumentOutline, MilestoneOutline
from app.plan.queries import actions, versions
from app.plan.queries import plans as queries
from app.plan.service import publishing
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of, outline_of
from tests.support.rows import again, count, every


def test_a_version_writes_the_rows_and_the_next_one_changes_only_what_differs(plans: MakePlan) -> None:
    plan, boss = plans.plan(action_of("Une tournée", 2), action_of("Une cuisine", 1)), actor_for(plans.boss)
    first, second = db.session.query(Action).order_by(Action.position)
    assert (first.code, second.code, plan.number, plan.is_current) == ("1.1.1", "1.1.2", 1, True)
    outline = queries.published_outline(plan)
    outline.orientations[0].objectives[0].actions.reverse()
    outline.orientations[0].objectives[0].actions[0].milestones.clear()
    publishing.publish(boss, plan, outline, reason="La cuisine d'abord")
    assert [(row.id, row.code) for row in db.session.query(Action).order_by(Action.position)] == [
        (second.id, "1.1.2"), (first.id, "1.1.1")]
    assert not actions.milestones(second.id) and db.session.query(Milestone).count() == 3
    assert [version.number for version in versions.of_plan(plan)] == [2, 1]


def test_an_action_that_a_version_no_longer_holds_is_dropped_for_its_reason_and_can_still_be_read(plans: MakePlan) -> None:
    plan, boss = plans.plan(action_of("Une tournée"), action_of("Une cuisine")), actor_for(plans.boss)
    outline = queries.published_outline(plan)
    gone = outline.orientations[0].objectives[0].actions.pop()
    publishing.publish(boss, plan, outline, reason="Faute de cuisine")
    action = db.session.get_one(Action, gone.id)
    assert action.state == "dropped" and action.removed_at and not action.is_living and action.is_public


def test_two_coordinators_share_one_draft_and_the_second_to_send_reads_what_the_first_wrote(
        make: Make, plans: MakePlan) -> None:
    plan, boss, other = plans.plan(), actor_for(plans.boss), make.actor(role="coordinator")
    draft = publishing.save_draft(boss, plan, outline_of(), version="")
    with pytest.raises(Conflict):
        publishing.save_draft(other, plan, outline_of(), version="")
    with pytest.raises(Conflict):
        publishing.publish_draft(other, plan, version="another", reason="Non")
    publishing.drop_draft(other, plan, version=draft.version)
    assert queries.draft(plan) is None


@pytest.mark.parametrize("change", [
    lambda outline: setattr(outline, "ends_on", "2020-01-01"),
    lambda outline: setattr(outline.orientations[0], "title", " "),
    lambda outline: setattr(outline.orientations[0], "weight", 0),
    lambda outline: next(outline.actions()).documents.append(DocumentOutline("Un piège", "javascript:alert(1)")),
    lambda outline: setattr(outline.orientations[0].objectives[0], "code", "1") or setattr(outline.orientations[0], "code", "1"),
    lambda outline: setattr(outline.orientations[0].objectives[0], "code", "a") or setattr(outline.orientations[0], "code", "A"),
    lambda outline: next(outline.actions()).milestones.extend(MilestoneOutline("Un de plus") for _n in range(39)),
])
def test_a_plan_that_contradicts_itself_is_refused(plans: MakePlan, change: object) -> None:
    plan, outline = plans.plan(), outline_of()
    change(outline)  # type: ignore[operator]
    with pytest.raises(Invalid):
        publishing.publish(actor_for(plans.boss), plan, outline, reason="Un essai")
    with pytest.raises(Invalid):
        publishing.publish(actor_for(plans.boss), plan, outline_of(), reason=" ")


def test_what_has_no_code_is_given_one_that_is_free_and_begins_as_that_of_its_parent() -> None:
    outline = outline_of(action_of("Une tournée"), action_of("Une cuisine", code="a-b.1.1"))
    outline.orientations[0].code = "A-B"
    outline.number()
    assert [part.code for part in outline.parts()] == ["A-B", "A-B.1", "A-B.1.1-2", "a-b.1.1"]


def test_an_outline_takes_nothing_from_another_plan(plans: MakePlan) -> None:
    first = plans.plan(action_of("Une tournée", 1))
    [theirs], [step] = every(Action), every(Milestone)
    plans.plan(ActionOutline("Volée", id=theirs.id, milestones=[MilestoneOutline("Volé", id=step.id)]), title="Un autre")
    assert (again(theirs).plan_id, again(theirs).title, again(step).title, count(Action)) == (first.id, "Une tournée", "Jalon 1", 2)


def test_only_the_coordination_writes_the_plan_and_reads_it_before_its_first_version(make: Make, plans: MakePlan) -> None:
    plan = make.add(Plan(title="À venir", starts_on=plans.plan().starts_on, ends_on=plans.plan().ends_on))
    with pytest.raises(Forbidden):
        publishing.publish(make.actor(), plan, outline_of(), reason="Un essai")
    assert plan not in queries.listing(make.actor()) and plan in queries.listing(actor_for(plans.boss))
