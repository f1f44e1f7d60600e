"""Comments, which the author wrote but for `other` and `reply`."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from app.comments.models import Comment, Thread
from app.comments.queries import reading
from app.core import clock
from tests.matrix import REASON, TEAM, Row, closed_form, form, late
from tests.support.law import CONFIRMED
from tests.support.make import Make
from tests.support.world import HERE

COMMENT = "/comments/<id:comment_id>"
OPEN = "visible late other reply on_update on_action"
SEEN = f"{OPEN} locked"
GONE = "deleted unseen under_hidden"
INSIDE = "member author coordinator"
OWN = "visible late locked on_update on_action"
BODY = {"body": "Ce que j'en pense."}
ROUTES = [
    Row(f"GET {COMMENT}", SEEN, "302 *"),
    Row(f"GET {COMMENT}", "hidden held", "302 author facilitator coordinator; 404 *"),
    Row(f"GET {COMMENT}", GONE, "404 *"),
    Row(f"GET {COMMENT}", "private", f"302 {INSIDE}; 404 *"),
    Row(f"GET {COMMENT}/branch", "visible late other on_update on_action locked", "200 *"),
    Row(f"GET {COMMENT}/branch", "hidden held", "200 author facilitator coordinator; 404 *"),
    Row(f"GET {COMMENT}/branch", f"{GONE} reply", "404 *"),
    Row(f"GET {COMMENT}/branch", "private", f"200 {INSIDE}; 404 *"),
    Row(f"GET {COMMENT}/reply", OPEN, "303 anyone; 404 unconfirmed suspended; 200 *"),
    Row(f"GET {COMMENT}/reply", f"hidden locked held {GONE}", "303 anyone; 404 *"),
    Row(f"GET {COMMENT}/reply", "private", f"303 anyone; 200 {INSIDE}; 404 *"),
    *form(f"{COMMENT}/edit", "visible on_update on_action held private", "author", "comments", BODY),
    Row(f"GET {COMMENT}/edit", "late locked", "303 anyone; 404 *"),
    Row(f"POST {COMMENT}/edit", "late locked", "401 anyone; 422 author; 404 *", data=BODY),
    *form(f"{COMMENT}/edit", "hidden", "author", "held_revisions", BODY),
    *closed_form(f"{COMMENT}/edit", f"other reply {GONE}", BODY),
    *form(f"{COMMENT}/deletion", OWN, "author", "comments threads ideas updates actions held_revisions"),
    *closed_form(f"{COMMENT}/deletion", f"other reply hidden {GONE}"),
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
    *late(f"{COMMENT}/restoration", f"{SEEN} held", TEAM, REASON),
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
]
PAGES = {
    "anyone": lambda square: [f"/comments/{square.comments['first'].id}/branch"],
    "member": lambda square: [
        f"/comments/{square.comments['own'].id}/edit",
        f"/comments/{square.comments['own'].id}/deletion",
        f"/comments/{square.comments['first'].id}/reply?quote=1",
        f"/comments/{square.comments['first'].id}/branch",
    ],
    "facilitator": lambda square: [
        f"/comments/{square.comments['other'].id}/hiding",
        f"/comments/{square.comments['hidden'].id}/restoration",
    ],
}
EDITS = {f"{COMMENT}/edit"}


LAW = {
    "thread": {"thread:post": CONFIRMED, "thread:lock": TEAM, "thread:unlock": "", "thread:slow": TEAM},
    "thread locked": {"thread:post": "", "thread:lock": "", "thread:unlock": TEAM, "thread:slow": TEAM},
    "thread closed": {"thread:post": "", "thread:lock": TEAM, "thread:unlock": "", "thread:slow": TEAM},
    "thread unseen": {"thread:post": "", "thread:lock": "", "thread:unlock": "", "thread:slow": ""},
}
TWINS = {
    Comment: (
        ("comment:read", "comment:read_own"),
        reading.visible_to,
        select(Comment).join(Comment.thread).options(contains_eager(Comment.thread)),
    )
}


def subject(make: Make, _people: Any, name: str) -> Thread:
    columns = {
        "thread locked": {"locked_at": clock.now()},
        "thread closed": {"is_open": False},
        "thread unseen": {"is_public": False},
    }
    return make.at(make.thread(community=HERE), **columns.get(name, {}))
