"""The notes of a session, in a published forum; `member` and `author`, who holds it, have a place there."""

from dataclasses import replace
from typing import Any

from app.core.actor import ANYONE, Actor
from app.core.db import db
from app.core.unit import unit
from app.forum import policy as forum
from app.forum.models import Forum
from app.forum.participants import Participant
from app.forum.queries import forums
from app.notes.models import NoteClash, NoteLine, NoteText, NoteVersion, PublishedLine, PublishedNotes, SessionNotes
from tests.forum.stored import place_in, topic_in
from tests.matrix import TEAM, Row
from tests.notes.stored import session_in
from tests.support.clock import LONG_AGO
from tests.support.law import EVERYONE
from tests.support.world import HERE

NOTES = "/forums/<id:forum_id>/topics/<id:topic_id>/notes"
LINE = f"{NOTES}/lines/<id:line_id>"
WITHDRAWAL = f"{NOTES}/withdrawal/<id:line_id>"
CLASH, LATE = f"{NOTES}/clashes/<id:clash_id>", f"{NOTES}/late/<id:version_id>"
WRITERS = f"member author {TEAM}"
SESSION, PUBLISHED = "session", "session_published"
ELSEWHERE = "published convergence closed cancelled"
TEXT = {"text": "Ce qui s'est dit.", "part": "1", "number": "0", "form_key": "une-clef"}
LINES = {"kind": "need", "text": "Une nuit de répit par mois", "form_key": "une-clef"}
PEOPLE, WHY = {"people_count": "34"}, {"reason": "Une insulte envers une personne"}


def act(path: str, changes: str, data: dict[str, Any], may: str = WRITERS) -> list[Row]:
    """Return the rows of an act on a session, which is nobody's on a topic that has no room."""
    return [
        Row(f"POST {path}", f"{SESSION} {PUBLISHED}", f"303 {may}; 404 *", changes, data),
        Row(f"POST {path}", f"{ELSEWHERE} private draft hidden deleted", "404 *", data=data),
    ]


ROUTES = [
    Row(f"GET {NOTES}", f"{SESSION} {PUBLISHED} {ELSEWHERE}", "200 *"),
    Row(f"GET {NOTES}", "deleted", "404 *"),
    Row(f"GET {NOTES}", "draft", f"200 {TEAM}; 404 *"),
    Row(f"GET {NOTES}", "hidden", f"200 author {TEAM}; 404 *"),
    Row(f"GET {NOTES}", "private", "200 member author coordinator; 404 *"),
    Row(f"GET {NOTES}/history", f"{SESSION} {PUBLISHED} published convergence", f"200 {WRITERS}; 404 *"),
    Row(f"GET {NOTES}/history", "closed cancelled draft hidden", f"200 {TEAM}; 404 *"),
    Row(f"GET {NOTES}/history", "private", "200 coordinator; 404 *"),
    Row(f"GET {NOTES}/history", "deleted", "404 *"),
    *act(CLASH, "note_clashes", {"choice": "both"}),
    Row(f"POST {LATE}", f"{SESSION} {PUBLISHED} {ELSEWHERE} private draft hidden deleted", "401 anyone; 404 *"),
    *act(f"{NOTES}/text", "note_texts note_versions", TEXT),
    *(
        row
        for path in (f"{NOTES}/lines", f"{NOTES}/people", LINE)
        for row in (
            Row(f"GET {path}", f"{SESSION} {PUBLISHED}", f"200 {WRITERS}; 404 *"),
            Row(f"GET {path}", f"{ELSEWHERE} private draft hidden deleted", "404 *"),
        )
    ),
    *act(f"{NOTES}/lines", "note_lines", LINES),
    *act(f"{NOTES}/people", "session_notes", PEOPLE),
    *act(f"{NOTES}/publication", "published_notes published_lines", {}, f"author {TEAM}"),
    *act(LINE, "note_lines", LINES),
    *act(f"{LINE}/removal", "note_lines", {}),
    # What was not published is not withdrawn, but taken out.
    Row(f"GET {WITHDRAWAL}", PUBLISHED, f"303 anyone; 200 {TEAM}; 404 *"),
    Row(f"GET {WITHDRAWAL}", f"{SESSION} {ELSEWHERE} private draft hidden deleted", "303 anyone; 404 *"),
    Row(
        f"POST {WITHDRAWAL}",
        PUBLISHED,
        f"401 anyone; 303 {TEAM}; 404 *",
        "published_lines note_lines note_corrections",
        WHY,
    ),
    Row(f"POST {WITHDRAWAL}", f"{SESSION} {ELSEWHERE} private draft hidden deleted", "401 anyone; 404 *", data=WHY),
]
LAW = {
    "session": {
        "notes:read": EVERYONE,
        "notes:read_unpublished": WRITERS,
        "notes:write": WRITERS,
        "notes:publish": f"author {TEAM}",
        "notes:withdraw_line": TEAM,
    },
    "session of a forum that was closed lately": {
        "notes:read_unpublished": TEAM,
        "notes:send_late": WRITERS,
        "notes:withdraw_line": TEAM,
    },
}
VARIABLES = {
    "line_id": lambda world, state: world.lines.get(state, 1),
    "clash_id": lambda world, state: world.clashes.get(state, 1),
    "version_id": lambda _world, _state: 1,
}
NEEDED = {"note_lines": {"kind": "need"}, "published_lines": {"fate": "new", "review_at": LONG_AGO}}
FORMLESS = {f"POST {LATE}": "no session of the square is over: tests/web/notes/test_notes.py"}


