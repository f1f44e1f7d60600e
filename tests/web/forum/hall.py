"""A forum in a hall, and a browser that comes into it without an account."""

from datetime import timedelta
from typing import Any

from app.core import clock
from app.forum.models import Forum
from tests.events.stored import event_in
from tests.forum.stored import forum_in
from tests.support.browser import Browser
from tests.support.make import Make
from tests.support.world import HERE

CODE = "ABC234"
BY_CODE, BY_NAME, BY_DAY, LEAVING = (f"form[action$='/pass{end}']" for end in ("", "/name", "/day", "/leaving"))


def hall(make: Make, *, room: str = HERE, phase: str = "before", **columns: Any) -> Forum:
    """Store a forum in a hall that begins in an hour, for six hours; `columns` are those of its meeting."""
    usual = {"room": make.room(room), "starts_at": clock.now() + timedelta(hours=1), "hours": 6}
    in_hall = {"mode": "in_person", "territory_id": 1}
    return forum_in(make, event=event_in(make, **usual | in_hall | columns), phase=phase)


def address(forum: Forum, end: str = "") -> str:
    return f"/forums/{forum.id}/pass{end}"


def enter(browser: Browser, forum: Forum, code: str = CODE) -> Any:
    """Type a code, and return the page that comes."""
    return browser.submit(address(forum), BY_CODE, code=code, follow=True)


def get_pass(browser: Browser) -> Any:
    """Return the pass that a browser has; None for none."""
    return next((cookie for cookie in browser._cookies.values() if cookie.key == "pass"), None)
