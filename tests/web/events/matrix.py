"""A meeting, its life and its charges. `author` wrote them and has no charge any more; `facilitator` is of their team."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select

from app.core import clock
from app.core.actor import Actor
from app.events.models.contents import EventDocument, EventLine, EventQuestion, EventSubject
from app.events.models.meetings import Event
from app.events.queries import reading
from app.moderation.measures.models import Measure
from app.reference.models import Organisation, Territory
from tests.events.stored import event_in
from tests.matrix import ON_PAGE, REASON, TEAM, Row, closed_form, form, late
from tests.support.clock import LONG_AGO
from tests.support.rows import every
from tests.support.world import BODY, HERE, SECLUDED, TITLE

EVENT = "/events/<id:event_id>"
SEEN, INSIDE = "published closed cancelled", "member author coordinator"
MOMENTS = {"starts_on": "2099-02-18", "starts_hour": "18:30", "ends_on": "2099-02-18", "ends_hour": "20:30"}
TYPED = {"title": "Une autre rencontre, autrement", "mode": "online", "lang": "fr", "reminder": "1"}
DRAFT = TYPED | MOMENTS | {"community": "1"}
PARTS = (
    "event_documents event_features event_lines event_organisations event_questions event_subjects event_tags"
    " event_communities event_issues event_territories"
)
WRITTEN = f"events threads {PARTS} event_mails facts"
DELETED = "events threads event_charges event_registrations registrants"
HIDDEN = "events threads measures journal notices"
MADE, WHY = "cases reports notices", {"why": "insult", "words": "On y vise mon voisin."}
PACE = {"minutes": "5", "reason": "Ça va trop vite."}
SAID = {"body": "J'y serai."}
NAMED = {"email": "personne2@example.org"}
STATES: dict[str, dict[str, Any]] = {
    "draft": {"status": "draft"},
    "published": {},
    "closed": {"status": "closed", "days": -9, "came_in_person": 12},
    "cancelled": {"status": "cancelled", "cancelled_reason": "Une tempête", "cancelled_at": LONG_AGO},
    "hidden": {"hidden_at": LONG_AGO, "hidden_reason": "Une erreur"},
    "deleted": {"deleted_at": LONG_AGO},
    "private": {},
}


def page(path: str) -> list[Row]:
    return [
        Row(f"GET {path}", SEEN, "200 *"),
        Row(f"GET {path}", "draft", f"200 {TEAM}; 404 *"),
        Row(f"GET {path}", "hidden", f"200 author {TEAM}; 404 *"),
        Row(f"GET {path}", "deleted", "404 *"),
        Row(f"GET {path}", "private", f"200 {INSIDE}; 404 *"),
    ]


def act(path: str, states: str, changes: str, data: dict[str, Any] | None = None, *, late_in: str = "") -> list[Row]:
    """Return the rows of an act of the team, which is nobody's in the other states."""
    others = " ".join(sorted({*STATES} - {"private", *states.split(), *late_in.split()}))
    rows = form(path, states, TEAM, changes, data)
    rows += form(path, "private", "coordinator", changes, data) if "published" in states else []
    rows += late(path, late_in, TEAM, data) if late_in else []
    return rows + closed_form(path, others, data)


def measure(path: str, states: str, changes: str) -> list[Row]:
    """Return the rows of a measure of the team on a meeting that everybody reads."""
    return form(path, states, TEAM, changes, REASON)


def announced(states: str, may: str) -> list[Row]:
    """Return the rows of a deletion that is refused until the meeting is over, on a page that says so."""
    return [
        Row(f"GET {EVENT}/deletion", states, f"303 anyone; 200 {may}; 404 *"),
        Row(f"POST {EVENT}/deletion", states, f"401 anyone; 422 {may}; 404 *"),
    ]


