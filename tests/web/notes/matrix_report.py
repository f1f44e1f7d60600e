"""The report of a forum, for whoever reads it once it is closed; its notes, which the coordination alone corrects."""

from typing import Any

from app.core.actor import ANYONE, Actor
from app.core.db import db
from app.forum.models import Forum
from app.forum.participants import Participant
from app.forum.policy import READ
from app.forum.queries import forums
from tests.matrix import Row
from tests.notes.stored import session_in
from tests.support.law import EVERYONE
from tests.web.forum.matrix import FORUM, STATES
from tests.web.forum.matrix_topics import OWN, TOPIC

REPORT, CORRECTION = f"{FORUM}/report", f"{TOPIC}/notes/correction"
ENDINGS = ("", ".md", ".csv", ".json")
WORDS = {"text": "Un autre texte", "reason": "Une autre raison", "seen": "0"}
ROUTES = [
    *(
        row
        for ending in ENDINGS
        for row in (
            Row(f"GET {REPORT}{ending}", "closed", "200 *"),
            Row(f"GET {REPORT}{ending}", " ".join(sorted({*STATES} - {"closed"})), "404 *"),
        )
    ),
    # No topic of the square has a room: tests/web/notes/test_correction.py.
    *(
        row
        for path in (CORRECTION, f"{CORRECTION}/<id:line_id>")
        for row in (
            Row(f"GET {path}", " ".join([*STATES, *OWN]), "303 anyone; 404 *"),
            Row(f"POST {path}", " ".join([*STATES, *OWN]), "401 anyone; 404 *", data=WORDS),
        )
    ),
]
LAW = {
    "closed forum": {"forum:read_report": EVERYONE},
    "participant before a session of a closed forum": {"notes:correct": "coordinator"},
}
FORMLESS = {
    f"POST {path}": "no topic of the square has a room: tests/web/notes/test_correction.py"
    for path in (CORRECTION, f"{CORRECTION}/<id:line_id>")
}
PAGES = {
    "anyone": lambda square: [f"/forums/{square.forums['closed'].id}/report"],
}


def subject(make: Any, _people: dict[str, Actor], name: str) -> Any:
    """Return a closed forum, or who each person is before a session of one."""
    session = session_in(make, phase="closed")
    forum = db.session.get_one(Forum, session.forum_id)
    found = forums.get_forum(ANYONE, forum.id, READ)
    return found if name == "closed forum" else Participant(found, None, session)
