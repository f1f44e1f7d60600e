"""The writing of the plan, which the coordination does, and its versions, which everybody reads."""

from typing import Any

from tests.matrix import ON_PAGE, READ, Row, closed_form, form
from tests.support.browser import AS_SHOWN

NEW, ONE, DRAFT = "/plan/new", "/plan/<id:plan_id>", "/plan/<id:plan_id>/draft"
LEVEL = "<any(orientations, objectives, actions):level>"
PART = f"{DRAFT}/{LEVEL}/<part:part_id>"
BOSS = "coordinator"
DRAFTS, LIVING, OLD = "plan_drafts", "current past begun revised", "current past archived revised"
# What the coordination sees of the plan that is published, without a draft; of the one that is begun, whose draft is the first.
NOW, BEGUN = {"version": "published-1"}, {"version": f"1-{READ['version']}"}
YEARS = {"title": "Un autre plan", "starts_on": "2026-04-01", "ends_on": "2029-03-31"}
ACTION = {"title": "Une action d'un autre nom", "weight": "1"}
UNDER = {"current": {"under": "1"}, "past": {"under": "2"}, "begun": {"under": "-2"}, "revised": {"under": "4"}}
ELSEWHERE = {"303": "303 anyone; 303 coordinator; 404 *", "POST": "401 anyone; 303 coordinator; 404 *"}
# A plan that is only begun is nobody else's.
SEEN = "200 coordinator; 404 *"
ROUTES = [
    Row("GET /plan/all", "", "200 *"),
    *form(NEW, "", BOSS, "plans submissions", YEARS, refusal="403 *"),
    Row("GET /plan/versions", "", "200 *"),
    Row("GET /plan/<id:plan_id>/versions", OLD, "200 *"),
    Row("GET /plan/<id:plan_id>/versions", "begun", SEEN),
    Row("GET /plan/<id:plan_id>/versions/<id:number>", OLD, "200 *"),
    Row("GET /plan/<id:plan_id>/versions/<id:number>", "begun", "404 *"),
    Row("GET /plan/<id:plan_id>/versions/differences", OLD, "200 *"),
    Row("GET /plan/<id:plan_id>/versions/differences", "begun", "404 *"),
    *form(f"{ONE}/current", "current", BOSS),
    *form(f"{ONE}/current", "past revised", BOSS, "plans ideas journal"),
    Row(f"GET {ONE}/current", "begun", "303 anyone; 200 coordinator; 404 *"),
    Row(f"POST {ONE}/current", "begun", "401 anyone; 409 coordinator; 404 *"),
    *form(f"{ONE}/deletion", "begun", BOSS, "plans plan_drafts", BEGUN),
    *closed_form(f"{ONE}/deletion", OLD),
    *form(f"{ONE}/archive", "current past revised", BOSS, "plans ideas journal"),
    *closed_form(f"{ONE}/archive", "begun"),
    # What a colleague archived meanwhile.
    Row(f"GET {ONE}/archive", "archived", "303 anyone; 404 *"),
    Row(f"POST {ONE}/archive", "archived", "401 anyone; 409 coordinator; 404 *"),
    Row(f"POST {ONE}/restoration", "archived", "401 anyone; 303 coordinator; 404 *", "plans journal"),
    Row(f"POST {ONE}/restoration", LIVING, "401 anyone; 303 coordinator; 404 *"),
    *closed_form(f"{ONE}/current", "archived"),
    *closed_form(f"{DRAFT}/edit", "archived", YEARS),
    Row(f"GET {DRAFT}", "archived", "303 anyone; 404 *"),
    Row(f"GET {DRAFT}", LIVING, "303 anyone; 200 coordinator; 404 *"),
    *(
        row
        for state in LIVING.split()
        for row in (
            *form(f"{DRAFT}/edit", state, BOSS, DRAFTS, YEARS | ON_PAGE),
            *form(f"{DRAFT}/{LEVEL}/new", state, BOSS, f"{DRAFTS} submissions", ACTION | UNDER[state]),
        )
    ),
    *closed_form(f"{DRAFT}/{LEVEL}/new", "archived", ACTION),
    *(
        row
        for state in ("current", "begun", "revised")
        for row in (
            *form(f"{PART}/edit", state, BOSS, DRAFTS, ACTION | UNDER[state] | ON_PAGE),
            *form(f"{PART}/removal", state, BOSS, DRAFTS, {"version": AS_SHOWN}),
        )
    ),
    *form(f"{PART}/reversal", "revised", BOSS, DRAFTS, {"version": AS_SHOWN}),
    # Nothing changed of the part: there is nothing to bring back.
    Row(f"GET {PART}/reversal", "current past begun", ELSEWHERE["303"]),
    Row(f"POST {PART}/reversal", "current past begun", ELSEWHERE["POST"], data={"version": "0"}),
    *closed_form(f"{PART}/reversal", "archived", {"version": "0"}),
    # What a colleague removed: what was typed stays on the page, and there is nothing left to remove.
    *(
        Row(f"{method} {PART}/{act}", states, answers, data=ACTION if method == "POST" else {})
        for act, code in (("edit", 422), ("removal", 303))
        for method, states, answers in (
            ("GET", "past archived", "303 anyone; 404 *"),
            ("POST", "past", f"401 anyone; {code} coordinator; 404 *"),
            ("POST", "archived", "401 anyone; 404 *"),
        )
    ),
    Row(f"POST {DRAFT}/position", "current", ELSEWHERE["POST"], DRAFTS, {"move": "down actions 1 2"}),
    Row(
        f"POST {DRAFT}/position",
        "past begun revised",
        "401 anyone; 409 coordinator; 404 *",
        data={"move": "down actions 1 2"},
    ),
    Row(f"POST {DRAFT}/position", "archived", "401 anyone; 404 *"),
    *form(
        f"{DRAFT}/publication",
        "begun",
        BOSS,
        "plans plan_versions plan_drafts orientations objectives actions milestones threads journal",
        {"reason": "Une première version"} | BEGUN,
    ),
    *form(
        f"{DRAFT}/publication",
        "revised",
        BOSS,
        "plans plan_versions plan_drafts actions journal",
        {"reason": "Un autre poids", "version": AS_SHOWN},
    ),
    Row(f"GET {DRAFT}/publication", "current past", ELSEWHERE["303"]),
    Row(f"POST {DRAFT}/publication", "current past", ELSEWHERE["POST"], data={"reason": "Pour voir"} | NOW),
    *form(f"{DRAFT}/discard", "begun", BOSS, DRAFTS, BEGUN),
    *form(f"{DRAFT}/discard", "revised", BOSS, DRAFTS, {"version": AS_SHOWN}),
    Row(f"GET {DRAFT}/discard", "current past", ELSEWHERE["303"]),
    Row(f"POST {DRAFT}/discard", "current past", ELSEWHERE["POST"], data=NOW),
    *(row for act in ("publication", "discard") for row in closed_form(f"{DRAFT}/{act}", "archived", NOW)),
]


