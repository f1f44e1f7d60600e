"""Merges, splits and relations of ideas.

On the square, `merged` is joined to `published`, the third idea; no idea was split.
"""

from tests.matrix import REASON, TEAM, Row, closed_form, late

IDEA = "/ideas/<id:idea_id>"
OPEN, SHUT = "published locked", "draft pending withdrawn archived hidden deleted merged"
PUBLIC, NOT_PUBLIC = "published locked withdrawn archived", "draft pending hidden deleted merged"
INTO = REASON | {"into": "3"}
PART = REASON | {"title": "Une deuxième chose, qui compte", "part": "Sa suite."}
OTHER = {"other": "3"}
JOINED = "ideas threads votes merges measures journal notices"
DRAWN = (
    "ideas threads revisions status_changes relations idea_issues idea_tags idea_territories submissions measures"
    " journal notices"
)


def get_row(page: str, states: str, inside: str) -> Row:
    return Row(f"GET {IDEA}/{page}", states, f"303 anyone; 200 {inside}; 404 *")


ROUTES = [
    get_row("merge", OPEN, "facilitator coordinator"),
    get_row("merge", "private", "coordinator"),
    *closed_form(f"{IDEA}/merge", "draft deleted"),
    *late(f"{IDEA}/merge", "pending withdrawn archived hidden merged", TEAM, INTO),
    Row(f"POST {IDEA}/merge", "locked", "401 anyone; 303 facilitator coordinator; 404 *", JOINED, INTO),
    Row(f"POST {IDEA}/merge", "published", "401 anyone; 422 facilitator coordinator; 404 *", data=INTO),
    Row(f"POST {IDEA}/merge", "private", "401 anyone; 422 coordinator; 404 *", data=INTO),
    get_row("parting", "merged", "facilitator coordinator"),
    *closed_form(f"{IDEA}/parting", "draft deleted"),
    *late(f"{IDEA}/parting", "pending published locked withdrawn archived hidden", TEAM, REASON),
    Row(f"GET {IDEA}/parting", "private", "303 anyone; 404 *"),
    Row(f"POST {IDEA}/parting", "private", "401 anyone; 409 coordinator; 404 *", data=REASON),
    Row(f"POST {IDEA}/parting", "merged", "401 anyone; 303 facilitator coordinator; 404 *", JOINED, REASON),
    get_row("split", OPEN, "facilitator coordinator"),
    get_row("split", "private", "coordinator"),
    *closed_form(f"{IDEA}/split", "draft deleted"),
    *late(f"{IDEA}/split", "pending withdrawn archived hidden merged", TEAM, PART),
    Row(f"POST {IDEA}/split", OPEN, "401 anyone; 303 facilitator coordinator; 404 *", DRAWN, PART),
    Row(f"POST {IDEA}/split", "private", "401 anyone; 303 coordinator; 404 *", DRAWN, PART),
    *closed_form(f"{IDEA}/rejoining", f"{OPEN} {SHUT} private"),
    get_row("relations", PUBLIC, "facilitator neighbour coordinator"),
    get_row("relations", "private", "coordinator"),
    *closed_form(f"{IDEA}/relations", NOT_PUBLIC),
    Row(
        f"POST {IDEA}/relations",
        "locked withdrawn archived",
        "401 anyone; 422 neighbour; 303 facilitator coordinator; 404 *",
        "relations journal",
        OTHER,
    ),
    Row(f"POST {IDEA}/relations", "published", "401 anyone; 422 neighbour facilitator coordinator; 404 *", data=OTHER),
    Row(f"POST {IDEA}/relations", "private", "401 anyone; 303 coordinator; 404 *", "relations journal", OTHER),
    Row(
        f"POST {IDEA}/relations/removal",
        "locked withdrawn archived",
        "401 anyone; 403 neighbour; 303 facilitator coordinator; 404 *",
        data=OTHER,
    ),
    Row(
        f"POST {IDEA}/relations/removal",
        "published",
        "401 anyone; 403 neighbour facilitator coordinator; 404 *",
        data=OTHER,
    ),
    Row(f"POST {IDEA}/relations/removal", "private", "401 anyone; 303 coordinator; 404 *", data=OTHER),
    Row(f"POST {IDEA}/relations/removal", NOT_PUBLIC, "401 anyone; 404 *", data=OTHER),
]
PAGES = {
    "facilitator": lambda square: [
        *(
            f"/ideas/{square.ideas['locked'].id}/merge{end}"
            for end in ("", "?q=mot", f"?into={square.ideas['full'].id}")
        ),
        f"/ideas/{square.ideas['full'].id}/merge",
        f"/ideas/{square.ideas['joined'].id}/parting",
        f"/ideas/{square.ideas['full'].id}/split",
        f"/ideas/{square.ideas['full'].id}/relations",
    ]
}
FORMLESS = {f"POST {IDEA}/relations/removal": "none of these ideas is beside another: tests/web/ideas/test_split.py"}
FOUND_ON = {f"POST {IDEA}/merge": "?into=3"}
