"""A rehearsal of a forum: begun and joined, begun anew, taken away, by its team. Its own pages: test_rehearsals.py."""

from typing import Any

from app.core.actor import Actor
from tests.matrix import TEAM, Row
from tests.web.forum import matrix
from tests.web.forum.matrix import FORUM

REHEARSAL = f"{FORUM}/rehearsal"
MADE = (
    "events event_registrations forum_folds forum_interests forum_rooms forum_slots forum_topic_hosts forum_topics forums "
    "registrants search_changes threads"
)


def begin(path: str) -> list[Row]:
    """Return the rows of a press that begins a rehearsal, or says that people come already."""
    return [
        Row(f"POST {path}", "draft published", f"401 anyone; 303 {TEAM}; 404 *", MADE),
        Row(f"POST {path}", "private", "401 anyone; 303 coordinator; 404 *", MADE),
        Row(f"POST {path}", "convergence closed", f"401 anyone; 303 {TEAM}; 404 *"),
        Row(f"POST {path}", "cancelled hidden deleted", "401 anyone; 404 *"),
    ]


ROUTES = [
    *begin(REHEARSAL),
    *begin(f"{REHEARSAL}/again"),
    Row(
        f"POST {REHEARSAL}/deletion",
        "draft published convergence closed cancelled hidden",
        f"401 anyone; 303 {TEAM}; 404 *",
    ),
    Row(f"POST {REHEARSAL}/deletion", "private", "401 anyone; 303 coordinator; 404 *"),
    Row(f"POST {REHEARSAL}/deletion", "deleted", "401 anyone; 404 *"),
]
FORMLESS = {
    f"POST {REHEARSAL}{end}": "a forum shows it once it is rehearsed: tests/web/forum/test_rehearsals.py"
    for end in ("/again", "/deletion")
}
LAW = {"forum": {"forum:rehearse": TEAM, "forum:end_rehearsal": TEAM}}


def subject(make: Any, people: dict[str, Actor], name: str) -> Any:
    return matrix.subject(make, people, name)
