"""The topics of forums before a team; `author` pitched all but one, which a guest did."""

from collections.abc import Iterator
from typing import Any

from app.core.actor import Actor
from app.core.db import db
from app.forum.models import ForumTopic
from app.forum.queries import topics
from app.moderation.measures.models import Measure
from tests.events.stored import event_in
from tests.forum.stored import forum_in, topic_in
from tests.matrix import REASON, TEAM, Row, closed_form, form, late
from tests.support.clock import LONG_AGO
from tests.support.world import HERE
from tests.web.moderation.matrix_measures import KEPT
from tests.web.moderation.matrix_reports import never, private_report, report

TOPIC = "/topics/<id:topic_id>"
HIDING: dict[str, Any] = {"hidden_at": LONG_AGO, "hidden_reason": "Un nom"}
SEEN = "published convergence closed cancelled topic_withdrawn session session_published"
SHOWN = f"{SEEN} topic_of_guest topic_waiting"
HIDDEN = "topic_hidden topic_refused"
ROUTES = [
    *report(TOPIC, SEEN, "author"),
    *report(TOPIC, "topic_of_guest", ""),
    *private_report(TOPIC, "private", "member coordinator"),
    *never(TOPIC, f"draft hidden deleted topic_waiting topic_deleted {HIDDEN}"),
    Row(f"GET {TOPIC}/appeal", HIDDEN, "303 anyone; 302 author; 404 *"),
    Row(f"GET {TOPIC}/appeal", f"{SHOWN} private draft hidden deleted topic_deleted", "303 anyone; 404 *"),
    *form(f"{TOPIC}/hiding", f"{SHOWN} draft hidden", TEAM, f"forum_topics {KEPT}", REASON),
    *form(f"{TOPIC}/hiding", "private", "coordinator", f"forum_topics {KEPT}", REASON),
    *late(f"{TOPIC}/hiding", HIDDEN, TEAM, REASON),
    *closed_form(f"{TOPIC}/hiding", "deleted topic_deleted", REASON),
    *form(f"{TOPIC}/restoration", HIDDEN, TEAM, f"forum_topics {KEPT}", REASON),
    *late(f"{TOPIC}/restoration", f"{SHOWN} draft hidden", TEAM, REASON),
    *late(f"{TOPIC}/restoration", "private", "coordinator", REASON),
    *closed_form(f"{TOPIC}/restoration", "deleted topic_deleted", REASON),
]
TWINS = {ForumTopic: (("topic:read", "topic:read_own"), topics.shown_to, topics.select_contents())}
LAW = {
    "topic": {"topic:read_own": "author", "topic:hide": TEAM},
    "hidden topic": {"topic:restore": TEAM},
}


def subject(make: Any, people: dict[str, Actor], name: str) -> ForumTopic:
    """Return a topic that `author` pitched in a forum of a community of which `facilitator` is of the team."""
    forum = forum_in(make, event=event_in(make, room=make.room(HERE)))
    topic = topic_in(make, forum, author_id=people["author"].id, **HIDING if name.startswith("hidden") else {})
    return db.session.scalars(topics.select_contents().where(ForumTopic.id == topic.id)).one()


def add(make: Any, world: Any) -> None:
    """What a guest pitched, and what was refused, each a canary; who hid the others, and why."""
    forum, author = world.forums["published"], world.people["author"].id
    columns: dict[str, dict[str, Any]] = {
        "topic_of_guest": {"host_name": "Luc Passant"},
        "topic_refused": {"author_id": author, "state": "waiting"} | HIDING,
    }
    for state, more in columns.items():
        words = {"title": f"Un sujet canari-sujet-{state}", "why": f"Pour dire canari-raison-{state}"}
        world.topics[state] = topic_in(make, forum, **words, **more)
    for state in HIDDEN.split():
        hiding = {"kind": "hide", "reason": "Un nom", "community_id": make.room(HERE).id}
        make.add(Measure(topic_id=world.topics[state].id, by_id=world.people["coordinator"].id, **hiding))


def tell(told: Any) -> Iterator[Any]:
    """Tell whoever pitched a topic that a team hid it, or shows it again."""
    event = event_in(told.make, room=told.make.room(HERE), author_id=told.other.id, title="Nos routes")
    topic = topic_in(told.make, forum_in(told.make, event=event), author_id=told.reader.id)
    for kind in ("measure.hide", "measure.restore"):
        yield told.tell("author", kind, event, topic=topic.id, reason="Un nom", measure=1)


def _page(square: Any, state: str) -> str:
    return f"/forums/{square.topics[state].forum_id}/topics/{square.topics[state].id}"


def _pages_of_a_team(square: Any) -> list[str]:
    return [_page(square, state) for state in ("topic_waiting", *HIDDEN.split())]


PAGES = {
    "anyone": lambda square: [_page(square, "topic_of_guest")],
    "author": lambda square: [_page(square, "topic_refused")],
    "member": lambda square: [f"/topics/{square.topics['published'].id}/report"],
    "facilitator": lambda square: [
        *_pages_of_a_team(square),
        f"/topics/{square.topics['published'].id}/hiding",
        f"/topics/{square.topics['topic_hidden'].id}/restoration",
    ],
    "coordinator": _pages_of_a_team,
}
