"""A meeting that thousands follow is published at once, and told to them part by part, by the worker."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from app.accounts.models.people import User
from app.core.db import db
from app.notifications.models import Fact, Follow, Notice
from app.notifications.service import facts
from tests.events.stored import event_in
from tests.large import large
from tests.support import plans
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.rows import count

HERE = "securite-alimentaire"
# Statements of the press, whoever follows; of the worker in one transaction, which tells so many people.
OF_A_PRESS, OF_A_PART = 22, 12


@pytest.mark.parametrize("number", [2_500, pytest.param(20_000, marks=pytest.mark.soak)])
def test_a_press_writes_one_fact_and_the_worker_tells_a_thousand_at_a_time(
    make: Make, sign_in: Callable[[User], Browser], number: int
) -> None:
    room, first = make.room(HERE), (db.session.scalar(select(func.max(User.id))) or 0) + 1
    large.grow(
        User,
        number,
        name="'Suit ' || n",
        sort_key="'suit'",
        fs_uniquifier="'suit-' || n",
        confirmed_at=large.moment("n"),
    )
    follower = f"{first} + n - 1"
    large.grow(
        Follow,
        number,
        user_id=follower,
        kind="'community'",
        target_id=str(room.id),
        level="'all'",
        at=large.moment("n"),
    )
    large.measure()
    editor = make.user(facilitates=[HERE])
    draft = event_in(make, room=room, author_id=editor.id, status="draft", published_at=None)
    browser = sign_in(editor)
    page = browser.get(f"/events/{draft.id}/publication")
    with plans.record() as sent:
        assert browser.submit(page, "main form.form").status_code == 303
    assert len(sent) <= OF_A_PRESS and (count(Fact), count(Notice)) == (1, 0), [one.text for one in sent]
    parts = [tell() for _part in range(number // facts.SIZE + 1)]
    assert count(Notice) == number and not facts.tell_next()
    assert all(len(part) <= OF_A_PART for part in parts)
    # SQLite puts in order those who are left, who may follow by several things.
    assert plans.faults(parts[1], most=number + 12 * facts.SIZE) == []


def tell() -> list[Any]:
    """Tell the next part; return the statements that it took."""
    with plans.record() as sent:
        assert facts.tell_next()
    db.session.rollback()
    return sent
