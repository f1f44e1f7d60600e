"""Comments, and the updates of a community. The facilitator here wrote the updates, the author the comments."""

from tests.matrix import ON_PAGE, REASON, TEAM, UPDATE_TYPED, Row, closed_form, form, late

COMMENT = "/comments/<id:comment_id>"
UPDATE = "/communities/<slug>/updates/<id:update_id>"
OPEN = "visible late other reply on_update on_action"
SEEN = f"{OPEN} locked"
GONE = "deleted unseen under_hidden"
INSIDE = "member author coordinator"
OWN = "visible late locked on_update on_action"
BODY = {"body": "Ce que j'en pense."}
TABLE = [
    Row(f"GET {COMMENT}", SEEN, "302 *"),
    Row(f"GET {COMMENT}", "hidden held", "302 author facilitator coordinator; 404 *"),
    Row(f"GET {COMMENT}", GONE, "404 *"),
    Row(f"GET {COMMENT}", "private", f"302 {INSIDE}; 404 *"),
    Row(f"GET {COMMENT}/branch", "visible late other on_update on_action locked", "200 *"),
    Row(f"GET {COMMENT}/branch", "hidden held", "200 author facilitator coordinator; 404 *"),
    Row(f"GET {COMMENT}/branch", "deleted unseen reply", "404 *"),
    Row(f"GET {COMMENT}/branch", "private", f"200 {INSIDE}; 404 *"),
    Row(f"GET {COMMENT}/reply", OPEN, "303 anyone; 404 unconfirmed suspended; 200 *"),
    Row(f"GET {COMMENT}/reply", "hidden locked deleted unseen held", "303 anyone; 404 *"),
    Row(f"GET {COMMENT}/reply", "private", f"303 anyone; 200 {INSIDE}; 404 *"),
    *form(f"{COMMENT}/edit", "visible on_update on_action held private", "author", "comments", BODY),
    Row(f"GET {COMMENT}/edit", "late locked", "303 anyone; 404 *"),
    Row(f"POST {COMMENT}/edit", "late locked", "401 anyone; 422 author; 404 *", data=BODY),
    *form(f"{COMMENT}/edit", "hidden", "author", "held_revisions", BODY),
    *closed_form(f"{COMMENT}/edit", "other reply deleted unseen", BODY),
    *form(f"{COMMENT}/deletion", OWN, "author", "comments threads ideas updates actions held_revisions"),
    *closed_form(f"{COMMENT}/deletion", "other reply hidden deleted unseen"),
    *form(f"{COMMENT}/deletion", "held", "author", "comments"),
    *form(f"{COMMENT}/deletion", "private", "author", "comments threads ideas"),
    *(
        row
        for act, changes in (("useful", "useful comments"), ("useful/withdrawal", ""))
        for row in (
            Row(
                f"POST {COMMENT}/{act}",
                "visible late on_update on_action",
                "401 anyone; 404 unconfirmed suspended author; 303 *",
                changes,
            ),
            Row(f"POST {COMMENT}/{act}", "other reply", "401 anyone; 404 unconfirmed suspended; 303 *", changes),
            Row(f"POST {COMMENT}/{act}", f"locked hidden {GONE} held", "401 anyone; 404 *"),
            Row(f"POST {COMMENT}/{act}", "private", "401 anyone; 303 member coordinator; 404 *", changes),
        )
    ),
    *(
        row
        for act, changes in (("used", "comments notices"), ("used/withdrawal", ""))
        for row in (
            Row(f"POST {COMMENT}/{act}", "other reply", "401 anyone; 303 author; 404 *", changes),
            Row(f"POST {COMMENT}/{act}", f"{OWN} hidden {GONE} held private", "401 anyone; 404 *"),
        )
    ),
    *form(f"{COMMENT}/hiding", SEEN, TEAM, "comments threads ideas updates actions measures journal notices", REASON),
    *late(f"{COMMENT}/hiding", "hidden", TEAM, REASON),
    *closed_form(f"{COMMENT}/hiding", GONE, REASON),
    *form(f"{COMMENT}/hiding", "held", TEAM, "comments measures journal notices", REASON),
    *form(f"{COMMENT}/hiding", "private", "coordinator", "comments threads ideas measures journal notices", REASON),
    *form(f"{COMMENT}/restoration", "hidden", TEAM, "comments threads ideas measures journal notices", REASON),
    *late(f"{COMMENT}/restoration", "visible late other reply on_update locked held", TEAM, REASON),
    *closed_form(f"{COMMENT}/restoration", GONE, REASON),
    *late(f"{COMMENT}/restoration", "private", "coordinator", REASON),
    Row(
        "POST /ideas/<id:idea_id>/comments",
        "published",
        "401 anyone; 403 unconfirmed suspended; 303 *",
        "comments threads ideas submissions notices",
        BODY,
    ),
    Row("POST /ideas/<id:idea_id>/comments", "locked withdrawn archived merged", "401 anyone; 422 *", data=BODY),
    Row("POST /ideas/<id:idea_id>/comments", "draft deleted", "401 anyone; 404 *", data=BODY),
    Row(
        "POST /ideas/<id:idea_id>/comments",
        "pending hidden",
        "401 anyone; 422 facilitator coordinator; 404 *",
        data=BODY,
    ),
    Row(
        "POST /ideas/<id:idea_id>/comments",
        "private",
        f"401 anyone; 303 {INSIDE}; 404 *",
        "comments threads ideas submissions notices",
        BODY,
    ),
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
