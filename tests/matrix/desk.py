"""The desk of those in charge: what waits, replies at hand, who has what, notes of the team."""
from tests.matrix import Row

IDEA, CASE, DESK = "/ideas/<id:idea_id>", "/moderation/cases/<id:case_id>", "/moderation/<slug>"
MODERATED, OUT = "pending published locked withdrawn archived hidden merged", "draft deleted"
TEAM, TEAM_ACT = "303 anyone; 200 facilitator coordinator; 404 *", "401 anyone; 303 facilitator coordinator; 404 *"
HERS, HER_ACT = "303 anyone; 200 coordinator; 404 *", "401 anyone; 303 coordinator; 404 *"
NEVER, NEVER_ACT = "303 anyone; 404 *", "401 anyone; 404 *"
# A reply of another team is one that a colleague deleted.
HER_LATE = "401 anyone; 409 coordinator; 404 *"
REPLY = {"title": "Hors du sujet", "body": "Merci. Ce texte parle d'autre chose que de cette idée."}
NOTE = {"note": "À relire avec Ned avant mardi."}
# The coordinator, whose account is the sixth of the square, may be given anything.
TO = {"to": "6"}
TABLE = [
    Row("GET /moderation", "", "303 anyone; 200 facilitator neighbour coordinator; 403 *"),
    Row(f"GET {DESK}", "current", TEAM),
    Row(f"GET {DESK}", "archived secluded", HERS),
    Row(f"POST {DESK}/reading", "current", TEAM_ACT, "read_marks", {"upto": "8"}),
    Row(f"POST {DESK}/reading", "archived secluded", HER_ACT, sent={"upto": "1"}),

    Row(f"GET {DESK}/replies", "current", TEAM),
    Row(f"GET {DESK}/replies", "archived secluded", HERS),
    Row(f"POST {DESK}/replies", "current", TEAM_ACT, "saved_replies submissions", REPLY),
    Row(f"POST {DESK}/replies", "archived secluded", HER_ACT, "saved_replies submissions", REPLY),
    Row(f"GET {DESK}/replies/<id:reply_id>/edit", "current", TEAM),
    Row(f"GET {DESK}/replies/<id:reply_id>/edit", "archived secluded", NEVER),
    Row(f"POST {DESK}/replies/<id:reply_id>/edit", "current", TEAM_ACT, "saved_replies", REPLY),
    Row(f"POST {DESK}/replies/<id:reply_id>/edit", "archived secluded", HER_LATE, sent=REPLY),
    Row(f"GET {DESK}/replies/<id:reply_id>/deletion", "current", TEAM),
    Row(f"GET {DESK}/replies/<id:reply_id>/deletion", "archived secluded", NEVER),
    Row(f"POST {DESK}/replies/<id:reply_id>/deletion", "current", TEAM_ACT, "saved_replies"),
    Row(f"POST {DESK}/replies/<id:reply_id>/deletion", "archived secluded", HER_LATE),

    Row(f"POST {IDEA}/assignment", MODERATED, TEAM_ACT, "assignments notices", TO),
    Row(f"POST {IDEA}/assignment", "private", HER_ACT, "assignments", TO),
    Row(f"POST {IDEA}/assignment", OUT, NEVER_ACT, sent=TO),
    Row(f"POST {IDEA}/assignment/withdrawal", f"{MODERATED}", TEAM_ACT),
    Row(f"POST {IDEA}/assignment/withdrawal", "private", HER_ACT),
    Row(f"POST {IDEA}/assignment/withdrawal", OUT, NEVER_ACT),
    Row(f"POST {CASE}/assignment", "open", TEAM_ACT, "assignments notices", TO),
    Row(f"POST {CASE}/assignment", "handled", TEAM_ACT, sent=TO),
    Row(f"POST {CASE}/assignment", "private", HER_ACT, "assignments", TO),
    Row(f"POST {CASE}/assignment/withdrawal", "open", TEAM_ACT),
    Row(f"POST {CASE}/assignment/withdrawal", "handled", TEAM_ACT),
    Row(f"POST {CASE}/assignment/withdrawal", "private", HER_ACT),

    Row(f"GET {IDEA}/notes", MODERATED, TEAM),
    Row(f"GET {IDEA}/notes", "private", HERS),
    Row(f"GET {IDEA}/notes", OUT, NEVER),
    Row(f"POST {IDEA}/notes", MODERATED, TEAM_ACT, "notes submissions", NOTE),
    Row(f"POST {IDEA}/notes", "private", HER_ACT, "notes submissions", NOTE),
    Row(f"POST {IDEA}/notes", OUT, NEVER_ACT, sent=NOTE),
    Row(f"GET {IDEA}/notes/<id:note_id>/deletion", "published", "303 anyone; 200 facilitator; 404 *"),
    Row(f"GET {IDEA}/notes/<id:note_id>/deletion", f"pending locked withdrawn archived hidden merged private {OUT}", NEVER),
    Row(f"POST {IDEA}/notes/<id:note_id>/deletion", "published", "401 anyone; 303 facilitator; 404 *", "notes"),
    Row(f"POST {IDEA}/notes/<id:note_id>/deletion", f"pending locked withdrawn archived hidden merged private {OUT}", NEVER_ACT),
]
