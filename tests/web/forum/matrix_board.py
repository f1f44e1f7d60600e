"""The board of a forum, and what its team presses there. `author` pitched the topics, none of which has a room."""

from typing import Any

from app.core.actor import Actor
from tests.matrix import TEAM, Row
from tests.web.forum import matrix_topics
from tests.web.forum.matrix import FORUM, INSIDE, SEEN
from tests.web.forum.matrix_topics import RUNNING, TOPIC

BOARD = f"{FORUM}/board"
LATE = f"{RUNNING} topic_withdrawn topic_waiting topic_hidden topic_deleted draft closed cancelled"
PRESSES = [f"{TOPIC}/placing", f"{TOPIC}/placing/exchange", f"{TOPIC}/placing/withdrawal", f"{TOPIC}/again"]


def press(path: str) -> list[Row]:
    """Return the rows of a press of the team, which names no cell: the board says why nothing is done."""
    return [
        Row(f"POST {path}", LATE, f"401 anyone; 303 {TEAM}; 404 *"),
        Row(f"POST {path}", "private", "401 anyone; 303 coordinator; 404 *"),
        Row(f"POST {path}", "hidden", f"401 anyone; 303 {TEAM}; 404 *"),
        Row(f"POST {path}", "deleted", "401 anyone; 404 *"),
    ]


ROUTES = [
    Row(f"GET {BOARD}", SEEN, "200 *"),
    Row(f"GET {BOARD}", "draft", f"200 {TEAM}; 404 *"),
    Row(f"GET {BOARD}", "hidden", f"200 author {TEAM}; 404 *"),
    Row(f"GET {BOARD}", "deleted", "404 *"),
    Row(f"GET {BOARD}", "private", f"200 {INSIDE}; 404 *"),
    *(row for path in PRESSES for row in press(path)),
]
FORMLESS = {
    f"POST {path}": "the board shows it once a topic is chosen: tests/web/forum/test_board.py" for path in PRESSES
}
LAW = {"participant": {"topic:place": TEAM}}


def subject(make: Any, people: dict[str, Actor], name: str) -> Any:
    return matrix_topics.subject(make, people, name)


def _board(square: Any, state: str, end: str = "") -> str:
    return f"/forums/{square.forums[state].id}/board{end}"


PAGES = {
    "anyone": lambda square: [_board(square, state) for state in SEEN.split()],
    "member": lambda square: [_board(square, "private")],
    "facilitator": lambda square: [
        _board(square, "published", f"?topic={square.topics['published'].id}"),
        _board(square, "draft"),
        _board(square, "hidden"),
    ],
}