def subject(make: Any, people: dict[str, Actor], name: str) -> Any:
    """Return who each person is before a session of `author`, where `member` and `author` have a place."""
    phase = "closed" if "closed" in name else "sessions"
    topic = session_in(make, phase=phase, room=make.room(HERE), author_id=people["author"].id)
    held = db.session.get_one(Forum, topic.forum_id)
    places = {people[who].id: place_in(make, held, user_id=people[who].id) for who in ("member", "author")}
    found = Participant(forums.get_forum(ANYONE, topic.forum_id, forum.READ), None, topic)
    return lambda actor: replace(found, registration=places.get(actor.id))


def add(make: Any, world: Any) -> None:
    """Two sessions of the published forum: what is written of one is not published, what is of the other is."""
    shown, world.lines, world.clashes = world.forums["published"], {}, {}
    there = forums.get_arrangement(shown.id)
    slot = next(one for one in there.slots if one.kind == "session")
    for n, state in enumerate((SESSION, PUBLISHED)):
        cell = {"slot_id": slot.id, "room_id": there.rooms[n].id, "placed_by": shown.phase_by}
        title = f"Une séance canari-seance-{state}"
        topic = topic_in(make, shown, author_id=world.people["author"].id, title=title, **cell)
        world.topics[state] = topic
        with unit():
            make.add(SessionNotes(topic_id=topic.id, people_there=12))
            make.add(NoteText(topic_id=topic.id, part=1, number=2, text=f"Ce qui se dit canari-notes-{state}"))
            for number in (1, 2):
                became = f"Ce qui se dit canari-notes-{state}" if number == 2 else None
                sent = {"sent": f"canari-version-{state}", "text": became, "sent_as": f"{number}"}
                make.add(NoteVersion(topic_id=topic.id, part=1, number=number, **sent))
        words = {"kind": "need", "text": f"Un besoin canari-ligne-{state}"}
        line = make.add(NoteLine(topic_id=topic.id, user_id=world.people["member"].id, sent_as="clef", **words))
        world.lines[state] = line.id
        clash = {"part": 1, "number": 2, "stored_number": 1, "stored": "Trois", "typed": f"canari-ligne-{state}"}
        world.clashes[state] = make.add(NoteClash(topic_id=topic.id, **clash)).id
        if state == PUBLISHED:
            make.add(PublishedNotes(topic_id=topic.id, text="Ce qui s'est dit.", people_there=12))
            make.add(PublishedLine(id=line.id, topic_id=topic.id, position=0, kind="need", text="Un besoin publié"))


def _pages(square: Any, state: str, end: str = "") -> str:
    return f"/forums/{square.topics[state].forum_id}/topics/{square.topics[state].id}/notes{end}"


def _inside(square: Any) -> list[str]:
    ends = (f"/lines/{square.lines[SESSION]}", "/lines", "/people", "/history")
    return [_pages(square, SESSION, end) for end in ends]


PAGES = {
    "anyone": lambda square: [_pages(square, SESSION), _pages(square, PUBLISHED)],
    "member": lambda square: [_pages(square, SESSION), *_inside(square)],
    "facilitator": lambda square: [
        _pages(square, SESSION),
        _pages(square, PUBLISHED),
        _pages(square, PUBLISHED, f"/withdrawal/{square.lines[PUBLISHED]}"),
    ],
}
