"""Reports, the cases they make, and appeals. `member` reported; the measures are on the author (see `world_of_reports`)."""

from dataclasses import replace

from tests.matrix import LATE, REASON, Row

IDEA, COMMENT = "/ideas/<id:idea_id>", "/comments/<id:comment_id>"
UPDATE = "/communities/<slug>/updates/<id:update_id>"
CASE, MEASURE, APPEAL = (
    "/moderation/cases/<id:case_id>",
    "/measures/<id:measure_id>",
    "/moderation/appeals/<id:appeal_id>",
)
PROFILE = "/members/<id:user_id>"
READ, UNREAD = "published locked withdrawn archived merged", "draft pending hidden deleted"
OWN, OTHERS, GONE = "visible late locked on_update on_action", "other reply", "hidden deleted unseen held"
WHY = {"why": "insult", "words": "On y vise mon voisin."}
MADE = "cases reports notices"
DECIDED = "cases case_steps journal notices"
JUDGED = "appeals journal notices"
WORDS = {"words": "On a lu de travers ce que j'écrivais là."}
DISMISS, REFUSE = REASON | {"act": "dismiss"}, REASON | {"act": "refuse"}


def report(page: str, states: str, never: str) -> list[Row]:
    """Return the two rows of a report that everybody may make but for those named."""
    return [
        Row(f"GET {page}/report", states, f"303 anyone; 404 unconfirmed {never} suspended; 200 *"),
        Row(f"POST {page}/report", states, f"401 anyone; 404 unconfirmed {never} suspended; 303 *", MADE, WHY),
    ]


def private_report(page: str, states: str, inside: str) -> list[Row]:
    """Return the two rows of a report on what is private."""
    return [
        Row(f"GET {page}/report", states, f"303 anyone; 200 {inside}; 404 *"),
        Row(f"POST {page}/report", states, f"401 anyone; 303 {inside}; 404 *", MADE, WHY),
    ]


def never(page: str, states: str) -> list[Row]:
    return [
        Row(f"GET {page}/report", states, "303 anyone; 404 *"),
        Row(f"POST {page}/report", states, "401 anyone; 404 *", data=WHY),
    ]


TABLE = [
    *report(IDEA, READ, "author"),
    *private_report(IDEA, "private", "member coordinator"),
    *never(IDEA, UNREAD),
    *report(COMMENT, OWN, "author"),
    *report(COMMENT, OTHERS, ""),
    *private_report(COMMENT, "private", "member coordinator"),
    *never(COMMENT, GONE),
    *report(UPDATE, "visible locked", "facilitator"),
    *private_report(UPDATE, "private", "member author"),
    *never(UPDATE, "hidden deleted"),
    Row("GET /account/reports", "", "303 anyone; 200 *"),
    *(replace(row, changes=f"{row.changes} profiles" if row.changes else "") for row in report(PROFILE, "", "author")),
    Row(f"GET {PROFILE}/hiding", "", "303 anyone; 200 coordinator; 404 *"),
    Row(
        f"POST {PROFILE}/hiding",
        "",
        "401 anyone; 303 coordinator; 404 *",
        "profiles users measures journal notices",
        REASON,
    ),
    Row(f"GET {PROFILE}/restoration", "", "303 anyone; 404 *"),
    Row(f"POST {PROFILE}/restoration", "", "401 anyone; 409 coordinator; 404 *", data=REASON),
    Row(f"GET {PROFILE}/appeal", "", "303 anyone; 404 *"),
    Row("GET /moderation/cases", "", "303 anyone; 200 facilitator neighbour coordinator; 403 *"),
    Row(f"GET {CASE}", "open handled", "303 anyone; 200 facilitator coordinator; 404 *"),
    Row(f"GET {CASE}", "private", "303 anyone; 200 coordinator; 404 *"),
    Row(f"POST {CASE}/decision", "open", "401 anyone; 303 facilitator coordinator; 404 *", DECIDED, DISMISS),
    Row(f"POST {CASE}/decision", "handled", "401 anyone; 409 facilitator coordinator; 404 *", data=DISMISS),
    Row(f"POST {CASE}/decision", "private", "401 anyone; 303 coordinator; 404 *", DECIDED, DISMISS),
    Row(f"POST {CASE}/reopening", "handled", "401 anyone; 303 facilitator coordinator; 404 *", DECIDED, REASON),
    Row(f"POST {CASE}/reopening", "open", "401 anyone; 409 facilitator coordinator; 404 *", data=REASON),
    Row(f"POST {CASE}/reopening", "private", "401 anyone; 409 coordinator; 404 *", data=REASON),
    Row(f"GET {IDEA}/appeal", "hidden", "303 anyone; 302 author; 404 *"),
    Row(f"GET {IDEA}/appeal", f"{READ} private draft pending deleted", "303 anyone; 404 *"),
    Row(f"GET {COMMENT}/appeal", "hidden", "303 anyone; 302 author; 404 *"),
    Row(f"GET {COMMENT}/appeal", f"{OWN} {OTHERS} private deleted unseen held", "303 anyone; 404 *"),
    Row(f"GET {UPDATE}/appeal", "hidden", "303 anyone; 302 facilitator; 404 *"),
    Row(f"GET {UPDATE}/appeal", "visible locked deleted private", "303 anyone; 404 *"),
    Row(f"GET {MEASURE}/appeal", "standing warned appealed over", "303 anyone; 200 author; 404 *"),
    Row(f"GET {MEASURE}/appeal", "on_update", "303 anyone; 200 facilitator; 404 *"),
    Row(f"POST {MEASURE}/appeal", "warned", "401 anyone; 303 author; 404 *", JUDGED, WORDS),
    Row(f"POST {MEASURE}/appeal", "on_update", "401 anyone; 303 facilitator; 404 *", JUDGED, WORDS),
    Row(f"POST {MEASURE}/appeal", "standing", "401 anyone; 303 author; 404 *", JUDGED, WORDS),
    Row(f"POST {MEASURE}/appeal", "appealed over", "401 anyone; 409 author; 404 *", data=WORDS),
    Row("GET /moderation/appeals", "", "303 anyone; 200 facilitator neighbour coordinator; 403 *"),
    Row(f"GET {APPEAL}", "open granted", "303 anyone; 200 facilitator coordinator; 404 *"),
    Row(f"POST {APPEAL}/decision", "open", "401 anyone; 303 facilitator; 403 coordinator; 404 *", JUDGED, REFUSE),
    Row(f"POST {APPEAL}/decision", "granted", LATE, data=REFUSE),
]
