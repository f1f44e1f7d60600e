"""Each act of the plan is one line of the journal, or says here why it is none."""

import inspect
import pkgutil
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

import pytest

from app.accounts import service as accounts
from app.communities.actors import actor_for
from app.core import clock
from app.ideas import service as ideas
from app.journal.models import Entry
from app.moderation.measures.service import contents as measures
from app.plan import service
from app.plan.outline import IndicatorOutline, Outline
from app.plan.queries import actions
from app.plan.queries import plans as queries
from app.plan.service import bulletins, holders, links, publishing
from app.plan.service.bulletins import Completion, Measurement
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of
from tests.support.rows import again, every, last
from tests.support.world import HERE

WHY = "Pour que tout se voie."
UNSEEN, SAYS_ITSELF = (
    "only the coordination sees it yet",
    "it is seen where it is said, and changes nothing of the plan",
)
QUIET = {
    "publishing.begin": UNSEEN,
    "publishing.save_draft": UNSEEN,
    "publishing.drop_draft": UNSEEN,
    "publishing.delete": "nobody but the coordination ever saw it",
    "drafting.write_head": UNSEEN,
    "drafting.write_part": UNSEEN,
    "drafting.move_part": UNSEEN,
    "drafting.remove_part": UNSEEN,
    "drafting.restore_part": UNSEEN,
    "concerns.publish": SAYS_ITSELF,
    "concerns.edit": SAYS_ITSELF,
    "links.propose": "nothing is linked until it is answered",
    "statuses.repair": "an operator brings back what the lines said already",
}


class World:
    """One plan of an action with all that may happen to it, two ideas, a holder, a link in force and one that waits."""

    def __init__(self, make: Make, plans: MakePlan):
        self.boss = actor_for(plans.boss)
        self.judge = make.actor(role="coordinator")
        self.say = plans.say
        figures = [IndicatorOutline("Ménages", target=40)]
        self.plan = plans.plan(
            action_of("Une tournée", 2, indicators=figures, community=HERE), action_of("Une cuisine")
        )
        self.action, self.bare = (
            actions.get_action(self.boss, number, publishing.policy.READ_ACTION)
            for number in sorted(queries.list_action_ids(self.plan))
        )
        self.first, self.second = actions.list_milestones(self.action.id)
        self.holder, self.newcomer = plans.holder(self.action), make.user()
        self.author = make.user()
        self.linked, self.idea, self.asked = (make.idea(self.author, HERE, status="retained") for _n in range(3))
        self.link = links.make(self.boss, self.linked, self.action, reason=WHY)
        self.waiting = links.propose(make.actor(), self.asked, self.action, reason=WHY)
        self.bulletin = plans.say(self.action, completions=[Completion(self.first.id, clock.today(), "La liste")])
        self.other = plans.plan(title="Le suivant")
        self.hidden = plans.say(self.bare, "À masquer.")
        measures.hide(self.judge, self.hidden, reason=WHY)

    def change(self) -> Outline:
        outline = queries.get_published_outline(self.plan)
        outline.summary = "Autre chose."
        return outline

    def publish_draft(self) -> None:
        draft = publishing.save_draft(self.boss, self.plan, self.change(), version="")
        publishing.publish_draft(self.boss, self.plan, version=draft.version, reason=WHY)

    def unarchive(self) -> None:
        publishing.archive(self.boss, self.plan)
        publishing.unarchive(self.boss, again(self.plan))

    def restore_action(self) -> None:
        measures.hide(self.judge, self.bare, reason=WHY)
        measures.restore(self.judge, again(self.bare), reason=WHY)


ACTS: dict[str, Callable[[World], Any]] = {
    "publishing.publish": lambda w: publishing.publish(w.boss, w.plan, w.change(), reason=WHY),
    "publishing.publish_draft": World.publish_draft,
    "publishing.make_current": lambda w: publishing.make_current(w.boss, w.other),
    "publishing.archive": lambda w: publishing.archive(w.boss, w.plan),
    "publishing.unarchive": World.unarchive,
    "bulletins.post": lambda w: w.say(w.action, completions=[Completion(w.second.id, clock.today(), "La liste")]),
    "bulletins.post a state": lambda w: w.say(w.action, state="planned"),
    "bulletins.post a milestone again": lambda w: w.say(w.action, reopened=[w.first.id]),
    "bulletins.post a figure": lambda w: w.say(
        w.action, measurements=[Measurement(actions.list_indicators(w.action.id)[0].id, clock.today(), 27)]
    ),
    "bulletins.post how far": lambda w: w.say(w.bare, progress=30),
    "bulletins.edit": lambda w: bulletins.edit(w.boss, w.bulletin, body="Autrement."),
    "bulletins.delete": lambda w: bulletins.delete(w.boss, w.bulletin),
    "bulletins.hide": lambda w: measures.hide(w.judge, w.bulletin, reason=WHY),
    "bulletins.restore": lambda w: measures.restore(w.judge, w.hidden, reason=WHY),
    "actions.hide": lambda w: measures.hide(w.judge, w.action, reason=WHY),
    "actions.restore": World.restore_action,
    "holders.appoint": lambda w: holders.appoint(w.boss, w.action, w.newcomer),
    "holders.relieve": lambda w: holders.relieve(w.boss, w.action, w.holder.id),
    "holders.relieve by a closed account": lambda w: accounts.close(actor_for(w.holder), again(w.holder)),
    "links.make": lambda w: links.make(w.boss, w.idea, w.action, reason=WHY),
    "links.accept": lambda w: links.accept(w.boss, w.waiting),
    "links.decline": lambda w: links.decline(w.boss, w.waiting, reason=WHY),
    "links.end": lambda w: links.end(w.boss, w.link, reason=WHY),
    "links.end by an idea that goes": lambda w: ideas.withdraw(actor_for(w.author), w.linked, reason=WHY),
}
MORE = {"actions.restore": 2, "publishing.unarchive": 2}
"""Acts that begin by another one."""


def commands() -> set[str]:
    """Return the acts of the services of the plan."""
    rooms = {
        found.name: import_module(f"{service.__name__}.{found.name}")
        for found in pkgutil.iter_modules(service.__path__)
    }
    return {
        f"{name}.{act}"
        for name, room in rooms.items()
        for act, function in vars(room).items()
        if inspect.isfunction(function) and hasattr(function, "__wrapped__") and function.__module__ == room.__name__
    }


@pytest.mark.one_engine
def test_each_act_is_tried_or_says_why_it_is_no_line() -> None:
    assert commands() == {name.split()[0] for name in ACTS} | QUIET.keys()


@pytest.mark.parametrize("name", ACTS)
def test_each_act_of_the_plan_is_one_line(make: Make, plans: MakePlan, name: str) -> None:
    world = World(make, plans)
    before = last(Entry).id
    ACTS[name](world)
    lines = [line for line in every(Entry, Entry.id > before) if line.kind != "status"]
    assert len(lines) == MORE.get(name, 1), [(line.kind, line.facts) for line in lines]


def test_what_changes_nothing_is_no_line(make: Make, plans: MakePlan) -> None:
    world = World(make, plans)
    before = last(Entry).id
    for act in (
        partial(publishing.make_current, world.boss, world.plan),
        partial(holders.appoint, world.boss, world.action, world.holder),
        partial(holders.relieve, world.boss, world.action, world.newcomer.id),
        partial(bulletins.edit, world.boss, world.bulletin, body=world.bulletin.body),
        partial(world.say, world.action, "Mots."),
    ):
        act()
    assert last(Entry).id == before
