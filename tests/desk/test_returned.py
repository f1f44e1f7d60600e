"""Ideas that came back from the plan: those whose actions were all dropped."""

from app.communities.actors import actor_for
from app.core import clock
from app.desk.queries import desk
from app.desk.queries.queues import Scope
from tests.support.make import Make
from tests.support.make_plan import MakePlan
from tests.support.world import HERE


def test_an_idea_is_back_from_the_plan_though_the_last_of_its_dropped_actions_was_hidden(make: Make) -> None:
    plans, idea = MakePlan(make), make.idea(make.user(), HERE, "retained")
    links = []
    for action in (plans.action(), plans.action("Une cuisine")):
        links.append(plans.link(action, idea))
        plans.say(action, "Faute de moyens.", state="dropped")
    make.at(action, hidden_at=clock.now(), hidden_reason="Des noms")
    assert [item.key for item in desk.list_items(Scope(actor_for(plans.boss)), "returned").items] == [
        f"link-{links[0].id}"
    ]
