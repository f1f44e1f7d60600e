"""Private communities: who is invited, who accepts, and with whom the team parts. Only the coordinator has its charge."""

from tests.matrix import REASON, Row, closed_form, form

INVITATIONS, MEMBERS = "/communities/<slug>/invitations", "/communities/<slug>/members"
OPEN = "current archived"
NO_PAGE, NO_ACT = "303 anyone; 404 *", "401 anyone; 404 *"
HERS, HER_ACT = "303 anyone; 200 coordinator; 404 *", "401 anyone; 303 coordinator; 404 *"
TABLE = [
    *closed_form(INVITATIONS, OPEN, {"email": "quelquun@example.org"}),
    *form(INVITATIONS, "secluded", "coordinator", "invitations outbox", {"email": "quelquun@example.org"}),
    Row(f"POST {INVITATIONS}/<id:invitation_id>/withdrawal", OPEN, NO_ACT),
    Row(f"POST {INVITATIONS}/<id:invitation_id>/withdrawal", "secluded", HER_ACT, "invitations"),
    # A link is taken out of the address first; then only the person whom it was sent to may use it.
    Row("GET /invitations/<token>", "spent invited", "303 *"),
    Row("POST /invitations/<token>", "spent", NO_ACT),
    Row("POST /invitations/<token>", "invited", "401 anyone; 303 facilitator; 403 *", "invitations memberships"),
    Row(f"GET {MEMBERS}", OPEN, NO_PAGE),
    Row(f"GET {MEMBERS}", "secluded", HERS),
    *closed_form(f"{MEMBERS}/<id:user_id>/removal", OPEN, REASON),
    *form(f"{MEMBERS}/<id:user_id>/removal", "secluded", "coordinator", "memberships notices journal", REASON),
]
