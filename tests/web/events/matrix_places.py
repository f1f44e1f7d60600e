"""Coming to a meeting: the press of a member, the form of a guest, and the page of a registration by its signed key.

That page is its person's, whoever asks: each kind of reader is answered alike.
"""

from typing import Any

from flask import Flask

from app.core.keys import Purpose
from app.web.events import place_links
from tests.events.coming import confirm, guest, new_event
from tests.matrix import Row
from tests.support.browser import Browser
from tests.support.door import comes
from tests.support.rows import again
from tests.support.world import ROLES

EVENT = "/events/<id:event_id>"
OWN = f"{EVENT}/me/<token>"
SEEN, UNSEEN, CLOSED = "published closed cancelled", "draft hidden deleted private", "closed cancelled"
INSIDE, NOWHERE = "member author coordinator", "draft hidden deleted closed cancelled"
TYPED = {"name": "Maude Roy", "email": "nulle.part@example.org", "mode": "online", "party": "1", "consent": "y"}
PLACE, PRESS = {"name": "Ana", "mode": "in_person", "party": "2"}, {"mode": "in_person"}
SEATS = "event_registrations event_mails events"


def own(path: str, seen: list[tuple[str, str, str]], data: dict[str, Any] | None = None) -> list[Row]:
    """Return the rows of an act on a registration: in each state the answers, and what changes.

    Where the meeting is not in sight, its page is not there.
    """
    return [Row(f"POST {path}", *row, data=data or {}) for row in (*seen, (UNSEEN, "404 *", ""))]


ROUTES = [
    Row(f"GET {EVENT}/registration", "published", "200 anyone; 303 *"),
    Row(f"GET {EVENT}/registration", "private", f"303 {INSIDE}; 404 *"),
    Row(f"GET {EVENT}/registration", NOWHERE, "404 *"),
    Row(f"POST {EVENT}/registration", "published", "303 *", "account_requests", TYPED),
    Row(f"POST {EVENT}/registration", "private", f"303 {INSIDE}; 404 *", data=TYPED),
    Row(f"POST {EVENT}/registration", NOWHERE, "404 *", data=TYPED),
    Row(f"GET {EVENT}/registration/next", "published", "200 anyone; 303 *"),
    Row(f"GET {EVENT}/registration/next", "private", f"303 {INSIDE}; 404 *"),
    Row(f"GET {EVENT}/registration/next", NOWHERE, "404 *"),
    Row(f"POST {EVENT}/coming", "published", "401 anyone; 303 *", SEATS, PRESS),
    Row(f"POST {EVENT}/coming", "private", f"401 anyone; 303 {INSIDE}; 404 *", SEATS, PRESS),
    Row(f"POST {EVENT}/coming", NOWHERE, "401 anyone; 404 *", data=PRESS),
    *(
        row
        for path in (OWN, f"{OWN}/calendar.ics", f"{OWN}/erasure")
        for row in (Row(f"GET {path}", SEEN, "200 *"), Row(f"GET {path}", UNSEEN, "404 *"))
    ),
    *own(OWN, [("published", "303 *", f"{SEATS} registrants"), (CLOSED, "409 *", "")], PLACE),
    *own(f"{OWN}/seat", [(SEEN, "303 *", "")]),
    *own(f"{OWN}/cancellation", [("published cancelled", "303 *", SEATS), ("closed", "303 *", "")]),
    *own(f"{OWN}/erasure", [(SEEN, "303 *", f"{SEATS} registrants")]),
]
EDITS = {OWN}
FOUND_BY = {f"POST {EVENT}/registration": "anyone"}
FORMLESS = {
    f"POST {OWN}/seat": "shown in the last day to who waits, once a place is free: tests/web/events/test_coming.py",
}
APART = {
    f"GET {OWN}{page}": ("its key comes by mail", frozenset(ROLES)) for page in ("", "/calendar.ics", "/erasure")
} | {
    f"GET {EVENT}/registration": ("a member presses instead", frozenset(ROLES) - {"anyone"}),
    f"GET {EVENT}/registration/next": ("the form of a guest leads there", frozenset(ROLES)),
}


def add(make: Any, world: Any) -> None:
    """One guest of each meeting, by the key of their page."""
    for state, event in getattr(world, "events", {}).items():
        world.tokens[state] = place_links.sign(comes(make, event, "Ana Sans Compte"))


def _own(square: Any, state: str, end: str = "") -> str:
    return f"/events/{square.events[state].id}/me/{square.tokens[state]}{end}"


PAGES = {
    "anyone": lambda square: [
        f"/events/{square.events['published'].id}/registration",
        f"/events/{square.events['published'].id}/registration/next",
        *(_own(square, state) for state in SEEN.split()),
        _own(square, "published", "/erasure"),
    ],
    "member": lambda square: [_own(square, "published")],
    "program": lambda square: [_own(square, "published", "/calendar.ics")],
}


def _registration(making: Any) -> Any:
    """The link of a mail opens the page of its registration."""
    mine = again(confirm(new_event(making.make), guest(1)))
    event_id, key = mine.event_id, making.run(lambda: place_links.sign(again(mine)))
    link = f"/events/{event_id}/me/{key}"

    def use(app: Flask) -> bool:
        return Browser(app).get(link).status_code == 200

    return use


UNDER_KEY = {Purpose.REGISTRATION: _registration}
