"""Whether an idea is tied, when a link begins while another plan becomes the current one."""

from threading import Event
from typing import Any

import pytest
from flask import Flask

from app.communities.actors import actor_for
from app.core.db import db
from app.ideas.models import Idea
from app.operations import recount
from app.plan.models.links import Link
from app.plan.models.structure import Action, Plan
from app.plan.service import links, publishing
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of
from tests.support.races import PATIENCE, at_once, wait_until_somebody_waits
from tests.support.rows import every
from tests.support.world import HERE

WHY = "Elle y répond."


@pytest.mark.parametrize("is_of_next", [True, False], ids=["next", "former"])
@pytest.mark.parametrize("is_proposed", [True, False], ids=["accept", "make"])
def test_a_plan_that_becomes_current_waits_for_a_link_that_begins(
    app: Flask, make: Make, engine: str, monkeypatch: pytest.MonkeyPatch, is_proposed: bool, is_of_next: bool
) -> None:
    boss = make.user(role="coordinator")
    for number in range(2):
        MakePlan(make, boss).plan(action_of(f"Action {number}", community=HERE), title=f"Plan {number}")
    plan_ids = [plan.id for plan in every(Plan)]
    (action,) = every(Action, Action.plan_id == plan_ids[is_of_next])
    idea_id, action_id = make.idea(kind="need", status="retained", community=HERE).id, action.id
    link = Link(idea_id=idea_id, action_id=action_id, proposed_by=boss.id)
    link_id = make.add(link).id if is_proposed else 0
    actor, tell, is_held = actor_for(boss), links.tell, Event()

    def tell_once_the_plan_waits(signal: Any) -> None:
        is_held.set()
        wait_until_somebody_waits(engine)
        tell(signal)

    def begin() -> None:
        if is_proposed:
            links.accept(actor, db.session.get_one(Link, link_id), reason=WHY)
        else:
            links.make(actor, db.session.get_one(Idea, idea_id), db.session.get_one(Action, action_id), reason=WHY)

    def make_current() -> None:
        plan = db.session.get_one(Plan, plan_ids[1])
        assert is_held.wait(PATIENCE)
        publishing.make_current(actor, plan)

    monkeypatch.setattr(links, "tell", tell_once_the_plan_waits)
    at_once(app, [begin, make_current])
    assert db.session.get_one(Plan, plan_ids[1]).is_current
    assert db.session.get_one(Idea, idea_id).is_tied is is_of_next
    assert recount.list_differences() == []