def _pages_of_the_coordination(square: Any) -> list[str]:
    pages = ["/plan/all", "/plan/new"]
    for state in ("current", "begun"):
        part, draft = square.parts[state], f"/plan/{square.plans[state].id}/draft"
        objective, orientation = (-2, -1) if state == "begun" else (1, 1)
        pages += [
            draft,
            f"{draft}/edit",
            f"{draft}/orientations/{orientation}/edit",
            f"{draft}/objectives/{objective}/edit",
            f"{draft}/actions/{part}/edit",
            f"{draft}/actions/{part}/removal",
        ]
    begun, revised = (f"/plan/{square.plans[state].id}" for state in ("begun", "revised"))
    return [
        *pages,
        f"{begun}/deletion",
        f"{revised}/draft",
        f"{revised}/draft/actions/{square.parts['revised']}/reversal",
        f"/plan/{square.plans['current'].id}/archive",
        f"/plan/{square.plans['past'].id}/current",
        *(f"{begun}/draft/{end}" for end in ("publication", "discard", "actions/new?under=-2", "orientations/new")),
    ]


PAGES = {
    "anyone": lambda square: [
        "/plan/all",
        "/plan/versions",
        f"/plan/{square.plans['current'].id}/versions",
        f"/plan/{square.plans['current'].id}/versions/1",
        f"/plan/{square.plans['current'].id}/versions/differences",
    ],
    "coordinator": _pages_of_the_coordination,
}
EMPTY = {"anyone": ["/plan/all"], "coordinator": ["/plan/all"]}
EDITS = {f"{DRAFT}/edit", f"{PART}/edit save"}
FOUND_ON = {f"POST {ONE}/restoration": "/plan/all"}
VARIABLES = {"level": lambda _world, _state: "actions", "part_id": lambda world, state: world.parts.get(state, -9)}
