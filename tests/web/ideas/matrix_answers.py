"""The official answers: the draft of one (nobody wrote any on the square), and one answer to many ideas."""

from tests.matrix import LATE, REASON, Row
from tests.support.world import HERE

ONE, MANY = "/ideas/<id:idea_id>/status", "/moderation/<slug>/bulk"
ANSWERED, OUT = "published locked archived", "draft pending withdrawn hidden deleted merged"
SENT = REASON | {"status": "under_review", "idea": "3"}
THEIRS = SENT | {"idea": "10"}
HERS, CHANGED = "401 anyone; 200 coordinator; 404 *", "ideas threads status_changes answers journal notices links"


def on_one(act: str, code: int, *, out: str = OUT) -> list[Row]:
    """Return the rows of an act on a draft that is not there: who is of the team is told so, the others see nothing."""
    return [
        Row(f"POST {ONE}/{act}", ANSWERED, f"401 anyone; {code} facilitator coordinator; 404 *"),
        Row(f"POST {ONE}/{act}", "private", f"401 anyone; {code} coordinator; 404 *"),
        Row(f"POST {ONE}/{act}", out, "401 anyone; 404 *"),
    ]


ROUTES = [
    *on_one("review", 422, out="draft deleted"),
    Row(f"POST {ONE}/review", "pending withdrawn hidden merged", LATE),
    *on_one("withdrawal", 303),
    *on_one("restoration", 409),
    Row(f"GET {MANY}", "current", "303 anyone; 200 facilitator coordinator; 404 *"),
    Row(f"GET {MANY}", "archived secluded", "303 anyone; 200 coordinator; 404 *"),
    Row(f"POST {MANY}", "current", "401 anyone; 200 facilitator coordinator; 404 *", data=SENT),
    Row(f"POST {MANY}", "archived", HERS, data=SENT),
    Row(f"POST {MANY}", "secluded", HERS, data=THEIRS),
    Row(f"POST {MANY}/publication", "current", "401 anyone; 200 facilitator coordinator; 404 *", CHANGED, SENT),
    Row(f"POST {MANY}/publication", "archived", HERS, data=SENT),
    Row(f"POST {MANY}/publication", "secluded", HERS, CHANGED, THEIRS),
]
PAGES = {
    "facilitator": lambda square: [
        f"/ideas/{square.ideas['full'].id}/status",
        f"/ideas/{square.ideas['published'].id}/status",
        f"/moderation/{HERE}/bulk",
    ]
}
EMPTY = {"coordinator": [f"/moderation/{HERE}/bulk"]}
EDITS = {f"{ONE} save"}
FORMLESS = {
    f"POST {MANY}/publication": "the answer of another form shows it: tests/web/moderation/test_bulk_answers.py",
}
