"""The page of notices takes few statements, and as many whatever the number of notices, with every kind there is."""

from typing import Any

import pytest

from app.accounts.models.people import User
from app.notifications.models import Notice
from app.notifications.topics import KINDS, get_topic
from app.plan.models.structure import Action
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of
from tests.support.queries import costs_alike
from tests.support.rows import every
from tests.support.world import HERE

PARTS, MOST = 12, 12
OF_TALK, OF_MEMBERS = ("comment", "follow.comment"), ("joined", "profile", "measure.hide_profile", "report")
OF_PLAN = ("chain", "linked", "unlinked", "link", "plan", "action", "charge.action", "idea.back")
WITHOUT_IDEA = (*OF_MEMBERS, "plan", "action", "charge.action")
FACTS = {
    "community": 1,
    "count": 3,
    "number": 2,
    "first": 1,
    "status": "retained",
    "reason": "Voilà.",
    "measure": 1,
    "case": 1,
    "appeal": 1,
    "judged": 1,
    "handover": 1,
    "frozen": 1,
    "until": "2027-01-01T12:00:00+00:00",
    "due": "2027-01-01",
}


MIX = (
    "comment.post",
    "follow.update",
    "chain.action",
    "chain.author",
    "measure.hide",
    "joined.member",
    "plan.changed",
    "follow.comment",
)


class Box:
    """The notices of somebody who keeps an action up to date (a coordinator); each about things of its own."""

    def __init__(self, make: Make, reader: User | None = None):
        self.make, self.plans = make, MakePlan(make)
        self.reader = reader or self.plans.boss
        self.plan = self.plans.plan(*(action_of(f"Action {n}", 1) for n in range(20)))
        self.actions = every(Action)
        self.plans.holder(self.actions[0], self.reader)
        self.count = 0

    def add(self, kind: str) -> None:
        self.count += 1
        self.make.add(
            Notice(
                key=f"{kind}:{self.count}",
                user_id=self.reader.id,
                kind=kind,
                topic=get_topic(kind),
                pace="site",
                **self.about(kind),
            )
        )

    def about(self, kind: str) -> dict[str, Any]:
        """Return what a notice of a kind names."""
        make, action = self.make, self.actions[self.count % len(self.actions)]
        idea, facts = make.idea(self.reader, HERE), FACTS | {"beside": make.idea(community=HERE).id}
        if kind.startswith("follow.update"):
            return {"update_id": make.update(community=HERE).id, "facts": facts}
        if kind.startswith(OF_TALK):
            return {
                "comment_id": make.comment(make.update(community=HERE) if list(KINDS).index(kind) % 2 else idea).id,
                "facts": facts,
            }
        named = {"idea_id": None if kind.startswith(WITHOUT_IDEA) else idea.id}
        if kind.startswith(OF_MEMBERS):
            facts |= {"member": make.user().id}
        if kind.startswith(OF_PLAN):
            bulletin = self.plans.say(action) if kind.startswith(("chain", "idea.back")) else None
            named |= {"action_id": action.id, "bulletin_id": bulletin.id if bulletin else None}
        return named | {"facts": facts}


@pytest.mark.parametrize("part", range(PARTS))
def test_notices_of_every_kind_cost_little_and_as_much_for_many_as_for_one(make: Make, sign_in: Any, part: int) -> None:
    box, kinds = Box(make), list(KINDS)[part::PARTS]

    def fill(times: int) -> None:
        for _n in range(1 if times == 1 else 2):
            for kind in kinds:
                box.add(kind)

    costs_alike(fill, (sign_in(box.reader), "/notifications"), most=MOST)


@pytest.mark.parametrize(
    "charges", [{"role": "coordinator"}, {"facilitates": [HERE]}, {}], ids=["coordinator", "facilitator", "member"]
)
def test_a_mix_of_all_that_notices_are_about_costs_no_more(make: Make, sign_in: Any, charges: dict[str, Any]) -> None:
    box = Box(make, make.user(**charges))

    def fill(times: int) -> None:
        for kind in MIX * min(times, 2):
            box.add(kind)

    costs_alike(fill, (sign_in(box.reader), "/notifications"), most=MOST)
