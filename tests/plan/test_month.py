"""What the first page says of the month, on both engines (its page: tests/web/site/test_month.py)."""

from datetime import timedelta

from app.core import clock
from app.plan.queries import actions as queries
from app.plan.queries import month
from app.plan.service.bulletins import Completion
from tests.support.make import Make
from tests.support.make_plan import MakePlan


def test_the_month_is_counted_and_the_plan_added_up_as_its_page_does(make: Make, plans: MakePlan) -> None:
    assert month.find_current_tree() is None
    action = plans.action()
    since = clock.now() - timedelta(days=30)
    plans.link(action, make.idea(status="retained"))
    first, _second = queries.list_milestones(action.id)
    plans.say(action, "Tout avance.", completions=[Completion(first.id, clock.today(), "Fait.")])
    last = plans.say(action, "Tout avance encore.")

    found, standing = month.get_month(since, 5), month.find_current_tree()

    assert (found.actions, found.milestones, found.ideas, found.answers) == (1, 1, 1, 1)
    assert [(bulletin.id, of.title) for bulletin, of in found.bulletins] == [(last.id, action.title)]
    assert standing and (standing.rollup.percent, standing.rollup.milestones, standing.rollup.reached) == (50, 2, 1)
    assert month.get_month(clock.now() + timedelta(days=1), 5).bulletins == []
