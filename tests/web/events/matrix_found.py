"""Where meetings are found: their list, their calendars, one's own."""

from typing import Any

from app.core.db import db
from app.events import calendar_addresses
from app.events.models.contents import EventLine, EventMove, EventSubject
from app.events.models.meetings import Event
from app.events.models.minutes import EventDecision
from app.events.models.registrations import CalendarAddress
from tests.events.stored import at, event_in
from tests.matrix import Row
from tests.support.law import SIGNED_IN
from tests.support.world import HERE, ROLES

ONES_OWN = "303 anyone; 200 *"
EVENT, INSIDE = "/events/<id:event_id>", "member author coordinator"
SEEN, UNSEEN = "published closed cancelled", "draft hidden deleted"
ROUTES = [
    Row("GET /events", "", "200 *"),
    Row("GET /events.atom", "", "200 *"),
    Row("GET /events.ics", "", "200 *"),
    Row("GET /communities/<slug>/events.ics", "current archived", "200 *"),
    Row("GET /communities/<slug>/events.ics", "secluded", "404 *"),
    Row("GET /account/events", "", ONES_OWN),
    Row("POST /account/events/calendar", "", "401 anyone; 303 *", "calendar_addresses"),
    Row("POST /account/events/calendar/withdrawal", "", "401 anyone; 303 *", "calendar_addresses"),
    # Whoever has the address reads it; a wrong one leads nowhere.
    Row("GET /events/own/<token>.ics", "calendar", "200 *"),
    Row("GET /events/own/<token>.ics", "spent", "404 *"),
    *(
        Row(f"GET {EVENT}{end}", states, answers)
        for end in (".ics", "/picture.png")
        for states, answers in ((SEEN, "200 *"), (UNSEEN, "404 *"))
    ),
    # From inside, one may put it in one's calendar; no picture of it is shown anywhere.
    Row(f"GET {EVENT}.ics", "private", f"200 {INSIDE}; 404 *"),
    Row(f"GET {EVENT}/picture.png", "private", "404 *"),
]
LAW = {"nothing": {"calendar:read": SIGNED_IN}}


def add(make: Any, world: Any) -> None:
    """`author` has an address for their own calendar."""
    world.tokens["calendar"] = "jeton-de-l-agenda"
    token_hash = calendar_addresses.hash_token(world.tokens["calendar"])
    make.add(CalendarAddress(user_id=world.people["author"].id, token_hash=token_hash))


def grow(make: Any) -> None:
    """One meeting more in each list, and one thing more in each list of the page of a meeting."""
    filed = {"room": make.room(HERE), "features": ["childcare"], "issues": [2], "territories": [3]}
    for when in ({"days": 7}, {"days": -7}, {"starts_at": at("2027-02-18 18:30")}):
        event_in(make, **filed, **when)
    for event in db.session.query(Event).filter_by(status="closed"):
        times = {"former_starts_at": event.starts_at, "former_ends_at": event.ends_at}
        times |= {"starts_at": event.starts_at, "ends_at": event.ends_at}
        make.add(EventMove(event_id=event.id, by_id=event.author_id, reason="La salle est prise.", **times))
        make.add(EventLine(event_id=event.id, text="Un point de plus."))
        make.add(EventSubject(event_id=event.id, role="led_to", idea_id=make.idea().id))
        make.add(EventDecision(event_id=event.id, text="On recommence.", idea_id=make.idea().id))


def _calendar(square: Any) -> str:
    return f"/events/own/{square.tokens['calendar']}.ics"


PAGES = {
    "anyone": lambda _square: ["/events", "/events?when=past", "/events?month=2027-02"],
    "program": lambda square: [
        "/events.atom",
        "/events.ics",
        "/communities/securite-alimentaire/events.ics",
        _calendar(square),
    ],
    "member": lambda _square: ["/account/events"],
}
APART = {
    f"GET {EVENT}/picture.png": ("what other sites show of a page", frozenset(ROLES)),
    "GET /events/own/<token>.ics": ("the address is shown once, to whom it is", frozenset(ROLES)),
}
FOUND_BY = {"POST /account/events/calendar/withdrawal": "author"}
EMPTY = {"anyone": ["/events", "/events?when=past", "/events?month=2027-02"], "member": ["/account/events"]}
