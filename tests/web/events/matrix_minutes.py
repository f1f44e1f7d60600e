"""The minutes of a meeting, and who came to it in numbers: its team writes them, whoever reads the meeting reads them."""

from typing import Any

from app.core.text import markdown
from app.core.unit import unit
from app.events.models.minutes import EventDecision, EventMinutes, EventMinutesVersion
from tests.matrix import ON_PAGE, TEAM, Row, closed_form, form
from tests.support.clock import LONG_AGO
from tests.support.world import ROLES

EVENT = "/events/<id:event_id>"
WRITTEN = ("closed", "hidden", "private", "deleted")
SAVED = {"body": "Des notes.", "act": "save"} | ON_PAGE
CORRECTED = {"body": "Un autre texte.", "reason": "Une erreur.", "act": "publish"} | ON_PAGE
TABLES = "events event_minutes event_minutes_versions event_decisions event_subjects journal"
ROUTES = [
    *form(f"{EVENT}/minutes", "published", TEAM, "event_minutes", SAVED),
    *form(f"{EVENT}/minutes", "closed", TEAM, TABLES, CORRECTED),
    *form(f"{EVENT}/minutes", "private", "coordinator", "event_minutes", SAVED),
    *closed_form(f"{EVENT}/minutes", "draft cancelled hidden deleted", SAVED),
    Row(f"GET {EVENT}/minutes/<id:number>", "closed", "200 *"),
    Row(f"GET {EVENT}/minutes/<id:number>", "hidden", f"200 author {TEAM}; 404 *"),
    Row(f"GET {EVENT}/minutes/<id:number>", "private", "200 member author coordinator; 404 *"),
    Row(f"GET {EVENT}/minutes/<id:number>", "draft published cancelled deleted", "404 *"),
    Row(f"GET {EVENT}/attendance", "published closed cancelled hidden", f"303 anyone; 200 {TEAM}; 404 *"),
    Row(f"GET {EVENT}/attendance", "private", "303 anyone; 200 coordinator; 404 *"),
    Row(f"GET {EVENT}/attendance", "draft deleted", "303 anyone; 404 *"),
]
APART = {f"GET {EVENT}/minutes/<id:number>": ("the former text, once it was corrected", frozenset(ROLES))}
EDITS = {f"{EVENT}/minutes save"}


@unit()
def add(make: Any, world: Any) -> None:
    """Minutes of meetings in several states, and the draft of others; each is a canary."""
    by_id, idea_id = world.people["facilitator"].id, world.ideas["private"].id
    for state in WRITTEN:
        event_id, body = world.events[state].id, f"On a dit canari-compte-rendu-{state}."
        make.add(EventMinutes(event_id=event_id, published_at=LONG_AGO, by_id=by_id))
        text = EventMinutesVersion(event_id=event_id, number=1, body=body, by_id=by_id, at=LONG_AGO)
        text.body_html, text.renderer = markdown.render(body), markdown.VERSION
        make.add(text)
        make.add(EventDecision(event_id=event_id, text="On recommence", who="Luc", idea_id=idea_id))
    notes = {"body": "Des notes canari-notes.", "decisions": [], "led_to": "", "came_in_person": None}
    make.add(EventMinutes(event_id=world.events["published"].id, by_id=by_id, draft=notes | {"came_online": None}))


def _of(square: Any, state: str, end: str) -> str:
    return f"/events/{square.events[state].id}/{end}"


PAGES = {
    "anyone": lambda square: [_of(square, "closed", "minutes/1")],
    "facilitator": lambda square: [
        *(_of(square, state, "minutes") for state in ("published", "closed")),
        _of(square, "closed", "attendance"),
    ],
}
