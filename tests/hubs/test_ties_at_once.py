"""A plan becomes the current one, and a link that begins meanwhile waits for it, and sees what it did."""

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask

from app.communities.actors import actor_for
from app.core.db import db
from app.ideas.models import Idea
from app.operations import recount
from app.plan.models.structure import Action, Plan
from app.plan.service import links, publishing
from tests.support.make import Make
from tests.support.make_plan import MakePlan
from tests.support.races import PATIENCE, wait_until_somebody_waits
from tests.support.rows import again
from tests.support.world import HERE


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
