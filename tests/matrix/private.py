"""Private communities: who is invited, who accepts, and with whom the team parts. Only the coordinator has its charge."""
from tests.matrix import REASON, Row

INVITATIONS, MEMBERS = "/communities/<slug>/invitations", "/communities/<slug>/members"
OPEN = "current archived"
NO_PAGE, NO_ACT = "303 anyone; 404 *", "401 anyone; 404 *"
HERS, HER_ACT = "303 anyone; 200 coordinator; 404 *", "401 anyone; 303 coordinator; 404 *"
TABLE = [
    Row(f"GET {INVITATIONS}", OPEN, NO_PAGE),
    Row(f"GET {INVITATIONS}", "secluded", HERS),
    Row(f"POST {INVITATIONS}", OPEN, NO_ACT, sent={"email": "quelquun@example.org"}),
    Row(f"POST {INVITATIONS}", "secluded", HER_ACT, "invitations outbox", {"email": "quelquun@example.org"}),
    Row(f"POST {INVITATIONS}/<id:invitation_id>/withdrawal", OPEN, NO_ACT),
    Row(f"POST {INVITATIONS}/<id:invitation_id>/withdrawal", "secluded", HER_ACT, "invitations"),
    # A link is taken out of the address first; then only the person whom it was sent to may use it.
    Row("GET /invitations/<token>", "spent invited", "303 *"),
    Row("POST /invitations/<token>", "spent", "401 anyone; 404 *"),
    Row("POST /invitations/<token>", "invited", "401 anyone; 303 facilitator; 403 *", "invitations memberships"),
    Row(f"GET {MEMBERS}", OPEN, NO_PAGE),
    Row(f"GET {MEMBERS}", "secluded", HERS),
    Row(f"GET {MEMBERS}/<id:user_id>/removal", OPEN, NO_PAGE),
    Row(f"GET {MEMBERS}/<id:user_id>/removal", "secluded", HERS),
    Row(f"POST {MEMBERS}/<id:user_id>/removal", OPEN, NO_ACT, sent=REASON),
    Row(f"POST {MEMBERS}/<id:user_id>/removal", "secluded", HER_ACT, "memberships notices journal", REASON),
]
