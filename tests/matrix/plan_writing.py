"""The writing of the plan, which the coordination does, and its versions, which everybody reads."""

from tests.matrix import ON_PAGE, READ, Row, closed_form, form
from tests.support.browser import AS_SHOWN

NEW, ONE, DRAFT = "/plan/new", "/plan/<id:plan_id>", "/plan/<id:plan_id>/draft"
LEVEL = "<any(orientations, objectives, actions):level>"
PART = f"{DRAFT}/{LEVEL}/<part:part_id>"
BOSS = "coordinator"
DRAFTS, BOTH = "plan_drafts", "current begun"
# What the coordination sees of the plan that is published, without a draft; of the one that is begun, whose draft is the first.
NOW, BEGUN = {"version": "published-1"}, {"version": f"1-{READ['version']}"}
YEARS = {"title": "Un autre plan", "starts_on": "2026-04-01", "ends_on": "2029-03-31"}
ACTION = {"title": "Une action d'un autre nom", "weight": "1"}
UNDER = {"current": {"under": "1"}, "begun": {"under": "-2"}}
ELSEWHERE = {"303": "303 anyone; 303 coordinator; 404 *", "POST": "401 anyone; 303 coordinator; 404 *"}
# A plan that is only begun is nobody else's.
SEEN = "200 coordinator; 404 *"
TABLE = [
    Row("GET /plan/all", "", "200 *"),
    *form(NEW, "", BOSS, "plans submissions", YEARS, refusal="403 *"),
    Row("GET /plan/versions", "", "200 *"),
    Row("GET /plan/<id:plan_id>/versions", "current", "200 *"),
    Row("GET /plan/<id:plan_id>/versions", "begun", SEEN),
    Row("GET /plan/<id:plan_id>/versions/<id:number>", "current", "200 *"),
    Row("GET /plan/<id:plan_id>/versions/<id:number>", "begun", "404 *"),
    *form(f"{ONE}/current", "current", BOSS),
    Row(f"GET {ONE}/current", "begun", "303 anyone; 200 coordinator; 404 *"),
    Row(f"POST {ONE}/current", "begun", "401 anyone; 409 coordinator; 404 *"),
    *form(f"{ONE}/deletion", "begun", BOSS, "plans plan_drafts", BEGUN),
    *closed_form(f"{ONE}/deletion", "current past archived"),
    *form(f"{ONE}/archive", "current past", BOSS, "plans journal"),
    *closed_form(f"{ONE}/archive", "begun archived"),
    Row(f"POST {ONE}/restoration", "archived", "401 anyone; 303 coordinator; 404 *", "plans journal"),
    Row(f"POST {ONE}/restoration", "current begun", "401 anyone; 303 coordinator; 404 *"),
    *closed_form(f"{ONE}/current", "archived"),
    *closed_form(f"{DRAFT}/edit", "archived", YEARS),
    Row(f"GET {DRAFT}", "archived", "303 anyone; 404 *"),
    Row(f"GET {DRAFT}", BOTH, "303 anyone; 200 coordinator; 404 *"),
    *(
        row
        for state in ("current", "begun")
        for row in (
            *form(f"{DRAFT}/edit", state, BOSS, DRAFTS, YEARS | ON_PAGE),
            *form(f"{DRAFT}/{LEVEL}/new", state, BOSS, f"{DRAFTS} submissions", ACTION | UNDER[state]),
            *form(f"{PART}/edit", state, BOSS, DRAFTS, ACTION | UNDER[state] | ON_PAGE),
            *form(f"{PART}/removal", state, BOSS, DRAFTS, {"version": AS_SHOWN}),
        )
    ),
    Row(f"POST {DRAFT}/position", "current", ELSEWHERE["POST"], DRAFTS, {"move": "down actions 1 2"}),
    Row(f"POST {DRAFT}/position", "begun", "401 anyone; 409 coordinator; 404 *", data={"move": "down actions 1 2"}),
    *form(
        f"{DRAFT}/publication",
        "begun",
        BOSS,
        "plans plan_versions plan_drafts orientations objectives actions milestones threads journal",
        {"reason": "Une première version"} | BEGUN,
    ),
    Row(f"GET {DRAFT}/publication", "current", ELSEWHERE["303"]),
    Row(f"POST {DRAFT}/publication", "current", ELSEWHERE["POST"], data={"reason": "Pour voir"} | NOW),
    *form(f"{DRAFT}/discard", "begun", BOSS, DRAFTS, BEGUN),
    Row(f"GET {DRAFT}/discard", "current", ELSEWHERE["303"]),
    Row(f"POST {DRAFT}/discard", "current", ELSEWHERE["POST"], data=NOW),
]
