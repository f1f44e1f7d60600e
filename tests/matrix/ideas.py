from tests.matrix import IDEA_EDITED, IDEA_TYPED, ON_PAGE, REASON, TEAM, Row, closed_form, form, late

IDEA = "/ideas/<id:idea_id>"
ALL = "draft pending published locked withdrawn archived hidden deleted merged private"
SEEN, UNSEEN = "published locked withdrawn archived merged", "draft pending hidden deleted private"
# The private community of the world has these members, and the coordinator.
INSIDE = "member author coordinator"
READERS = {SEEN: "*", "private": INSIDE, "draft": "author", "pending hidden": f"author {TEAM}", "deleted": ""}
TABLE = [
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
        Row(f"GET {IDEA}/journey{end}", states, f"200 {readers}; 404 *")
        for end in ("", ".json")
        for states, readers in ((SEEN, "*"), ("private", INSIDE), ("draft deleted", ""), ("pending hidden", TEAM))
    ),
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
        "ideas threads revisions idea_issues idea_tags idea_territories held_revisions",
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
    Row(f"POST {IDEA}/vote", "published locked", "401 anyone; 404 unconfirmed suspended; 303 *", "ideas votes notices"),
    Row(f"POST {IDEA}/vote", "private", f"401 anyone; 303 {INSIDE}; 404 *", "ideas votes notices"),
    Row(f"POST {IDEA}/vote", "draft pending withdrawn archived hidden deleted merged", "401 anyone; 404 *"),
    Row(f"POST {IDEA}/vote/withdrawal", "published locked", "401 anyone; 404 unconfirmed suspended; 303 *"),
    Row(f"POST {IDEA}/vote/withdrawal", "private", f"401 anyone; 303 {INSIDE}; 404 *"),
    Row(f"POST {IDEA}/vote/withdrawal", "draft pending withdrawn archived hidden deleted merged", "401 anyone; 404 *"),
    Row(f"POST {IDEA}/vote/name", SEEN, "401 anyone; 303 *"),
    Row(f"POST {IDEA}/vote/name", "private", f"401 anyone; 303 {INSIDE}; 404 *"),
    Row(f"POST {IDEA}/vote/name", "draft deleted", "401 anyone; 404 *"),
    Row(f"POST {IDEA}/vote/name", "pending hidden", "401 anyone; 303 facilitator coordinator; 404 *"),
]
