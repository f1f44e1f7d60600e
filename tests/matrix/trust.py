"""First posts that wait for the team, and accounts that the site froze."""
from tests.matrix import HELD_READ, LATE, READ, REASON, Row

HELD = "/held-revisions/<id:held_id>"
OTHERS = "draft published locked withdrawn archived hidden deleted merged private"
SAID = "visible hidden deleted late other locked private unseen reply on_update"
TABLE = [
    Row("POST /ideas/<id:idea_id>/admission", "pending", "401 anyone; 303 facilitator coordinator; 404 *",
        "ideas threads revisions status_changes measures journal notices users", READ),
    Row("POST /ideas/<id:idea_id>/admission", "published locked withdrawn archived hidden merged", LATE),
    Row("POST /ideas/<id:idea_id>/admission", "private", "401 anyone; 409 coordinator; 404 *"),
    Row("POST /ideas/<id:idea_id>/admission", "draft deleted", "401 anyone; 404 *"),
    Row("GET /ideas/<id:idea_id>/refusal", "pending", "303 anyone; 200 facilitator coordinator; 404 *"),
    Row("GET /ideas/<id:idea_id>/refusal", OTHERS, "303 anyone; 404 *"),
    Row("POST /ideas/<id:idea_id>/refusal", "pending", "401 anyone; 303 facilitator coordinator; 404 *",
        "ideas threads measures journal notices", REASON | READ),
    Row("POST /ideas/<id:idea_id>/refusal", "published locked withdrawn archived hidden merged", LATE, sent=REASON),
    Row("POST /ideas/<id:idea_id>/refusal", "private", "401 anyone; 409 coordinator; 404 *", sent=REASON),
    Row("POST /ideas/<id:idea_id>/refusal", "draft deleted", "401 anyone; 404 *", sent=REASON),
    Row("POST /comments/<id:comment_id>/admission", "held", "401 anyone; 303 facilitator coordinator; 404 *",
        "comments threads ideas measures journal notices users", READ),
    Row("POST /comments/<id:comment_id>/admission", "visible hidden late other locked reply on_update", LATE),
    Row("POST /comments/<id:comment_id>/admission", "private", "401 anyone; 409 coordinator; 404 *"),
    Row("POST /comments/<id:comment_id>/admission", "deleted unseen", "401 anyone; 404 *"),
    Row("GET /comments/<id:comment_id>/refusal", "held", "303 anyone; 200 facilitator coordinator; 404 *"),
    Row("GET /comments/<id:comment_id>/refusal", SAID, "303 anyone; 404 *"),
    Row("POST /comments/<id:comment_id>/refusal", "held", "401 anyone; 303 facilitator coordinator; 404 *",
        "comments measures journal notices", REASON | READ),
    Row("POST /comments/<id:comment_id>/refusal", "visible hidden late other locked reply on_update", LATE, sent=REASON),
    Row("POST /comments/<id:comment_id>/refusal", "private", "401 anyone; 409 coordinator; 404 *", sent=REASON),
    Row("POST /comments/<id:comment_id>/refusal", "deleted unseen", "401 anyone; 404 *", sent=REASON),
    Row(f"GET {HELD}", "open", "303 anyone; 200 author facilitator coordinator; 404 *"),
    Row(f"GET {HELD}", "refused", "303 anyone; 200 author; 404 *"),
    Row(f"GET {HELD}", "closed", "303 anyone; 404 *"),
    Row(f"POST {HELD}/withdrawal", "open refused", "401 anyone; 303 author; 404 *", "held_revisions"),
    Row(f"POST {HELD}/withdrawal", "closed", "401 anyone; 404 *"),
    Row(f"POST {HELD}/admission", "open", "401 anyone; 303 facilitator coordinator; 404 *",
        "held_revisions ideas threads idea_issues idea_territories idea_tags tags slugs revisions measures journal notices users", HELD_READ),
    Row(f"POST {HELD}/admission", "refused closed", LATE),
    Row(f"GET {HELD}/refusal", "open", "303 anyone; 200 facilitator coordinator; 404 *"),
    Row(f"GET {HELD}/refusal", "refused closed", "303 anyone; 404 *"),
    Row(f"POST {HELD}/refusal", "open", "401 anyone; 303 facilitator coordinator; 404 *",
        "held_revisions measures journal notices", REASON | HELD_READ),
    Row(f"POST {HELD}/refusal", "refused closed", LATE, sent=REASON),
    # Nobody is frozen on the square; the tests of tests/web/moderation/test_burst.py freeze somebody.
    Row("GET /members/<id:user_id>/freeze", "", "303 anyone; 404 *"),
    Row("POST /members/<id:user_id>/freeze", "", "401 anyone; 404 *", sent=REASON),
]
