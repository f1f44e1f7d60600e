"""Ideas, to read and to write: the author wrote all of them."""

from typing import Any

from sqlalchemy import select

from app.ideas.models import Idea
from app.ideas.queries import reading
from tests.matrix import IDEA_EDITED, IDEA_TYPED, ON_PAGE, REASON, TEAM, Row, closed_form, form, late
from tests.support.law import CONFIRMED
from tests.support.make import idea_page
from tests.support.world import HERE

IDEA = "/ideas/<id:idea_id>"
ALL = "draft pending published locked withdrawn archived hidden deleted merged private"
SEEN, UNSEEN = "published locked withdrawn archived merged", "draft pending hidden deleted private"
# The private community of the world has these members, and the coordinator.
INSIDE = "member author coordinator"
READERS = {SEEN: "*", "private": INSIDE, "draft": "author", "pending hidden": f"author {TEAM}", "deleted": ""}
ROUTES = [
    *(
        Row(f"GET /ideas.{ending}", "", "303 anyone; 200 facilitator neighbour coordinator; 403 *", "accesses")
        for ending in ("csv", "xlsx")
    ),
    Row("GET /ideas", "", "200 *"),
    # What others than the public read is in no feed and has no picture, for them neither.
    Row("GET /ideas.atom", "", "200 *"),
    *(
        Row(f"GET {IDEA}{end}", states, answers)
        for end in (".atom", "/picture.png")
        for states, answers in ((SEEN, "200 *"), (UNSEEN, "404 *"))
    ),
    *(
        Row(f"GET {page}", states, f"{code} {readers}; 404 *")
        for code, page in ((301, IDEA), (200, f"{IDEA}-<slug>"), (200, f"{IDEA}/revisions"))
        for states, readers in READERS.items()
    ),
    Row(f"GET {IDEA}/revisions/<id:number>", SEEN, "200 *"),
    Row(f"GET {IDEA}/revisions/<id:number>", "private", f"200 {INSIDE}; 404 *"),
    Row(f"GET {IDEA}/revisions/<id:number>", "hidden", "200 author facilitator coordinator; 404 *"),
    Row(f"GET {IDEA}/revisions/<id:number>", "draft pending deleted", "404 *"),
    *(
        Row(f"GET {IDEA}/near", states, answers)
        for states, answers in (
            (SEEN, "200 *"),
            ("private", f"200 {INSIDE}; 404 *"),
            ("draft deleted", "404 *"),
            ("pending hidden", f"200 {TEAM}; 404 *"),
        )
    ),
    Row("GET /ideas/new", "", "303 anyone; 403 unconfirmed suspended; 200 *"),
    Row(
        "POST /ideas/new",
        "",
        "401 anyone; 403 unconfirmed suspended; 303 *",
        "ideas threads revisions status_changes submissions",
        IDEA_TYPED,
    ),
    Row(
        "POST /ideas/autosave",
        "",
        "401 anyone; 403 unconfirmed suspended; 200 *",
        "ideas threads submissions",
        IDEA_TYPED,
    ),
    Row(
        "POST /ideas/near",
        "",
        "401 anyone; 403 unconfirmed suspended; 200 *",
        data={"title": "Un jardin pour le quartier"},
    ),
    Row("POST /ideas/preview", "", "401 anyone; 200 *", data={"text": "Un texte"}),
    Row("GET /ideas/drafts", "", "303 *"),
    Row("GET /account/contributions", "", "303 anyone; 200 *"),
    *form(
        f"{IDEA}/edit",
        "draft",
        "author",
        "ideas threads revisions status_changes idea_issues idea_tags idea_territories",
        IDEA_TYPED,
    ),
    *form(
        f"{IDEA}/edit",
        "pending published locked private",
        "author",
        "ideas threads revisions idea_issues idea_tags idea_territories held_revisions journal",
        IDEA_EDITED | ON_PAGE,
    ),
    *form(f"{IDEA}/edit", "hidden", "author", "held_revisions", IDEA_EDITED | ON_PAGE),
    *closed_form(f"{IDEA}/edit", "withdrawn archived deleted merged", IDEA_TYPED),
    Row(
        f"POST {IDEA}/autosave",
        "draft",
        "401 anyone; 200 author; 404 *",
        "ideas idea_issues idea_tags idea_territories",
        IDEA_TYPED,
    ),
    Row(
        f"POST {IDEA}/autosave",
        "pending published locked private hidden",
        "401 anyone; 409 author; 404 *",
        data=IDEA_TYPED,
    ),
    Row(f"POST {IDEA}/autosave", "withdrawn archived deleted merged", "401 anyone; 404 *", data=IDEA_TYPED),
    Row(
        f"POST {IDEA}/publication",
        "draft",
        "401 anyone; 303 author; 404 *",
        "ideas threads revisions status_changes idea_issues idea_tags idea_territories",
    ),
    Row(
        f"POST {IDEA}/publication",
        "pending published locked withdrawn archived hidden deleted merged private",
        "401 anyone; 404 *",
    ),
    *form(f"{IDEA}/discard", "draft", "author", "ideas threads idea_issues idea_tags idea_territories"),
    *closed_form(f"{IDEA}/discard", "pending published locked withdrawn archived hidden deleted merged private"),
    *form(
        f"{IDEA}/withdrawal",
        "published locked private",
        "author",
        "ideas threads status_changes journal held_revisions move_requests links",
        REASON,
    ),
    *closed_form(f"{IDEA}/withdrawal", "draft pending withdrawn archived hidden deleted merged", REASON),
    *form(
        f"{IDEA}/status",
        "published locked archived",
        TEAM,
        "ideas threads status_changes answers journal notices links",
        REASON | ON_PAGE | {"status": "under_review"},
    ),
    *closed_form(f"{IDEA}/status", "draft deleted", REASON | {"status": "under_review"}),
    *late(f"{IDEA}/status", "pending withdrawn hidden merged", TEAM, REASON | {"status": "under_review"}),
    *form(
        f"{IDEA}/status",
        "private",
        "coordinator",
        "ideas threads status_changes answers journal notices links",
        REASON | ON_PAGE | {"status": "under_review"},
    ),
    *form(
        f"{IDEA}/hiding",
        "pending published locked withdrawn archived merged",
        TEAM,
        "ideas threads measures journal notices",
        REASON,
    ),
    *form(f"{IDEA}/hiding", "private", "coordinator", "ideas threads measures journal notices", REASON),
    *closed_form(f"{IDEA}/hiding", "draft deleted", REASON),
    *late(f"{IDEA}/hiding", "hidden", TEAM, REASON),
    *form(f"{IDEA}/restoration", "hidden", TEAM, "ideas threads measures journal notices", REASON),
    *closed_form(f"{IDEA}/restoration", "draft deleted", REASON),
    *late(f"{IDEA}/restoration", "pending published locked withdrawn archived merged", TEAM, REASON),
    *late(f"{IDEA}/restoration", "private", "coordinator", REASON),
    *form(
        f"{IDEA}/lock", "published withdrawn archived merged", TEAM, "threads measures journal", REASON, refusal="403 *"
    ),
    *late(f"{IDEA}/lock", "locked", TEAM, REASON, refusal="403 *"),
    *form(
        f"{IDEA}/lock", "private", "coordinator", "threads measures journal", REASON, refusal="403 member author; 404 *"
    ),
    *closed_form(f"{IDEA}/lock", "draft deleted", REASON),
    *closed_form(f"{IDEA}/lock", "pending hidden", REASON, refusal="403 facilitator coordinator; 404 *"),
    *late(f"{IDEA}/unlock", "private", "coordinator", REASON, refusal=f"403 {INSIDE}; 404 *"),
    *form(f"{IDEA}/unlock", "locked", TEAM, "threads measures journal", REASON, refusal="403 *"),
    *late(f"{IDEA}/unlock", "published withdrawn archived merged", TEAM, REASON, refusal="403 *"),
    *closed_form(f"{IDEA}/unlock", "draft deleted", REASON),
    *closed_form(f"{IDEA}/unlock", "pending hidden", REASON, refusal="403 facilitator coordinator; 404 *"),
]


