"""Actions of the plan, and what is said of them, before a team: `coordinator` wrote the first, `author` the second."""

from typing import Any

from tests.matrix import REASON, TEAM, Row, closed_form, form, late
from tests.web.moderation.matrix_measures import KEPT, MEASURE, SLOW
from tests.web.moderation.matrix_reports import JUDGED, WORDS, never, report

ACTION, BULLETIN = "/plan/actions/<id:action_id>", "/plan/bulletins/<id:bulletin_id>"
IN_SIGHT = "visible locked orphan"
# Whoever coordinates alone wrote what no community has: any other team decides.
ANY_TEAM = "facilitator neighbour"
SAID = {"body": "Tout avance, et voici comment."}
THREAD, TEAM_WITHOUT_RIGHT = "threads measures journal", "403 facilitator coordinator; 404 *"
ROUTES = [
    *report(ACTION, IN_SIGHT, "coordinator"),
    *never(ACTION, "hidden"),
    Row(f"GET {ACTION}/appeal", "hidden", "303 anyone; 302 coordinator; 404 *"),
    Row(f"GET {ACTION}/appeal", IN_SIGHT, "303 anyone; 404 *"),
    *form(f"{ACTION}/hiding", "visible", "facilitator", f"actions threads ideas {KEPT}", REASON),
    *form(f"{ACTION}/hiding", "locked", "facilitator", f"actions threads {KEPT}", REASON),
    *form(f"{ACTION}/hiding", "orphan", ANY_TEAM, f"actions threads {KEPT}", REASON),
    *late(f"{ACTION}/hiding", "hidden", "facilitator", REASON),
    *form(f"{ACTION}/restoration", "hidden", "facilitator", f"actions threads ideas {KEPT}", REASON),
    *late(f"{ACTION}/restoration", "visible locked", "facilitator", REASON),
    *late(f"{ACTION}/restoration", "orphan", ANY_TEAM, REASON),
    *form(f"{ACTION}/lock", "visible", TEAM, THREAD, REASON, refusal="403 *"),
    *form(f"{ACTION}/lock", "orphan", "coordinator", THREAD, REASON, refusal="403 *"),
    *late(f"{ACTION}/lock", "locked", TEAM, REASON, refusal="403 *"),
    *closed_form(f"{ACTION}/lock", "hidden", REASON, refusal=TEAM_WITHOUT_RIGHT),
    *form(f"{ACTION}/unlock", "locked", TEAM, THREAD, REASON, refusal="403 *"),
    *late(f"{ACTION}/unlock", "visible", TEAM, REASON, refusal="403 *"),
    *late(f"{ACTION}/unlock", "orphan", "coordinator", REASON, refusal="403 *"),
    *closed_form(f"{ACTION}/unlock", "hidden", REASON, refusal=TEAM_WITHOUT_RIGHT),
    *form(f"{ACTION}/slow-mode", "visible locked", TEAM, THREAD, SLOW, refusal="403 *"),
    *form(f"{ACTION}/slow-mode", "orphan", "coordinator", THREAD, SLOW, refusal="403 *"),
    *closed_form(f"{ACTION}/slow-mode", "hidden", SLOW, refusal=TEAM_WITHOUT_RIGHT),
    *form(f"{BULLETIN}/edit", "visible orphan", "author", "bulletins journal", SAID),
    *closed_form(f"{BULLETIN}/edit", "hidden deleted unseen", SAID),
    *form(f"{BULLETIN}/deletion", "visible orphan", "author", "bulletins journal"),
    *closed_form(f"{BULLETIN}/deletion", "hidden deleted unseen"),
    *report(BULLETIN, "visible orphan", "author"),
    *never(BULLETIN, "hidden deleted unseen"),
    Row(f"GET {BULLETIN}/appeal", "hidden", "303 anyone; 302 author; 404 *"),
    Row(f"GET {BULLETIN}/appeal", "visible orphan deleted unseen", "303 anyone; 404 *"),
    *form(f"{BULLETIN}/hiding", "visible", TEAM, f"bulletins {KEPT}", REASON),
    *form(f"{BULLETIN}/hiding", "orphan", "coordinator", f"bulletins {KEPT}", REASON),
    *late(f"{BULLETIN}/hiding", "hidden", TEAM, REASON),
    *closed_form(f"{BULLETIN}/hiding", "deleted unseen", REASON),
    *form(f"{BULLETIN}/restoration", "hidden", TEAM, f"bulletins {KEPT}", REASON),
    *late(f"{BULLETIN}/restoration", "visible", TEAM, REASON),
    *late(f"{BULLETIN}/restoration", "orphan", "coordinator", REASON),
    *closed_form(f"{BULLETIN}/restoration", "deleted unseen", REASON),
    *form(f"{MEASURE}/undoing", "on_action", "facilitator", f"actions threads ideas {KEPT}", REASON),
    *form(f"{MEASURE}/undoing", "on_bulletin", TEAM, f"bulletins {KEPT}", REASON),
    Row(f"GET {MEASURE}/appeal", "on_action", "303 anyone; 200 coordinator; 404 *"),
    Row(f"GET {MEASURE}/appeal", "on_bulletin", "303 anyone; 200 author; 404 *"),
    Row(f"POST {MEASURE}/appeal", "on_action", "401 anyone; 303 coordinator; 404 *", JUDGED, WORDS),
    Row(f"POST {MEASURE}/appeal", "on_bulletin", "401 anyone; 303 author; 404 *", JUDGED, WORDS),
]


def _pages_of_a_team(square: Any) -> list[str]:
    action, hidden, locked = (f"/plan/actions/{square.actions[state].id}" for state in ("visible", "hidden", "locked"))
    shown, gone = (f"/plan/bulletins/{square.bulletins[state].id}" for state in ("visible", "hidden"))
    return [
        f"{action}/hiding",
        f"{action}/lock",
        f"{action}/slow-mode",
        f"{hidden}/restoration",
        f"{locked}/unlock",
        f"{shown}/hiding",
        f"{gone}/restoration",
    ]


PAGES = {
    "member": lambda square: [
        f"/plan/{things}/{getattr(square, things)['visible'].id}/report" for things in ("actions", "bulletins")
    ],
    "author": lambda square: [
        f"/plan/bulletins/{square.bulletins['visible'].id}/{act}" for act in ("edit", "deletion")
    ],
    "facilitator": _pages_of_a_team,
}
EDITS = {f"{BULLETIN}/edit"}
