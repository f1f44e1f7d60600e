"""The papers of a forum, for its team while it is arranged; its projector, for whoever reads it."""

from typing import Any

from tests.matrix import TEAM, Row

FORUM = "/forums/<id:forum_id>"
SHEET = f"{FORUM}/papers/<any(programme,rooms,principles,slips,notes,ballots):sheet>"
ARRANGED, OTHERS = "draft published convergence", "closed cancelled hidden deleted"
ROUTES = [
    row
    for path in (f"{FORUM}/papers", SHEET)
    for row in (
        Row(f"GET {path}", ARRANGED, f"303 anyone; 200 {TEAM}; 404 *"),
        Row(f"GET {path}", "private", "303 anyone; 200 coordinator; 404 *"),
        Row(f"GET {path}", OTHERS, "303 anyone; 404 *"),
    )
]
VARIABLES = {"sheet": lambda _world, _state: "notes"}


def _papers(square: Any) -> list[str]:
    kit = f"/forums/{square.forums['published'].id}/papers"
    return [kit, *(f"{kit}/{sheet}" for sheet in ("programme", "rooms", "principles", "slips", "notes", "ballots"))]


PAGES = {"facilitator": _papers}
