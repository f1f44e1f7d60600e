"""A Forum ouvert: its rooms and hours, its phases. Who runs its meeting runs it, who reads its meeting reads it."""

from typing import Any

from app.core.actor import ANYONE, Actor
from app.events.models.meetings import Event
from app.forum import policy
from app.forum.models import Forum
from app.forum.queries import forums as queries
from tests.events.stored import event_in
from tests.forum.stored import QUESTION, forum_in
from tests.matrix import ON_PAGE, TEAM, Row, closed_form, form, late
from tests.support.browser import AS_SHOWN
from tests.support.clock import LONG_AGO
from tests.support.law import EVERYONE
from tests.support.world import HERE, SECLUDED

FORUM, EVENT = "/forums/<id:forum_id>", "/events/<id:event_id>"
SEEN, INSIDE = "published convergence closed cancelled", "member author coordinator"
NEW = {"question": QUESTION, "size": "60", "length": "half_day"}
TYPED = {"question": "Une autre question, posée autrement?", "act": "save"} | ON_PAGE
SHIFTED = {"slot": AS_SHOWN, "minutes": "10"} | ON_PAGE
CLOSING = {"seen": "convergence"}
ON = {"phase": "marketplace", "seen": "before"}
PARTS = "events forums forum_rooms forum_slots"
STATES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "draft": ({"status": "draft"}, {}),
    "published": ({}, {}),
    "convergence": ({}, {"phase": "convergence"}),
    "closed": ({}, {"phase": "closed"}),
    "cancelled": ({"status": "cancelled", "cancelled_reason": "Une tempête", "cancelled_at": LONG_AGO}, {}),
    "hidden": ({"hidden_at": LONG_AGO, "hidden_reason": "Une erreur"}, {}),
    "deleted": ({"deleted_at": LONG_AGO}, {}),
    "private": ({}, {}),
}
"""Each state of a forum, as columns of its meeting and its own."""


def act(path: str, states: str, changes: str, data: dict[str, Any] | None = None) -> list[Row]:
    """Return the rows of an act of the team, which is nobody's in the other states."""
    others = " ".join(sorted({*STATES} - {"private", *states.split()}))
    rows = form(path, states, TEAM, changes, data) + form(path, "private", "coordinator", changes, data)
    return rows + closed_form(path, others, data)


ROUTES = [
    Row(f"GET {FORUM}", SEEN, "200 *"),
    Row(f"GET {FORUM}", "draft", f"200 {TEAM}; 404 *"),
    Row(f"GET {FORUM}", "hidden", f"200 author {TEAM}; 404 *"),
    Row(f"GET {FORUM}", "deleted", "404 *"),
    Row(f"GET {FORUM}", "private", f"200 {INSIDE}; 404 *"),
    *form(f"{EVENT}/forum", "draft published", TEAM, PARTS, NEW),
    *form(f"{EVENT}/forum", "private", "coordinator", PARTS, NEW),
    *closed_form(f"{EVENT}/forum", "closed cancelled hidden deleted", NEW),
    *act(f"{FORUM}/edit", "draft published convergence", PARTS, TYPED),
    *act(f"{FORUM}/deletion", "draft published cancelled", f"{PARTS} forum_topics"),
    *act(f"{FORUM}/shift", "draft published convergence", "forum_slots", SHIFTED),
    # Its choice is not counted.
    Row(f"GET {FORUM}/closing", "convergence", f"303 anyone; 200 {TEAM}; 404 *"),
    Row(f"POST {FORUM}/closing", "convergence", f"401 anyone; 409 {TEAM}; 404 *", data=CLOSING),
    # Its page tells that convergence comes before.
    Row(f"GET {FORUM}/closing", "published", f"303 anyone {TEAM}; 404 *"),
    Row(f"POST {FORUM}/closing", "published", f"401 anyone; 409 {TEAM}; 404 *", data=CLOSING),
    Row(f"GET {FORUM}/closing", "private", "303 anyone coordinator; 404 *"),
    Row(f"POST {FORUM}/closing", "private", "401 anyone; 409 coordinator; 404 *", data=CLOSING),
    *late(f"{FORUM}/closing", "closed", TEAM, CLOSING),
    *closed_form(f"{FORUM}/closing", "draft cancelled hidden deleted", CLOSING),
    Row(f"POST {FORUM}/phase", "published", f"401 anyone; 303 {TEAM}; 404 *", "forums journal", ON),
    Row(f"POST {FORUM}/phase", "private", "401 anyone; 303 coordinator; 404 *", "forums journal", ON),
    # A colleague was faster: the page says where it stands.
    Row(f"POST {FORUM}/phase", "convergence closed", f"401 anyone; 303 {TEAM}; 404 *", data=ON),
    Row(f"POST {FORUM}/phase", "draft cancelled hidden deleted", "401 anyone; 404 *", data=ON),
]
LAW = {
    "forum": {
        "forum:read": EVERYONE,
        "forum:arrange": TEAM,
        "forum:move_phase": TEAM,
        "forum:remove": TEAM,
    },
    "event": {"forum:create": TEAM},
}
NEEDED = {"forums": {"phase": "before"}, "forum_rooms": {"places": 1}, "forum_slots": {"kind": "session", "minutes": 1}}
EDITS = {f"{FORUM}/edit save"}


def subject(make: Any, _people: dict[str, Actor], name: str) -> Forum | Event:
    """Return a forum of a community of which `facilitator` is of the team, or a meeting that may become one."""
    event = event_in(make, room=make.room(HERE))
    if name == "event":
        return event
    forum = forum_in(make, event=event)
    return queries.get_forum(ANYONE, forum.id, policy.READ)


def add(make: Any, world: Any) -> None:
    """One forum in each state, whose question is a canary."""
    author = world.people["author"]
    world.forums = {
        state: forum_in(
            make,
            event=event_in(
                make,
                room=make.room(SECLUDED if state == "private" else HERE),
                author_id=author.id,
                title=f"Un forum canari-forum-{state}",
                **of_event,
            ),
            question=f"Que faut-il changer, canari-question-{state}?",
            **own,
        )
        for state, (of_event, own) in STATES.items()
    }


def _pages(square: Any, state: str, *ends: str) -> list[str]:
    return [f"/forums/{square.forums[state].id}{end}" for end in ends]


PAGES = {
    "anyone": lambda square: [
        *(one for state in SEEN.split() for one in _pages(square, state, "")),
        *(f"/events/{square.forums[state].id}" for state in ("published", "convergence", "closed")),
    ],
    "member": lambda square: _pages(square, "private", ""),
    "facilitator": lambda square: [
        *_pages(square, "published", "", "/edit", "/shift", "/deletion"),
        *_pages(square, "convergence", "", "/closing"),
        *_pages(square, "hidden", ""),
        f"/events/{square.events['published'].id}/forum",
    ],
}
