"""A link that begins while another plan becomes the current one: each waits for the other, and sees what it did."""

from collections.abc import Callable
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


@pytest.mark.parametrize("is_linked_first", [True, False])
@pytest.mark.parametrize("is_new", [True, False])
def test_a_need_is_tied_to_what_is_current_when_both_are_done(
    app: Flask,
    make: Make,
    plans: MakePlan,
    engine: str,
    monkeypatch: pytest.MonkeyPatch,
    is_linked_first: bool,
    is_new: bool,
) -> None:
    former, new = plans.action(), plans.action()
    need, boss = make.idea(kind="need", community=HERE, status="retained"), actor_for(plans.boss)
    ids = need.id, new.id if is_new else former.id
    plan_id, others = new.plan_id, list[Future[None]]()

    def link() -> None:
        links.make(boss, db.session.get_one(Idea, ids[0]), db.session.get_one(Action, ids[1]), reason="Elle y répond.")

    def make_current() -> None:
        publishing.make_current(boss, db.session.get_one(Plan, plan_id))

    def there(act: Callable[[], None]) -> None:
        with app.app_context():
            act()

    first, second = (link, make_current) if is_linked_first else (make_current, link)
    module = links if is_linked_first else publishing
    tell = module.tell

    def tell_slowly(signal: Any) -> None:
        """Hold the first act before its end, until the second waits for it."""
        tell(signal)
        if not others:
            others.append(pool.submit(there, second))
            wait_until_somebody_waits(engine)

    monkeypatch.setattr(module, "tell", tell_slowly)
    db.session.rollback()
    with ThreadPoolExecutor(1) as pool:
        first()
        others[0].result(PATIENCE)
    db.session.rollback()
    assert again(need).is_tied == is_new
    assert recount.list_differences() == []