ROUTES = [
    *page(EVENT),
    *page(f"{EVENT}/preparation"),
    Row("GET /events/new", "", f"303 anyone; 200 neighbour {TEAM}; 403 *"),
    Row(
        "POST /events/new",
        "",
        f"401 anyone; 303 {TEAM}; 422 neighbour; 403 *",
        f"events threads submissions {PARTS}",
        DRAFT,
    ),
    *form(f"{EVENT}/edit", "draft", TEAM, WRITTEN, DRAFT | ON_PAGE),
    *form(f"{EVENT}/edit", "published cancelled", TEAM, WRITTEN, TYPED | ON_PAGE),
    *form(f"{EVENT}/edit", "private", "coordinator", WRITTEN, TYPED | ON_PAGE),
    *closed_form(f"{EVENT}/edit", "closed hidden deleted", TYPED | ON_PAGE),
    *form(f"{EVENT}/publication", "draft", TEAM, "events threads journal facts"),
    *late(f"{EVENT}/publication", SEEN, TEAM),
    *late(f"{EVENT}/publication", "private", "coordinator"),
    *closed_form(f"{EVENT}/publication", "hidden deleted"),
    *act(
        f"{EVENT}/move",
        "published",
        "events event_moves event_mails journal facts",
        MOMENTS | REASON,
        late_in="draft closed cancelled",
    ),
    *act(
        f"{EVENT}/cancellation",
        "published",
        "events event_mails journal facts",
        REASON,
        late_in="draft closed cancelled",
    ),
    *form(f"{EVENT}/deletion", "draft closed", TEAM, DELETED),
    *announced("published cancelled hidden", TEAM),
    *announced("private", "coordinator"),
    Row(f"GET {EVENT}/deletion", "deleted", "303 anyone; 404 *"),
    # Whoever of the team comes second is told that it is done.
    Row(f"POST {EVENT}/deletion", "deleted", f"401 anyone; 303 {TEAM}; 404 *"),
    *act(f"{EVENT}/clone", "draft published closed cancelled hidden", f"events threads submissions {PARTS}", MOMENTS),
    # The one that is closed has been over for longer than its charges last.
    *act(f"{EVENT}/charges/<any(door, secretary):kind>", "draft published", "event_charges notices", NAMED),
    Row(
        f"GET {EVENT}/charges/<any(door, secretary):kind>/<id:user_id>/withdrawal",
        " ".join(STATES),
        "303 anyone; 404 *",
    ),
    Row(
        f"POST {EVENT}/charges/<any(door, secretary):kind>/<id:user_id>/withdrawal",
        "draft published",
        f"401 anyone; 303 {TEAM}; 404 *",
    ),
    Row(
        f"POST {EVENT}/charges/<any(door, secretary):kind>/<id:user_id>/withdrawal",
        "private",
        "401 anyone; 303 coordinator; 404 *",
    ),
    Row(
        f"POST {EVENT}/charges/<any(door, secretary):kind>/<id:user_id>/withdrawal",
        "closed cancelled hidden deleted",
        "401 anyone; 404 *",
    ),
    Row(
        f"POST {EVENT}/comments",
        SEEN,
        "401 anyone; 403 unconfirmed suspended; 303 *",
        "comments threads events submissions notices facts",
        SAID,
    ),
    Row(
        f"POST {EVENT}/comments",
        "private",
        f"401 anyone; 303 {INSIDE}; 404 *",
        "comments threads events submissions notices facts",
        SAID,
    ),
    Row(f"POST {EVENT}/comments", "draft hidden", f"401 anyone; 422 {TEAM}; 404 *", data=SAID),
    Row(f"POST {EVENT}/comments", "deleted", "401 anyone; 404 *", data=SAID),
    *form(f"{EVENT}/hiding", "published", TEAM, f"{HIDDEN} event_mails", REASON),
    *form(f"{EVENT}/hiding", "closed cancelled", TEAM, HIDDEN, REASON),
    *form(f"{EVENT}/hiding", "private", "coordinator", f"{HIDDEN} event_mails", REASON),
    *late(f"{EVENT}/hiding", "hidden", TEAM, REASON),
    *closed_form(f"{EVENT}/hiding", "draft deleted", REASON),
    *form(f"{EVENT}/restoration", "hidden", TEAM, f"{HIDDEN} event_mails", REASON),
    *late(f"{EVENT}/restoration", f"{SEEN} draft", TEAM, REASON),
    *late(f"{EVENT}/restoration", "private", "coordinator", REASON),
    *closed_form(f"{EVENT}/restoration", "deleted", REASON),
    *form(f"{EVENT}/lock", SEEN, TEAM, "threads measures journal", REASON, refusal="403 *"),
    *form(
        f"{EVENT}/lock",
        "private",
        "coordinator",
        "threads measures journal",
        REASON,
        refusal="403 member author; 404 *",
    ),
    *closed_form(f"{EVENT}/lock", "draft hidden", REASON, refusal=f"403 {TEAM}; 404 *"),
    *closed_form(f"{EVENT}/lock", "deleted", REASON),
    *late(f"{EVENT}/unlock", SEEN, TEAM, REASON, refusal="403 *"),
    *late(f"{EVENT}/unlock", "private", "coordinator", REASON, refusal=f"403 {INSIDE}; 404 *"),
    *closed_form(f"{EVENT}/unlock", "draft hidden", REASON, refusal=f"403 {TEAM}; 404 *"),
    *closed_form(f"{EVENT}/unlock", "deleted", REASON),
    *form(f"{EVENT}/slow-mode", SEEN, TEAM, "threads measures journal", PACE, refusal="403 *"),
    *form(
        f"{EVENT}/slow-mode",
        "private",
        "coordinator",
        "threads measures journal",
        PACE,
        refusal="403 member author; 404 *",
    ),
    *closed_form(f"{EVENT}/slow-mode", "draft hidden", PACE, refusal=f"403 {TEAM}; 404 *"),
    *closed_form(f"{EVENT}/slow-mode", "deleted", PACE),
    Row(f"GET {EVENT}/report", SEEN, "303 anyone; 404 unconfirmed author suspended; 200 *"),
    Row(f"POST {EVENT}/report", SEEN, "401 anyone; 404 unconfirmed author suspended; 303 *", MADE, WHY),
    Row(f"GET {EVENT}/report", "private", "303 anyone; 200 member coordinator; 404 *"),
    Row(f"POST {EVENT}/report", "private", "401 anyone; 303 member coordinator; 404 *", MADE, WHY),
    Row(f"GET {EVENT}/report", "draft hidden deleted", "303 anyone; 404 *"),
    Row(f"POST {EVENT}/report", "draft hidden deleted", "401 anyone; 404 *", data=WHY),
    Row(f"GET {EVENT}/appeal", "hidden", "303 anyone; 302 author; 404 *"),
    Row(f"GET {EVENT}/appeal", "draft published closed cancelled deleted private", "303 anyone; 404 *"),
]
TWINS = {
    Event: (
        ("event:read", "event:read_own"),
        lambda actor: or_(reading.readable_by(actor), reading.own_of(actor)),
        select(Event),
    )
}
EDITS = {f"{EVENT}/edit save"}
NEEDED = {
    "events": {"mode": "online", "status": "draft", "ends_at": datetime(2022, 2, 11)},
    "event_subjects": {"role": "about", "idea_id": 1},
    "event_questions": {"kind": "line"},
    "event_registrations": {"user_id": 1, "mode": "online", "party": 1, "state": "in"},
    "event_charges": {"kind": "door"},
}
VARIABLES = {"kind": lambda _world, _state: "door"}


