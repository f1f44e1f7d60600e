"""Whether an idea is tied, when a link begins while another plan becomes the current one: each waits for the other."""

from concurrent.futures import Future, ThreadPoolExecutor
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
from tests.support.rows import again, every
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


@pytest.mark.parametrize("is_new", [True, False])
def test_a_link_waits_for_the_plan_that_becomes_the_current_one(
    app: Flask,
    make: Make,
    plans: MakePlan,
    engine: str,
    monkeypatch: pytest.MonkeyPatch,
    is_new: bool,
) -> None:
    former, new = plans.action(), plans.action()
    need, boss = make.idea(kind="need", community=HERE, status="retained"), actor_for(plans.boss)
    ids = need.id, new.id if is_new else former.id
    plan_id, others = new.plan_id, list[Future[None]]()

    def link() -> None:
        with app.app_context():
            need, action = db.session.get_one(Idea, ids[0]), db.session.get_one(Action, ids[1])
            links.make(boss, need, action, reason="Elle y répond.")

    tell = publishing.tell

    def tell_slowly(signal: Any) -> None:
        """Hold what makes a plan current before its end, until the link waits for it."""
        tell(signal)
        if not others:
            others.append(pool.submit(link))
            wait_until_somebody_waits(engine)

    monkeypatch.setattr(publishing, "tell", tell_slowly)
    db.session.rollback()
    with ThreadPoolExecutor(1) as pool:
        publishing.make_current(boss, db.session.get_one(Plan, plan_id))
        others[0].result(PATIENCE)
    db.session.rollback()
    assert again(need).is_tied == is_new
    assert recount.list_differences() == []
