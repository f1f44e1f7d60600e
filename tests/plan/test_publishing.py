"""A plan is written as a draft, published as a version with its reason, and nothing that it held is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.comments.models import Thread
from app.communities.actors import actor_for
from app.core.db import db
from app.core.errors import Conflict, Forbidden, Invalid
from app.moderation.measures.service import contents as measures
from app.plan.models.links import Link
from app.plan.models.structure import Action, Milestone, Plan
from app.plan.outline import ActionOutline, DocumentOutline, IndicatorOutline, MilestoneOutline
from app.plan.queries import actions, statuses, versions
from app.plan.queries import plans as queries
from app.plan.service import bulletins, links, publishing
from app.plan.service.bulletins import BulletinWords
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of, outline_of
from tests.support.queries import record_statements
from tests.support.races import at_once
from tests.support.rows import again, count, every
from tests.support.world import HERE
from tests.test_crossings import after_the_first_lock, politely

WHY = "Pour essayer."


def test_a_version_writes_the_rows_and_the_next_one_changes_only_what_differs(plans: MakePlan) -> None:
    plan, boss = plans.plan(action_of("Une tournée", 2), action_of("Une cuisine", 1)), actor_for(plans.boss)
    first, second = db.session.query(Action).order_by(Action.position)
    assert (first.code, second.code, plan.number, plan.is_current) == ("1.1.1", "1.1.2", 1, True)
    outline = queries.get_published_outline(plan)
    outline.orientations[0].objectives[0].actions.reverse()
    outline.orientations[0].objectives[0].actions[0].milestones.clear()
    publishing.publish(boss, plan, outline, reason="La cuisine d'abord")
    assert [(row.id, row.code) for row in db.session.query(Action).order_by(Action.position)] == [
        (second.id, "1.1.2"),
        (first.id, "1.1.1"),
    ]
    assert not actions.list_milestones(second.id) and db.session.query(Milestone).count() == 3
    assert [version.number for version in versions.list_versions(plan)] == [2, 1]


def test_an_action_that_a_version_no_longer_holds_is_dropped_for_its_reason_and_can_still_be_read(
    plans: MakePlan,
) -> None:
    plan, boss = plans.plan(action_of("Une tournée"), action_of("Une cuisine")), actor_for(plans.boss)
    outline = queries.get_published_outline(plan)
    gone = outline.orientations[0].objectives[0].actions.pop()
    publishing.publish(boss, plan, outline, reason="Faute de cuisine")
    action = db.session.get_one(Action, gone.id)
    assert action.state == "dropped" and action.removed_at and not action.is_living and action.is_public


def test_two_coordinators_share_one_draft_and_the_second_to_send_reads_what_the_first_wrote(
    make: Make, plans: MakePlan
) -> None:
    plan, boss, other = plans.plan(), actor_for(plans.boss), make.actor(role="coordinator")
    draft = publishing.save_draft(boss, plan, outline_of(), version="")
    with pytest.raises(Conflict):
        publishing.save_draft(other, plan, outline_of(), version="")
    with pytest.raises(Conflict):
        publishing.publish_draft(other, plan, version="another", reason="Non")
    publishing.drop_draft(other, plan, version=draft.version)
    assert queries.find_draft(plan) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda outline: setattr(outline, "ends_on", "2020-01-01"),
        lambda outline: setattr(outline.orientations[0], "title", " "),
        lambda outline: setattr(outline.orientations[0], "weight", 0),
        lambda outline: next(outline.actions()).documents.append(DocumentOutline("Un piège", "javascript:alert(1)")),
        lambda outline: (
            setattr(outline.orientations[0].objectives[0], "code", "1") or setattr(outline.orientations[0], "code", "1")
        ),
        lambda outline: (
            setattr(outline.orientations[0].objectives[0], "code", "a") or setattr(outline.orientations[0], "code", "A")
        ),
        lambda outline: next(outline.actions()).milestones.extend(MilestoneOutline("Un de plus") for _n in range(39)),
    ],
)
def test_a_plan_that_contradicts_itself_is_refused(plans: MakePlan, change: Callable[[Any], object]) -> None:
    plan, outline = plans.plan(), outline_of()
    change(outline)
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
    plans.plan(
        ActionOutline("Volée", id=theirs.id, milestones=[MilestoneOutline("Volé", id=step.id)]), title="Un autre"
    )
    assert (again(theirs).plan_id, again(theirs).title, again(step).title, count(Action)) == (
        first.id,
        "Une tournée",
        "Jalon 1",
        2,
    )


def test_only_the_coordination_writes_the_plan_and_reads_it_before_its_first_version(
    make: Make, plans: MakePlan
) -> None:
    plan = make.add(Plan(title="À venir", starts_on=plans.plan().starts_on, ends_on=plans.plan().ends_on))
    with pytest.raises(Forbidden):
        publishing.publish(make.actor(), plan, outline_of(), reason="Un essai")
    assert plan not in queries.list_plans(make.actor()) and plan in queries.list_plans(actor_for(plans.boss))


@pytest.mark.parametrize(
    "act",
    [
        lambda boss, action, _link: bulletins.post(boss, action, BulletinWords("C'est parti.", state="underway")),
        lambda boss, action, _link: measures.hide(boss, action, reason=WHY),
        lambda boss, _action, link: links.end(boss, link, reason=WHY),
    ],
    ids=["moved", "hidden", "parted"],
)
def test_a_version_that_drops_an_action_and_another_act_on_its_ideas_wait_in_a_line(
    app: Flask, make: Make, plans: MakePlan, act: Callable[..., Any]
) -> None:
    plan = plans.plan(action_of("Une tournée"), action_of("Une cuisine"))
    idea, boss, judge = (
        make.idea(community=HERE, status="retained"),
        actor_for(plans.boss),
        make.actor(role="coordinator"),
    )
    gone, other = every(Action)
    for action in (gone, other):
        links.make(boss, again(idea), again(action), reason=WHY)
    outline = queries.get_published_outline(plan)
    outline.orientations[0].objectives[0].actions.pop(0)
    plan_id, action_id, link_id = plan.id, other.id, every(Link)[-1].id
    with after_the_first_lock() as errors:
        at_once(
            app,
            [
                politely(lambda: publishing.publish(boss, db.session.get_one(Plan, plan_id), outline, reason=WHY)),
                politely(lambda: act(judge, db.session.get_one(Action, action_id), db.session.get_one(Link, link_id))),
            ],
        )
    assert errors == [] and again(gone).state == "dropped" and not list(statuses.list_mismatches())
    for action in every(Action):
        assert db.session.get_one(Thread, action.thread_id).is_public is action.is_public


def test_a_version_asks_and_changes_as_often_for_forty_actions_as_for_four(plans: MakePlan) -> None:
    """A new row is a statement of its own on SQLite: these are not counted."""

    def publish(size: int) -> int:
        outline = outline_of(
            *(
                action_of(
                    f"Action {n}",
                    2,
                    code=f"{size}-{n}",
                    lead="Moisson Sud",
                    partners=["CDC"],
                    territories=["70052"],
                    issues=["education"],
                    documents=[DocumentOutline("Le bail", "https://exemple.test")],
                    indicators=[IndicatorOutline("Ménages")],
                )
                for n in range(size)
            ),
            title=f"Un plan de {size}",
        )
        plan = publishing.begin(boss, title=outline.title, starts_on=day, ends_on=day.replace(year=day.year + 3))
        with record_statements() as statements:
            publishing.publish(boss, plan, outline, reason=WHY)
            changed = queries.get_published_outline(plan)
            changed.orientations[0].objectives[0].actions.pop()
            for action in changed.actions():
                action.title, action.body, action.partners = f"{action.title} !", "Autrement.", ["CDC", "Moisson Sud"]
            publishing.publish(boss, plan, changed, reason=WHY)
        return len([statement for statement in statements if not statement.startswith("INSERT")])

    boss, day = actor_for(plans.boss), plans.plan().starts_on
    publish(1)
    few, many = publish(4), publish(40)
    assert few == many <= 95, (few, many)