def subject(make: Any, people: dict[str, Actor], name: str) -> Event:
    return event_in(make, room=make.room(HERE))


def add(make: Any, world: Any) -> None:
    """One meeting in each state, with all that it may be made of; the link of its room is a canary."""
    author, town = world.people["author"], every(Territory, Territory.code == "70052")[0]
    world.events = {
        state: event_in(
            make,
            room=make.room(SECLUDED if state == "private" else HERE),
            author_id=author.id,
            title=f"Une rencontre canari-rencontre-{state}",
            lead=f"Ce qui donne envie canari-rencontre-{state}-envie.",
            body=BODY,
            body_html="<p>Un texte.</p>",
            mode="hybrid",
            territory_id=town.id,
            place="Une salle",
            room_url=f"https://exemple.test/canari-salle-{state}",
            tags=[world.tags["kept"].id],
            features=["childcare"],
            organisations=[every(Organisation)[0].id],
            **columns,
        )
        for state, columns in STATES.items()
    }
    hiding = {"kind": "hide", "community_id": make.room(HERE).id, "reason": "Une raison"}
    make.add(Measure(event_id=world.events["hidden"].id, by_id=world.people["coordinator"].id, **hiding))
    for event in world.events.values():
        make.add(EventLine(event_id=event.id, hour=1080, text=TITLE[:150]))
        make.add(EventDocument(event_id=event.id, title="Un document", url="https://exemple.test/document"))
        make.add(
            EventQuestion(
                event_id=event.id, kind="one", label="D'où venez-vous?", why="Pour la carte", choices=["a", "b"]
            )
        )
        make.add(EventSubject(event_id=event.id, role="about", idea_id=world.ideas["published"].id))
        make.add(EventSubject(event_id=event.id, role="about", idea_id=world.ideas["private"].id))
    assert clock.now() - timedelta(days=8) > world.events["closed"].ends_at


def _pages(square: Any, state: str, *ends: str) -> list[str]:
    return [f"/events/{square.events[state].id}{end}" for end in ends]


PAGES = {
    "anyone": lambda square: [
        *(one for state in SEEN.split() for one in _pages(square, state, "")),
        *_pages(square, "published", "/preparation"),
    ],
    "member": lambda square: [*_pages(square, "published", "", "/report"), *_pages(square, "private", "")],
    "author": lambda square: _pages(square, "hidden", ""),
    "facilitator": lambda square: [
        "/events/new",
        *_pages(
            square,
            "published",
            "",
            "/edit",
            "/move",
            "/cancellation",
            "/deletion",
            "/clone",
            "/hiding",
            "/lock",
            "/slow-mode",
        ),
        *_pages(square, "published", "/charges/door", "/charges/secretary"),
        *_pages(square, "draft", "", "/edit", "/publication"),
        *_pages(square, "hidden", "", "/restoration"),
    ],
}