def _pages_of_all(square: Any) -> list[str]:
    full = square.ideas["full"]
    return [
        "/ideas",
        "/ideas?kind=idea&community=securite-alimentaire&q=id%C3%A9e",
        "/ideas?q=introuvable",
        *(idea_page(square.ideas[state]) for state in ("full", "locked", "joined", "withdrawn")),
        f"/ideas/{full.id}/near",
        f"/ideas/{full.id}/revisions",
        f"/ideas/{full.id}/revisions/2",
        "/ideas/987654",
        "/ideas?kind=inconnu",
    ]


def _pages_of_programs(square: Any) -> list[str]:
    return [
        "/ideas.atom",
        f"/ideas.atom?community={HERE}&kind=idea&sort=supported",
        "/ideas.atom?kind=inconnu",
        f"/ideas/{square.ideas['full'].id}.atom",
        f"/ideas/{square.ideas['full'].id}/picture.png?lang=en",
        f"/ideas/{square.ideas['hidden'].id}.atom",
    ]


def _pages_of_a_member(square: Any) -> list[str]:
    own, rough, waiting = (square.ideas[state].id for state in ("own", "rough", "waiting"))
    return [
        "/ideas/new",
        f"/ideas/{rough}/edit",
        f"/ideas/{own}/edit",
        f"/ideas/{waiting}/edit",
        "/account/contributions",
        "/account/contributions?kind=comments",
        idea_page(square.ideas["full"]),
        idea_page(square.ideas["own"]),
        f"/ideas/{rough}/discard",
        f"/ideas/{own}/withdrawal",
    ]


def _pages_of_a_team(square: Any) -> list[str]:
    full, hidden = square.ideas["full"].id, square.ideas["hidden"].id
    return [
        *(idea_page(square.ideas[state]) for state in ("full", "hidden", "pending", "published", "locked")),
        f"/ideas/{full}/hiding",
        f"/ideas/{full}/lock",
        f"/ideas/{square.ideas['locked'].id}/unlock",
        f"/ideas/{hidden}/restoration",
    ]


PAGES = {
    "anyone": _pages_of_all,
    "program": _pages_of_programs,
    "member": _pages_of_a_member,
    "author": lambda square: [
        idea_page(square.ideas["hidden"]),
        idea_page(square.ideas["locked"]),
        f"/ideas/{square.ideas['locked'].id}/edit",
    ],
    "facilitator": _pages_of_a_team,
}
EMPTY = {
    "anyone": ["/ideas"],
    "member": [f"/account/contributions{end}" for end in ("", "?kind=comments", "?kind=updates", "?kind=topics")],
}
EDITS = {f"{IDEA}/edit publish", f"{IDEA}/edit save"}
FORMLESS = {
    **{f"POST {page}/autosave": "a script sends the form of an idea between two words" for page in ("/ideas", IDEA)},
    "POST /ideas/near": "a script asks what is near the title that is typed",
    "POST /ideas/preview": "a script asks how a text will look",
}


LAW = {"nothing": {"idea:write": CONFIRMED, "idea:export": f"{TEAM} neighbour"}}
TWINS = {Idea: (("idea:read",), reading.readable_by, select(Idea))}
