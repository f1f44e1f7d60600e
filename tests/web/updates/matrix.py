"""The updates of a community. The facilitator here wrote them."""

from typing import Any

from sqlalchemy import select

from app.updates import queries
from app.updates.models import Update
from tests.matrix import ON_PAGE, REASON, TEAM, UPDATE_TYPED, Row, closed_form, form, late
from tests.support.world import HERE

UPDATE = "/communities/<slug>/updates/<id:update_id>"
INSIDE = "member author coordinator"
BODY = {"body": "Ce que j'en pense."}
ROUTES = [
    Row("GET /communities/<slug>/updates", "current archived", "200 *"),
    Row("GET /communities/<slug>/updates", "secluded", f"200 {INSIDE}; 404 *"),
    *form("/communities/<slug>/updates/new", "current", TEAM, "updates threads submissions", UPDATE_TYPED),
    *closed_form("/communities/<slug>/updates/new", "archived", UPDATE_TYPED),
    *form("/communities/<slug>/updates/new", "secluded", "coordinator", "updates threads submissions", UPDATE_TYPED),
    Row("GET /communities/<slug>/updates.atom", "current archived", "200 *"),
    Row("GET /communities/<slug>/updates.atom", "secluded", "404 *"),
    Row(f"GET {UPDATE}.atom", "visible locked", "200 *"),
    Row(f"GET {UPDATE}.atom", "hidden deleted private", "404 *"),
    Row(f"GET {UPDATE}", "visible locked", "200 *"),
    Row(f"GET {UPDATE}", "hidden", "200 facilitator coordinator; 404 *"),
    Row(f"GET {UPDATE}", "deleted", "404 *"),
    Row(f"GET {UPDATE}", "private", f"200 {INSIDE}; 404 *"),
    Row(
        f"POST {UPDATE}/comments",
        "visible",
        "401 anyone; 403 unconfirmed suspended; 303 *",
        "comments threads updates submissions notices",
        BODY,
    ),
    Row(f"POST {UPDATE}/comments", "locked", "401 anyone; 422 *", data=BODY),
    Row(f"POST {UPDATE}/comments", "hidden", "401 anyone; 422 facilitator coordinator; 404 *", data=BODY),
    Row(f"POST {UPDATE}/comments", "deleted", "401 anyone; 404 *", data=BODY),
    Row(
        f"POST {UPDATE}/comments",
        "private",
        f"401 anyone; 303 {INSIDE}; 404 *",
        "comments threads updates submissions notices",
        BODY,
    ),
    *form(f"{UPDATE}/edit", "visible locked", "facilitator", "updates threads", UPDATE_TYPED | ON_PAGE),
    *closed_form(f"{UPDATE}/edit", "hidden deleted", UPDATE_TYPED),
    *form(f"{UPDATE}/edit", "private", "coordinator", "updates threads", UPDATE_TYPED | ON_PAGE),
    *form(f"{UPDATE}/deletion", "visible locked hidden", "facilitator", "updates threads"),
    *closed_form(f"{UPDATE}/deletion", "deleted"),
    *form(f"{UPDATE}/deletion", "private", "coordinator", "updates threads"),
    *form(f"{UPDATE}/hiding", "visible locked", "coordinator", "updates threads measures journal notices", REASON),
    *late(f"{UPDATE}/hiding", "hidden", "coordinator", REASON),
    *closed_form(f"{UPDATE}/hiding", "deleted private", REASON),
    *form(f"{UPDATE}/restoration", "hidden", "coordinator", "updates threads measures journal notices", REASON),
    *late(f"{UPDATE}/restoration", "visible locked", "coordinator", REASON),
    *closed_form(f"{UPDATE}/restoration", "deleted private", REASON),
    *form(f"{UPDATE}/lock", "visible", TEAM, "threads measures journal", REASON, refusal="403 *"),
    *late(f"{UPDATE}/lock", "locked", TEAM, REASON, refusal="403 *"),
    *closed_form(f"{UPDATE}/lock", "hidden", REASON, refusal="403 facilitator coordinator; 404 *"),
    *closed_form(f"{UPDATE}/lock", "deleted", REASON),
    *form(
        f"{UPDATE}/lock",
        "private",
        "coordinator",
        "threads measures journal",
        REASON,
        refusal="403 member author; 404 *",
    ),
    *form(f"{UPDATE}/unlock", "locked", TEAM, "threads measures journal", REASON, refusal="403 *"),
    *late(f"{UPDATE}/unlock", "visible", TEAM, REASON, refusal="403 *"),
    *closed_form(f"{UPDATE}/unlock", "hidden", REASON, refusal="403 facilitator coordinator; 404 *"),
    *closed_form(f"{UPDATE}/unlock", "deleted", REASON),
    *late(f"{UPDATE}/unlock", "private", "coordinator", REASON, refusal=f"403 {INSIDE}; 404 *"),
]


def _page(square: Any, state: str) -> str:
    return f"/communities/{HERE}/updates/{square.updates[state].id}"


PAGES = {
    "anyone": lambda square: [f"/communities/{HERE}/updates", _page(square, "visible"), _page(square, "locked")],
    "program": lambda square: [f"/communities/{HERE}/updates.atom", f"{_page(square, 'visible')}.atom"],
    "member": lambda square: [_page(square, "visible")],
    "facilitator": lambda square: [
        f"/communities/{HERE}/updates/new",
        *(f"{_page(square, 'visible')}{end}" for end in ("/edit", "/deletion", "/hiding", "/lock", "/slow-mode", "")),
        f"{_page(square, 'locked')}/unlock",
        f"{_page(square, 'hidden')}/restoration",
    ],
}
EMPTY = {"anyone": [f"/communities/{HERE}/updates"]}
EDITS = {f"{UPDATE}/edit"}


TWINS = {Update: (("update:read", "update:read_own"), queries.readable_by, select(Update))}
