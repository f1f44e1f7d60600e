"""From the plan back to the voices, as each person may read them."""

from app.communities.actors import actor_for
from app.core import clock
from app.core.actor import ANYONE
from app.journey import voices
from app.plan import policy
from app.plan.queries import actions
from app.plan.queries import plans as queries
from tests.support.make import Make
from tests.support.make_plan import MakePlan

HERE = "securite-alimentaire"


def test_each_person_is_told_of_the_voices_that_they_may_read(make: Make, plans: MakePlan) -> None:
    action, idea, hidden = (
        plans.action(),
        make.idea(community=HERE, votes=2),
        make.idea(community=HERE, hidden_reason="Non"),
    )
    plans.link(action, idea), plans.link(action, hidden)
    make.at(hidden, hidden_at=hidden.created_at)
    team, boss = make.actor(facilitates=[HERE]), actor_for(plans.boss)
    for actor, count in ((ANYONE, 1), (make.actor(), 1), (make.actor(member_of=[HERE]), 1), (team, 2), (boss, 2)):
        plan = queries.find_current_plan(actor)
        assert plan is not None
        objective = queries.get_objective(actor, action.objective_id, policy.READ_OBJECTIVE)
        for found in (
            voices.of_plan(actor, plan),
            voices.of_objective(actor, objective),
            voices.of_action(actor, action),
        ):
            assert (found.count, found.supporters, len(found.ideas)) == (count, 2, count)
        assert actions.get_action_of_thread(actor, action.thread_id, policy.READ_ACTION).id == action.id


def test_an_idea_that_is_not_read_leads_to_none_that_was_joined_to_it(make: Make, plans: MakePlan) -> None:
    action, hidden, boss = plans.action(), make.idea(), actor_for(plans.boss)
    linked, beside = make.idea(merged_into=hidden.id), make.idea(merged_into=hidden.id, votes=3)
    plans.link(action, linked)
    assert {idea.id for idea in voices.of_action(ANYONE, action).ideas} == {hidden.id, linked.id, beside.id}
    make.at(hidden, hidden_at=clock.now(), hidden_reason="non")
    found = voices.of_action(ANYONE, action)
    assert ([idea.id for idea in found.ideas], found.count, found.supporters) == ([linked.id], 1, 0)
    assert voices.of_action(boss, action).count == 3
