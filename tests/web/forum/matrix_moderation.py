"""The topics of forums before a team: `author` pitched those of each state, a guest one more."""

from datetime import datetime
from typing import Any

from app.moderation.measures.models import Measure
from tests.events.stored import event_in
from tests.forum.stored import forum_in, topic_in
from tests.matrix import REASON, TEAM, Row, closed_form, form, late
from tests.support.clock import LONG_AGO
from tests.support.world import HERE
from tests.web.forum.matrix import STATES
from tests.web.moderation.matrix_measures import KEPT
from tests.web.moderation.matrix_reports import never, private_report, report

TOPIC = "/topics/<id:topic_id>"
HIDING: dict[str, Any] = {"hidden_at": LONG_AGO, "hidden_reason": "Un nom"}
OF_TOPIC: dict[str, dict[str, Any]] = {
    "open": {},
    "by_guest": {"author_id": None, "host_name": "Luc canari-nom"},
    "waiting": {"state": "waiting"},
    "withdrawn": {"state": "withdrawn"},
    "masked": HIDING,
    "refused": {"state": "waiting"} | HIDING,
    "removed": {"deleted_at": LONG_AGO},
}
"""What a topic is, in a forum whose marketplace is open; the other states are those of a forum, with one that is open."""
SEEN = "published convergence closed cancelled open withdrawn"
ALL_SHOWN = f"{SEEN} by_guest waiting"
ROUTES = [
    *report(TOPIC, SEEN, "author"),
    *report(TOPIC, "by_guest", ""),
    *private_report(TOPIC, "private", "member coordinator"),
    *never(TOPIC, "draft hidden deleted waiting masked refused removed"),
    Row(f"GET {TOPIC}/appeal", "masked refused", "303 anyone; 302 author; 404 *"),
    Row(f"GET {TOPIC}/appeal", f"{ALL_SHOWN} private draft hidden deleted removed", "303 anyone; 404 *"),
    *form(f"{TOPIC}/hiding", f"{ALL_SHOWN} draft hidden", TEAM, f"forum_topics {KEPT}", REASON),
    *form(f"{TOPIC}/hiding", "private", "coordinator", f"forum_topics {KEPT}", REASON),
    *late(f"{TOPIC}/hiding", "masked refused", TEAM, REASON),
    *closed_form(f"{TOPIC}/hiding", "deleted removed", REASON),
    *form(f"{TOPIC}/restoration", "masked refused", TEAM, f"forum_topics {KEPT}", REASON),
    *late(f"{TOPIC}/restoration", f"{ALL_SHOWN} draft hidden", TEAM, REASON),
    *late(f"{TOPIC}/restoration", "private", "coordinator", REASON),
    *closed_form(f"{TOPIC}/restoration", "deleted removed", REASON),
]
NEEDED = {
    "forum_topics": {"author_id": None, "state": "open", "slot_id": 1, "room_id": 1, "hands": 1},
}


def add(make: Any, world: Any) -> None:
    """One topic in each state, each a canary, with a measure on those that are hidden."""
    author, coordinator = world.people["author"].id, world.people["coordinator"].id
    event = event_in(make, room=make.room(HERE), author_id=author, title="Un forum de sujets")
    forum = forum_in(make, event=event, phase="marketplace")
    of_forums: dict[str, dict[str, Any]] = {state: {} for state in STATES}
    world.topics = {
        state: topic_in(
            make,
            world.forums[state] if state in STATES else forum,
            **{
                "author_id": author,
                "title": f"Un sujet canari-sujet-{state}",
                "why": f"Parce que canari-motif-de-sujet-{state}.",
            }
            | columns,
        )
        for state, columns in (of_forums | OF_TOPIC).items()
    }
    for state in ("masked", "refused"):
        hiding = {"kind": "hide", "reason": "Un nom", "at": datetime(2026, 1, 2), "community_id": make.room(HERE).id}
        make.add(Measure(topic_id=world.topics[state].id, by_id=coordinator, **hiding))


PAGES = {
    "member": lambda square: [f"/topics/{square.topics['open'].id}/report"],
    "facilitator": lambda square: [
        f"/topics/{square.topics['open'].id}/hiding",
        f"/topics/{square.topics['masked'].id}/restoration",
    ],
}
