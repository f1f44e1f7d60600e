"""What was said in the sessions of a forum finds its place: its team gives it, everybody reads it."""

from collections.abc import Iterator
from typing import Any

from app.accounts.models.people import User
from app.core import clock
from app.core.actor import ANYONE, Actor
from app.core.db import db
from app.forum import policy
from app.forum.participants import Participant
from app.forum.queries import forums
from app.notes.models import FATES
from app.notes.said import Said
from tests.events.stored import event_in
from tests.forum.stored import forum_in, topic_in
from tests.matrix import TEAM, Row
from tests.notes.published import line_in, publish_in
from tests.notes.stored import session_in
from tests.support.world import HERE
from tests.web.forum.matrix import FORUM
from tests.web.notes.matrix import PUBLISHED

REVIEW, SAID = f"{FORUM}/review", f"{FORUM}/said"
# The forums of the square of which a line was published, and those of which none was.
TOLD, SILENT = "published closed", "convergence cancelled"
IDEA = {"title": "Une nuit de répit par mois", "community": "1", "kind": "need", "was": ""}
INTO, WHY = {"idea": "3", "was": ""}, {"reason": "C'est déjà fait."}
ASIDE = WHY | {"lines": "2"}
PUBLISHING = "ideas idea_places threads revisions status_changes submissions published_lines"
COMMENTING = "comments ideas threads submissions published_lines notices"


def act(end: str, changes: str, data: dict[str, Any]) -> list[Row]:
    """Return the rows of an act on a line, which the forums of which none was published do not have."""
    path = f"{REVIEW}/<id:line_id>/{end}"
    return [
        Row(f"POST {path}", TOLD, f"401 anyone; 303 {TEAM}; 404 *", changes, data),
        Row(f"POST {path}", f"{SILENT} private draft hidden deleted", "401 anyone; 404 *", data=data),
    ]


ROUTES = [
    Row(f"GET {REVIEW}", f"{TOLD} {SILENT}", f"303 anyone; 200 {TEAM}; 404 *"),
    Row(f"GET {REVIEW}", "private", "303 anyone; 200 coordinator; 404 *"),
    Row(f"GET {REVIEW}", "draft hidden deleted", "303 anyone; 404 *"),
    *act("idea", PUBLISHING, IDEA),
    *act("voice", COMMENTING, INTO),
    *act("offer", COMMENTING, INTO),
    *act("action", "published_lines notices", {"action": "1", "was": ""}),
    Row(f"POST {REVIEW}/aside", "published", f"401 anyone; 303 {TEAM}; 404 *", "published_lines", ASIDE),
    Row(
        f"POST {REVIEW}/aside",
        "closed",
        f"401 anyone; 303 {TEAM}; 404 *",
        "published_lines",
        WHY | {"lines": "3"},
    ),
    Row(f"POST {REVIEW}/aside", SILENT, f"401 anyone; 422 {TEAM}; 404 *", data=ASIDE),
    Row(f"POST {REVIEW}/aside", "private", "401 anyone; 422 coordinator; 404 *", data=ASIDE),
    Row(f"POST {REVIEW}/aside", "draft hidden deleted", "401 anyone; 404 *", data=ASIDE),
    # A line has no place yet, or the forum is open: they are told so.
    Row(f"POST {REVIEW}/end", f"{TOLD} {SILENT}", f"401 anyone; 303 {TEAM}; 404 *"),
    Row(f"POST {REVIEW}/end", "private", "401 anyone; 303 coordinator; 404 *"),
    Row(f"POST {REVIEW}/end", "draft hidden deleted", "401 anyone; 404 *"),
    Row(f"GET {SAID}", f"{TOLD} {SILENT}", "200 *"),
    Row(f"GET {SAID}", "draft", f"200 {TEAM}; 404 *"),
    Row(f"GET {SAID}", "hidden", f"200 author {TEAM}; 404 *"),
    Row(f"GET {SAID}", "deleted", "404 *"),
    Row(f"GET {SAID}", "private", "200 member author coordinator; 404 *"),
    # No line of the square is an idea yet: tests/web/notes/test_review.py.
    Row(
        f"POST {SAID}/<id:line_id>/author",
        f"{TOLD} {SILENT} private draft hidden deleted",
        "401 anyone; 404 *",
    ),
]
LAW = {
    "participant before what was said": {"notes:review": TEAM},
    "line that became an idea": {"notes:become_author": "member"},
}


def subject(make: Any, people: dict[str, Actor], name: str) -> Any:
    """Return who each person is in a forum, or a line that `member` wrote and `facilitator` made an idea of."""
    session = session_in(make, room=make.room(HERE))
    if "participant" in name:
        return Participant(forums.get_forum(ANYONE, session.forum_id, policy.READ))
    team = db.session.get_one(User, people["facilitator"].id)
    idea = make.idea(team, HERE)
    publish_in(make, session)
    line = line_in(
        make, session, "Une nuit de répit", fate="new", idea_id=idea.id, review_by=team.id, review_at=clock.now()
    )
    return Said(line, people["member"].id, idea)


def add(make: Any, world: Any) -> None:
    """A line in two forums, one of which is closed: neither has its place yet."""
    closed = world.forums["closed"]
    there = forums.get_arrangement(closed.id)
    cell = {"slot_id": there.slots[1].id, "room_id": there.rooms[0].id, "placed_by": closed.phase_by}
    session = topic_in(make, closed, author_id=world.people["author"].id, title="Une séance close", **cell)
    publish_in(make, session)
    member = world.people["member"]
    world.lines["closed"] = line_in(make, session, "Un besoin de la fin", by=member).id
    world.lines["published"] = world.lines[PUBLISHED]


def tell(told: Any) -> Iterator[Any]:
    """Tell those who were there what became of what was said, and who keeps an action that something is linked to it."""
    event = event_in(told.make, room=told.make.room(HERE), author_id=told.other.id, title="Un forum sur le répit")
    forum = forum_in(told.make, event=event, phase="closed")
    at = event.starts_at.isoformat()
    for count in (0, 1, 3):
        yield told.tell(f"of the hour, {count}", "review.there", event, count=count, sessions=1, starts_at=at)
        yield told.tell(f"of some sessions, {count}", "review.there", event, count=count, sessions=1)
        yield told.tell(f"of all day, {count}", "review.there", event, count=count, sessions=0)
    yield told.tell("holder", "said.holder", told.held, forum=forum.id, session=1)


def _pages(square: Any, state: str, *ends: str) -> list[str]:
    return [f"/forums/{square.forums[state].id}{end}" for end in ends]


PAGES = {
    "anyone": lambda square: [*_pages(square, "closed", "/said"), *_pages(square, "published", "/said")],
    "facilitator": lambda square: [
        *_pages(square, "closed", *(f"/review{end}" for end in ("", *(f"?become={fate}" for fate in FATES)))),
        *_pages(square, "published", "/review"),
    ],
}
FORMLESS = {
    **{
        f"POST {REVIEW}/{end}": "its page shows one form at a time: tests/web/notes/test_review.py"
        for end in ("<id:line_id>/voice", "<id:line_id>/offer", "<id:line_id>/action", "aside")
    },
    f"POST {REVIEW}/end": "a line has no place yet: tests/web/notes/test_review.py",
    f"POST {SAID}/<id:line_id>/author": "no line of the square is an idea yet: tests/web/notes/test_review.py",
}
