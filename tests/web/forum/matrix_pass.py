"""Coming into a forum: whoever reads it reads how; who has an account comes in with it, and everybody else with a pass."""

from typing import Any

from flask import Flask

from app.core.actor import ANYONE, Actor
from app.core.keys import Purpose
from app.forum import policy
from app.forum.participants import Participant
from app.forum.queries import forums as queries
from app.web.forum import day_code
from tests.matrix import TEAM, Row
from tests.security.site_keys import move
from tests.support.browser import Browser
from tests.support.door import comes
from tests.support.law import CONFIRMED, EVERYONE
from tests.support.world import ROLES
from tests.web.forum.hall import CODE, enter, hall
from tests.web.forum.matrix import FORUM, INSIDE, SEEN
from tests.web.forum.matrix import subject as forum_of

PASS = f"{FORUM}/pass"
OPEN, LATE, UNSEEN = "published convergence", "closed cancelled", "draft hidden deleted"
NAME, DAY = {"name": "Maude"}, {"day_code": "AAAA"}


def read(rule: str, code: int) -> list[Row]:
    """Return the rows of a page that whoever reads the forum reads."""
    return [
        Row(f"GET {rule}", SEEN, f"{code} *"),
        Row(f"GET {rule}", "draft", f"{code} {TEAM}; 404 *"),
        Row(f"GET {rule}", "hidden", f"{code} author {TEAM}; 404 *"),
        Row(f"GET {rule}", "private", f"{code} {INSIDE}; 404 *"),
        Row(f"GET {rule}", "deleted", "404 *"),
    ]


def act(rule: str, answers: str, late: str, data: dict[str, str]) -> list[Row]:
    """Return the rows of an act of those without an account, which an account is told that it does not need."""
    return [
        Row(f"POST {rule}", OPEN, answers, data=data),
        Row(f"POST {rule}", LATE, late, data=data),
        Row(f"POST {rule}", "private", f"303 {INSIDE}; 404 *", data=data),
        Row(f"POST {rule}", UNSEEN, "404 *", data=data),
    ]


ROUTES = [
    *read("/f/<id:forum_id>", 302),
    *read(PASS, 200),
    # Who has a session comes in with it.
    *act(PASS, "303 *", "409 anyone; 303 *", {"code": CODE}),
    # Nobody is in the room: these forums are held online.
    *act(f"{PASS}/name", "409 anyone; 303 *", "409 anyone; 303 *", NAME),
    # `member` and `author` have a place.
    *act(f"{PASS}/day", "422 member author; 303 *", "303 *", DAY),
    Row(f"POST {PASS}/leaving", SEEN, "303 *"),
    Row(f"POST {PASS}/leaving", "draft", f"303 {TEAM}; 404 *"),
    Row(f"POST {PASS}/leaving", "hidden", f"303 author {TEAM}; 404 *"),
    Row(f"POST {PASS}/leaving", "private", f"303 {INSIDE}; 404 *"),
    Row(f"POST {PASS}/leaving", "deleted", "404 *"),
    # The key of the square is that of another meeting.
    Row(f"POST {FORUM}/me/<token>", f"{SEEN} {UNSEEN} private", "404 *"),
]
SHOWN = "tests/web/forum/test_passes.py"
FORMLESS = {
    f"POST {PASS}/name": f"shown in the room, on its day: {SHOWN}",
    f"POST {PASS}/day": f"shown to who has a pass: {SHOWN}",
    f"POST {PASS}/leaving": f"shown to who has a pass: {SHOWN}",
    f"POST {FORUM}/me/<token>": f"shown on the page of a place: {SHOWN}",
}
FOUND_BY = {f"POST {PASS}": "anyone"}
APART = {"GET /f/<id:forum_id>": ("it is printed, and typed by hand", frozenset(ROLES))}
LAW = {"forum": {"forum:enter": EVERYONE}, "pass": {"forum:be_there": f"anyone {CONFIRMED}"}}


def subject(make: Any, people: dict[str, Actor], name: str) -> Any:
    if name == "forum":
        return forum_of(make, people, name)
    forum = hall(make)
    place = comes(make, forum, "Ana Sans Compte")
    return Participant(queries.get_forum(ANYONE, forum.id, policy.READ), place)


def add(make: Any, world: Any) -> None:
    """A guest of each forum, who has its code."""
    for forum in getattr(world, "forums", {}).values():
        comes(make, forum, "Ana Sans Compte", CODE)


PAGES = {
    "anyone": lambda square: [f"/forums/{square.forums[state].id}/pass" for state in SEEN.split()],
    "member": lambda square: [f"/forums/{square.forums['published'].id}/pass"],
}


def _pass(making: Any) -> Any:
    """The pass of a browser says whose place it has."""
    forum, browser = hall(making.make), making.browser()
    comes(making.make, forum, "Ana Sans Compte", CODE)
    forum_id = forum.id
    making.run(lambda: enter(browser, forum, CODE))

    def use(app: Flask) -> bool:
        return "Ana Sans Compte" in move(browser, app).get(f"/forums/{forum_id}/pass").words

    return use


def _day_code(making: Any) -> Any:
    """The code that a room was shown lets in whoever gives it."""
    forum = hall(making.make)
    comes(making.make, forum, "Ana Sans Compte", CODE)
    forum_id, shown = forum.id, making.run(lambda: day_code.read_day_code(forum))

    def use(app: Flask) -> bool:
        browser = Browser(app)
        browser.submit(f"/forums/{forum_id}/pass", "form[action$='/pass']", code=CODE)
        page = browser.submit(f"/forums/{forum_id}/pass", "form[action$='/day']", day_code=shown)
        return bool(page.status_code == 303)

    return use


UNDER_KEY = {Purpose.PASS: _pass, Purpose.DAY_CODE: _day_code}
