"""The papers of a forum, for its team while it is arranged; its projector, for whoever reads it."""

from typing import Any

from tests.matrix import TEAM, Row
from tests.support.world import ROLES

ANYBODY = frozenset(ROLES)
FORUM = "/forums/<id:forum_id>"
SHEET = f"{FORUM}/papers/<any(programme,rooms,principles,slips,notes):sheet>"
ARRANGED, OTHERS = "draft published convergence", "closed cancelled hidden deleted"
ROUTES = [
    *(
        row
        for path in (f"{FORUM}/papers", SHEET, f"{FORUM}/papers/ballots")
        for row in (
            Row(f"GET {path}", ARRANGED, f"303 anyone; 200 {TEAM}; 404 *"),
            Row(f"GET {path}", "private", "303 anyone; 200 coordinator; 404 *"),
            Row(f"GET {path}", OTHERS, "303 anyone; 404 *"),
        )
    ),
    Row(f"GET {FORUM}/projector", "published convergence closed cancelled", "200 *"),
    Row(f"GET {FORUM}/projector", "draft", f"200 {TEAM}; 404 *"),
    Row(f"GET {FORUM}/projector", "hidden", f"200 author {TEAM}; 404 *"),
    Row(f"GET {FORUM}/projector", "deleted", "404 *"),
    Row(f"GET {FORUM}/projector", "private", "200 member author coordinator; 404 *"),
]
APART = {f"GET {FORUM}/projector": ("its team opens it on the screen of the hall", ANYBODY - {*TEAM.split()})}
VARIABLES = {"sheet": lambda _world, _state: "notes"}


def _papers(square: Any) -> list[str]:
    kit = f"/forums/{square.forums['published'].id}/papers"
    return [kit, *(f"{kit}/{sheet}" for sheet in ("programme", "rooms", "principles", "slips", "notes", "ballots"))]


def _screens(square: Any, *states: str) -> list[str]:
    return [f"/forums/{square.forums[state].id}/projector" for state in states]


PAGES = {
    "anyone": lambda square: _screens(square, "published", "convergence", "closed", "cancelled"),
    "facilitator": lambda square: [*_papers(square), *_screens(square, "published")],
}
