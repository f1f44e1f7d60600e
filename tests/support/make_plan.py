"""A plan for tests, published through its own acts, and what is said of its actions."""

from typing import Any

import pytest

from app.accounts.models.people import User
from app.comments.models import Thread
from app.communities.actors import actor_for
from app.core import clock
from app.core.db import db
from app.core.unit import unit
from app.ideas.models import Idea
from app.plan.models.links import Link
from app.plan.models.progress import Holder
from app.plan.models.structure import Action, Milestone, Plan
from app.plan.outline import ActionOutline, MilestoneOutline, ObjectiveOutline, OrientationOutline, Outline
from app.plan.queries import plans as queries
from app.plan.service import bulletins, publishing
from app.plan.service.bulletins import BulletinWords
from tests.support.make import Make


def outline_of(*actions: ActionOutline, title: str = "Plan d'action intégré") -> Outline:
    """Return a plan of one orientation and one objective that holds these actions (one of two milestones by default)."""
    held = list(actions) or [action_of("Une tournée d'épicerie", milestones=2)]
    objective = ObjectiveOutline("Rapprocher les aliments", actions=held)
    return Outline(
        title, "2026-04-01", "2029-03-31", orientations=[OrientationOutline("Bien manger", objectives=[objective])]
    )


def action_of(title: str, milestones: int | list[MilestoneOutline] = 0, **fields: Any) -> ActionOutline:
    """Return an action with these milestones, or with so many."""
    steps = (
        milestones
        if isinstance(milestones, list)
        else [MilestoneOutline(f"Jalon {n}") for n in range(1, milestones + 1)]
    )
    return ActionOutline(title, **{"milestones": steps} | fields)


class MakePlan:
    """Each call goes through the acts of the coordination, by `boss`."""

    def __init__(self, make: Make, boss: User | None = None) -> None:
        self.make = make
        self.boss = boss or make.user("Coordination", role="coordinator")

    def plan(self, *actions: ActionOutline, **fields: Any) -> Plan:
        """Return a published plan; the first one is the current one."""
        outline = outline_of(*actions, **fields)
        plan = publishing.begin(
            actor_for(self.boss),
            title=outline.title,
            starts_on=clock.today().replace(month=4, day=1),
            ends_on=clock.today().replace(year=clock.today().year + 3, month=3, day=31),
        )
        publishing.publish(actor_for(self.boss), plan, outline, reason="Première version")
        return plan

    def action(
        self, title: str = "Une tournée d'épicerie", milestones: int | list[MilestoneOutline] = 2, **fields: Any
    ) -> Action:
        """Return the one action of a new plan."""
        plan = self.plan(action_of(title, milestones, **fields))
        return db.session.get_one(Action, queries.list_action_ids(plan)[0])

    def actions(self, plan: Plan) -> list[Action]:
        """Return the actions of a plan, in its order."""
        return list(queries.list_actions(plan))

    def holder(self, action: Action, user: User | None = None) -> User:
        user = user or self.make.user("Chantal Perdrix")
        self.make.add(Holder(action_id=action.id, user_id=user.id, given_by=self.boss.id))
        return user

    def say(self, action: Action, body: str = "Tout avance.", by: User | None = None, **words: Any) -> Any:
        return bulletins.post(actor_for(by or self.boss), action, BulletinWords(body, **words))

    @unit()
    def fill(self, plan: Plan, count: int) -> None:
        """Add many actions to the first objective of a plan, each with a milestone, as a version would have left them."""
        first = db.session.query(Action).filter_by(plan_id=plan.id).order_by(Action.id).first()
        assert first
        threads = [Thread(kind="action", title="Une de plus", is_public=True, is_open=True) for _n in range(count)]
        db.session.add_all(threads)
        db.session.flush()
        actions = [
            Action(
                plan_id=plan.id,
                objective_id=first.objective_id,
                code=f"x{thread.id}",
                title="Une de plus",
                author_id=self.boss.id,
                thread_id=thread.id,
            )
            for thread in threads
        ]
        db.session.add_all(actions)
        db.session.flush()
        db.session.add_all(Milestone(action_id=action.id, title="Un jalon") for action in actions)

    def link(self, action: Action, idea: Idea, **columns: Any) -> Link:
        """Return a link in force, as accepting it would have left it; the idea's status is as it was."""
        defaults = {
            "proposed_by": self.boss.id,
            "answer": "accepted",
            "answered_by": self.boss.id,
            "answered_at": clock.now(),
            "reason": "Elle part de ce besoin.",
        }
        return self.make.add(Link(action_id=action.id, idea_id=idea.id, **defaults | columns))


@pytest.fixture
def plans(make: Make) -> MakePlan:
    """Plans for this test, and what is said of their actions: plans.plan(), plans.action(), plans.say(), …"""
    return MakePlan(make)
