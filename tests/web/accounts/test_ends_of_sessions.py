"""A session ends by itself: a month after it last served, and three months after it began, however often it serves."""

from datetime import timedelta
from typing import Any

import pytest

from app.accounts import sessions
from app.accounts.models.sessions import Session
from app.communities import queries as communities
from app.core import clock as time
from app.ideas.models import Idea
from tests.support.accounts import is_in
from tests.support.make import PASSWORD
from tests.support.rows import count, every

DAYS = 90


def use_for(browser: Any, clock: Any, days: int) -> None:
    """Come back every twenty days, as somebody who never signs out."""
    for _time in range(days // 20):
        clock.forward(days=20)
        assert is_in(browser)
    clock.forward(days=days % 20)


@pytest.mark.both_engines
def test_a_session_that_serves_ends_after_ninety_days(sign_in: Any, make: Any, clock: Any) -> None:
    user = make.user()
    browser = sign_in(user)
    use_for(browser, clock, 89)
    assert is_in(browser)
    clock.forward(days=1, minutes=1)
    assert browser.get("/account").headers["Location"] == "/login?next=/account"
    assert sessions.list_sessions(user) == []


@pytest.mark.both_engines
def test_its_row_is_forgotten(sign_in: Any, make: Any, clock: Any) -> None:
    browser = sign_in(make.user())
    use_for(browser, clock, 89)
    sign_in(make.user())
    sessions.purge()
    assert count(Session) == 2
    clock.forward(days=2)
    sessions.purge()
    assert [time.now() - row.created_at < timedelta(days=3) for row in every(Session)] == [True]


def test_what_was_typed_meanwhile_is_sent_after_signing_in_again(sign_in: Any, make: Any, clock: Any) -> None:
    user = make.user()
    email, browser = user.email, sign_in(user)
    use_for(browser, clock, 89)
    page = browser.get("/ideas/new")
    clock.forward(days=2)
    asked = browser.submit(
        page,
        "main form",
        button="publish",
        title="Un titre gardé",
        body="Un texte gardé aussi.",
        community=str(communities.get_rooms().all[0].id),
    )
    assert asked.status_code == 401 and "Un titre gardé" in asked.words
    back = browser.submit(asked, "main form", email=email, password=PASSWORD)
    assert back.status_code == 200 and "Un texte gardé aussi." in back.words
    assert browser.submit(back, "main form").status_code == 303
    assert [idea.title for idea in every(Idea)] == ["Un titre gardé"]


def test_the_page_of_sessions_and_the_policy_say_it(sign_in: Any, make: Any, visitor: Any) -> None:
    assert f"{DAYS} jours après son ouverture" in sign_in(make.user()).get("/account/sessions").words
    assert f"{DAYS} jours" in visitor.get("/privacy").words and f"{DAYS} days" in visitor.get("/privacy?lang=en").words
    assert timedelta(days=DAYS) == sessions.LONGEST
