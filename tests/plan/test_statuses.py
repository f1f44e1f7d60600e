"""The steps of ideas follow the plan: whatever was done, each is at the furthest step among the actions it feeds."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.communities.actors import actor_for
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import DomainError
from app.ideas import service as ideas
from app.ideas.models import IN_PLAN, LINKED, Idea, StatusChange
from app.moderation.merges import service as merges
from app.operations import check, recount
from app.plan.models.links import Link
from app.plan.models.structure import Action
from app.plan.queries import plans as plan_queries
from app.plan.queries import statuses as queries
from app.plan.service import actions as action_service
from app.plan.service import bulletins, links, publishing
from app.plan.service.bulletins import BulletinWords
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of
from tests.support.rows import again, every
from tests.support.world import HERE

WHY = "Pour voir ce qui suit."
NUMBER = st.integers(0, 2)
ACTS = st.one_of(
    st.tuples(st.sampled_from(("link", "end", "merge")), NUMBER, NUMBER),
    st.tuples(st.just("move"), NUMBER, st.sampled_from((*IN_PLAN, "dropped"))),
    st.tuples(
        st.just("answer"), NUMBER, st.sampled_from(("retained", "under_review", "declined", "archived", "published"))
    ),
    st.tuples(st.sampled_from(("withdraw", "remove", "part", "hide")), NUMBER, st.just(0)),
)


class History:
    """Three ideas and three actions, and what may happen to them; a refusal changes nothing."""

    def __init__(self, make: Make, plans: MakePlan):
        self.boss, self.author = actor_for(plans.boss), make.user()
        other = make.user(role="coordinator")
        self.plan = MakePlan(make, other).plan(*(action_of(f"Action {n}") for n in range(3)))
        self.action_ids = sorted(plan_queries.list_action_ids(self.plan))
        self.idea_ids = [make.idea(self.author, HERE, status).id for status in ("retained", "published", "planned")]

    def do(self, kind: str, number: int, value: Any) -> None:
        db.session.rollback()
        try:
            getattr(self, kind)(number, value)
        except DomainError:
            db.session.rollback()

    def idea(self, number: int) -> Idea:
        return db.session.get_one(Idea, self.idea_ids[number])

    def action(self, number: int) -> Action:
        return db.session.get_one(Action, self.action_ids[number])

    def link(self, number: int, value: int) -> None:
        links.make(self.boss, self.idea(number), self.action(value), reason=WHY)

    def end(self, number: int, value: int) -> None:
        for link in every(
            Link,
            Link.idea_id == self.idea_ids[number],
            Link.action_id == self.action_ids[value],
            Link.ended_at.is_(None),
        ):
            links.end(self.boss, link, reason=WHY)

    def merge(self, number: int, value: int) -> None:
        merges.merge(self.boss, self.idea(number), self.idea(value), reason=WHY)

    def part(self, number: int, _value: int) -> None:
        merges.part(self.boss, self.idea(number), reason=WHY)

    def move(self, number: int, value: str) -> None:
        bulletins.post(self.boss, self.action(number), BulletinWords(WHY, state=value))

    def answer(self, number: int, value: str) -> None:
        ideas.move(self.boss, self.idea(number), value, reason=WHY)

    def withdraw(self, number: int, _value: int) -> None:
        ideas.withdraw(actor_for(self.author), self.idea(number), reason=WHY)

    def remove(self, number: int, _value: int) -> None:
        outline = plan_queries.get_published_outline(self.plan)
        actions = outline.orientations[0].objectives[0].actions
        if len(actions) > 1:
            actions[:] = [one for one in actions if one.id != self.action_ids[number]]
            publishing.publish(self.boss, self.plan, outline, reason=WHY)

    def hide(self, number: int, _value: int) -> None:
        action = self.action(number)
        action_service.restore(self.boss, action) if action.is_hidden else action_service.hide(
            self.boss, action, reason=WHY
        )

    def check(self) -> None:
        """Count again, in plain words, which step each idea should be at."""
        actions = {action.id: action for action in every(Action)}
        for idea in every(Idea, Idea.id.in_(self.idea_ids)):
            states = [
                actions[link.action_id].state
                for link in every(Link, Link.idea_id == idea.id)
                if link.is_in_force and actions[link.action_id].is_living
            ]
            if states:
                assert idea.status == max(states, key=IN_PLAN.index) and actions[idea.action_id].state == idea.status
            else:
                assert idea.action_id is None
            assert idea.status in LINKED or not any(link.is_in_force for link in every(Link, Link.idea_id == idea.id))
        assert not list(queries.list_mismatches())


@given(acts=st.lists(ACTS, min_size=5, max_size=14))
@settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_whatever_happens_each_idea_is_where_the_plan_says(
    make: Make, plans: MakePlan, acts: list[tuple[str, int, Any]]
) -> None:
    history = History(make, plans)
    for act in acts:
        history.do(*act)
        history.check()


def test_the_furthest_of_several_actions_leads_and_the_step_names_whoever_moved_it(make: Make, plans: MakePlan) -> None:
    idea, boss = make.idea(community=HERE, status="retained"), actor_for(plans.boss)
    plans.plan(action_of("Une tournée"), action_of("Une cuisine"))
    first, second = every(Action)
    holder = plans.holder(second)
    for action in (first, second):
        links.make(boss, again(idea), again(action), reason=WHY)
    bulletins.post(actor_for(holder), again(second), BulletinWords("C'est parti.", state="underway"))
    plans.say(again(first), state="underway"), plans.say(again(first), state="achieved")
    (
        plans.say(again(first), "Faute de moyens.", state="dropped"),
        plans.say(again(second), "Faute de moyens.", state="dropped"),
    )
    assert [(step.status, step.action_id, step.by_id) for step in every(StatusChange, StatusChange.idea_id == idea.id)][
        1:
    ] == [
        ("planned", first.id, boss.id),
        ("underway", second.id, holder.id),
        ("achieved", first.id, boss.id),
        ("underway", second.id, boss.id),
        ("retained", second.id, boss.id),
    ]


def test_an_idea_set_by_hand_is_led_by_an_action_from_the_day_when_it_is_linked(make: Make, plans: MakePlan) -> None:
    idea, action = make.idea(community=HERE, status="planned"), plans.action()
    assert idea.is_set_by_hand
    links.make(actor_for(plans.boss), idea, action, reason=WHY)
    assert (
        not again(idea).is_set_by_hand
        and every(StatusChange, StatusChange.action_id == action.id)[-1].status == "planned"
    )


@pytest.mark.parametrize("step", ["retained", "declined", "archived", "achieved"])
def test_no_team_sets_a_step_against_the_plan(make: Make, plans: MakePlan, people: dict[str, Actor], step: str) -> None:
    idea = make.idea(community=HERE, status="retained")
    links.make(people["facilitator"], idea, plans.action(), reason=WHY)
    with pytest.raises(DomainError, match="suit une action du plan"):
        ideas.move(people["facilitator"], again(idea), step, reason=WHY)
    ideas.move(people["facilitator"], again(idea), "same", reason="Une rencontre vient.")
    assert again(idea).status == "planned" and again(idea).action_id


def test_the_doctor_names_an_idea_that_is_not_where_the_plan_says_and_mending_brings_it_there(
    make: Make, plans: MakePlan
) -> None:
    idea, action = make.idea(community=HERE, status="retained"), plans.action()
    plans.link(action, idea)
    [line] = check.examine_plan()
    assert line.grade == "wrong" and f"{idea.id} (retained, not planned)" in line.text
    [difference] = [one for one in recount.repair() if one.counter == "ideas.status"]
    assert (difference.id, difference.kept, difference.counted) == (idea.id, "retained", "planned")
    assert again(idea).status == "planned" and again(idea).action_id == action.id and not recount.list_differences()
    make.at(again(idea), status="declined")
    assert "declined" in check.examine_plan()[0].text
