"""What a person was told: always one's own."""

from typing import Any

from app.core.actor import Actor
from app.core.unit import unit
from app.notifications.models import Notice
from app.web.notices import unsubscribe
from tests.matrix import Row
from tests.support.law import EVERYONE, SIGNED_IN
from tests.support.make import Make

# What may be chosen; who has no charge is not asked about their team.
PACES = dict.fromkeys(("reply", "contribution", "support", "follow", "task", "desk"), "weekly") | {
    "weekday": "2",
    "commented": "steps",
    "supported": "none",
}

IDEA, ROOM = "/ideas/<id:idea_id>/follow", "/communities/<slug>/follow"
UPDATE = "/communities/<slug>/updates/<id:update_id>/follow"
ACTION = "/plan/actions/<id:action_id>/follow"
EVENT = "/events/<id:event_id>/follow"
INSIDE = "member author coordinator"
OPEN_IDEAS = "published locked withdrawn archived merged"
ANYONE = "401 anyone; 303 *"
ROUTES = [
    Row("GET /notifications", "", "303 anyone; 200 *"),
    Row("GET /notifications/preferences", "", "303 anyone; 200 *"),
    Row("POST /notifications/preferences", "", "401 anyone; 303 *", "notice_paces notice_settings notices", PACES),
    Row("POST /notifications/preferences/silence", "", "401 anyone; 303 *", "notice_paces notices"),
    Row("POST /notifications/reading", "", "401 anyone; 303 author; 303 *", "notices"),
    Row("POST /notifications/<id:notice_id>/reading", "shown", "401 anyone; 303 author; 404 *", "notices"),
    Row("GET /unsubscribe/<token>", "wanted", "200 *"),
    Row("GET /unsubscribe/<token>", "forged", "404 *"),
    Row("POST /unsubscribe/<token>", "wanted", "200 *", "notices notice_paces"),
    Row("POST /unsubscribe/<token>", "forged", "404 *"),
    Row("POST /notifications/<id:notice_id>/reading", "gone", "401 anyone; 404 *"),
    Row("GET /follows", "", "303 anyone; 200 *"),
    Row(f"POST {IDEA}", OPEN_IDEAS, ANYONE, "follows"),
    Row(f"POST {IDEA}/withdrawal", OPEN_IDEAS, "401 anyone; 303 author; 303 *", "follows"),
    *(
        Row(f"POST {IDEA}{act}", states, f"401 anyone; {who}404 *", "follows" if who else "")
        for act in ("", "/withdrawal")
        for states, who in (("private", f"303 {INSIDE}; "), ("draft deleted", ""))
    ),
    *(
        Row(f"POST {IDEA}{act}", "hidden pending", "401 anyone; 303 facilitator coordinator; 404 *", changes)
        for act, changes in (("", "follows"), ("/withdrawal", ""))
    ),
    *(
        Row(f"POST {UPDATE}{act}", states, f"401 anyone; {who}*", "follows" if "303" in who else "")
        for act in ("", "/withdrawal")
        for states, who in (
            ("visible locked", "303 facilitator; 303 "),
            ("hidden", "303 facilitator coordinator; 404 "),
            ("private", f"303 {INSIDE}; 404 "),
            ("deleted", "404 "),
        )
    ),
    Row(f"POST {ACTION}", "visible locked orphan", ANYONE, "follows"),
    Row(f"POST {ACTION}/withdrawal", "visible locked orphan", "401 anyone; 303 author; 303 *", "follows"),
    *(
        Row(f"POST {ACTION}{act}", "hidden", "401 anyone; 303 facilitator coordinator; 404 *", changes)
        for act, changes in (("", "follows"), ("/withdrawal", ""))
    ),
    Row(f"POST {EVENT}", "published closed cancelled", ANYONE, "follows"),
    Row(f"POST {EVENT}/withdrawal", "published closed cancelled", "401 anyone; 303 author; 303 *", "follows"),
    *(
        Row(f"POST {EVENT}{act}", states, f"401 anyone; {who}404 *", "follows" if who else "")
        for act in ("", "/withdrawal")
        for states, who in (("private", f"303 {INSIDE}; "), ("deleted", ""))
    ),
    *(
        Row(f"POST {EVENT}{act}", "draft hidden", "401 anyone; 303 facilitator coordinator; 404 *", changes)
        for act, changes in (("", "follows"), ("/withdrawal", ""))
    ),
    Row(f"POST {ROOM}", "current archived", ANYONE, "follows"),
    Row(f"POST {ROOM}/withdrawal", "current archived", ANYONE),
    Row(f"POST {ROOM}", "secluded", f"401 anyone; 303 {INSIDE}; 404 *", "follows"),
    Row(f"POST {ROOM}/withdrawal", "secluded", f"401 anyone; 303 {INSIDE}; 404 *", "follows"),
    *(
        Row(f"POST {place}/follow{act}", states, ANYONE, changes)
        for act, changes in (("", "follows"), ("/withdrawal", ""))
        for place, states in (("/tags/<slug>", "kept merged"), ("/issues/<slug>", ""), ("/territories/<code>", ""))
    ),
]
PAGES = {
    "author": lambda square: [f"/unsubscribe/{square.tokens['wanted']}"],
    "member": lambda _square: ["/notifications", "/notifications?unread=1", "/notifications/preferences", "/follows"],
}
EMPTY = {"member": ["/notifications", "/notifications?unread=1", "/follows"]}
FOUND_BY = {
    f"POST {ROOM}/withdrawal": "member",
    "POST /notifications/preferences": "facilitator",
    "POST /notifications/reading": "author",
}


@unit()
def add(make: Make, world: Any) -> None:
    """Two of the author's: of a reply, and of what a team hid since."""
    world.notices = {}
    for state, said in {"shown": "reply", "gone": "hidden"}.items():
        world.notices[state] = make.add(
            Notice(
                user_id=world.people["author"].id,
                kind="comment.reply",
                topic="reply",
                pace="now",
                key=state,
                comment_id=world.comments[said].id,
            )
        )
    world.tokens["wanted"] = unsubscribe.sign(world.people["author"].id, "topic", "reply")


LAW = {
    "nothing": {"notice:read": SIGNED_IN, "notice:unsubscribe": EVERYONE},
    "notice of the member": {"notice:open": "member"},
}


def subject(make: Make, people: dict[str, Actor], _name: str) -> Notice:
    member_id = people["member"].id
    return make.add(Notice(user_id=member_id, kind="role.member", topic="security", pace="now", key="once"))
