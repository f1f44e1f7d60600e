"""The desk of those in charge: what waits, replies at hand, who has what, notes of the team."""

from collections.abc import Iterator
from typing import Any

from app.core.unit import unit
from app.desk.models import Note, SavedReply
from tests.matrix import ON_PAGE, TEAM, Row, closed_form, form, late
from tests.support.make import Make
from tests.support.world import ELSEWHERE, HERE
from tests.web.notices.samples import WHY, Telling, Tellings

IDEA, CASE, DESK = "/ideas/<id:idea_id>", "/moderation/cases/<id:case_id>", "/moderation/<slug>"
MODERATED, OUT = "pending published locked withdrawn archived hidden merged", "draft deleted"
TEAM_PAGE, TEAM_ACT = "303 anyone; 200 facilitator coordinator; 404 *", "401 anyone; 303 facilitator coordinator; 404 *"
HERS, HER_ACT = "303 anyone; 200 coordinator; 404 *", "401 anyone; 303 coordinator; 404 *"
NEVER_ACT = "401 anyone; 404 *"
REPLY = {"title": "Hors du sujet", "body": "Merci. Ce texte parle d'autre chose que de cette idée."}
NOTE = {"note": "À relire avec Ned avant mardi."}
# The coordinator, whose account is the sixth of the square, may be given anything.
TO = {"to": "6"}
ROUTES = [
    Row("GET /moderation", "", "303 anyone; 200 facilitator neighbour coordinator; 403 *"),
    Row(f"GET {DESK}", "current", TEAM_PAGE),
    Row(f"GET {DESK}", "archived secluded", HERS),
    Row(f"POST {DESK}/reading", "current", TEAM_ACT, "read_marks", {"upto": "8"}),
    Row(f"POST {DESK}/reading", "archived", HER_ACT, data={"upto": "1"}),
    Row(f"POST {DESK}/reading", "secluded", HER_ACT, "read_marks", {"upto": "1"}),
    Row(f"POST {DESK}/sitting", "current", TEAM_ACT, "journal sittings"),
    Row(f"POST {DESK}/sitting", "archived", NEVER_ACT),
    Row(f"POST {DESK}/sitting", "secluded", HER_ACT, "journal sittings"),
    Row(f"POST {DESK}/sitting/end", "current", TEAM_ACT),
    Row(f"POST {DESK}/sitting/end", "archived secluded", HER_ACT),
    *form(f"{DESK}/replies", "current", TEAM, "saved_replies submissions", REPLY),
    *form(f"{DESK}/replies", "archived secluded", "coordinator", "saved_replies submissions", REPLY),
    *form(f"{DESK}/replies/<id:reply_id>/edit", "current", TEAM, "saved_replies", REPLY | ON_PAGE),
    # A reply of another team is one that a colleague deleted.
    *late(f"{DESK}/replies/<id:reply_id>/edit", "archived secluded", "coordinator", REPLY),
    *form(f"{DESK}/replies/<id:reply_id>/deletion", "current", TEAM, "saved_replies"),
    *late(f"{DESK}/replies/<id:reply_id>/deletion", "archived secluded", "coordinator"),
    Row(f"POST {IDEA}/assignment", MODERATED, TEAM_ACT, "assignments notices", TO),
    Row(f"POST {IDEA}/assignment", "private", HER_ACT, "assignments", TO),
    Row(f"POST {IDEA}/assignment", OUT, NEVER_ACT, data=TO),
    Row(f"POST {IDEA}/assignment/withdrawal", MODERATED, TEAM_ACT),
    Row(f"POST {IDEA}/assignment/withdrawal", "private", HER_ACT),
    Row(f"POST {IDEA}/assignment/withdrawal", OUT, NEVER_ACT),
    Row(f"POST {CASE}/assignment", "open", TEAM_ACT, "assignments notices", TO),
    Row(f"POST {CASE}/assignment", "handled", TEAM_ACT, data=TO),
    Row(f"POST {CASE}/assignment", "private", HER_ACT, "assignments", TO),
    Row(f"POST {CASE}/assignment/withdrawal", "open handled", TEAM_ACT),
    Row(f"POST {CASE}/assignment/withdrawal", "private", HER_ACT),
    *form(f"{IDEA}/notes", MODERATED, TEAM, "notes submissions", NOTE),
    *form(f"{IDEA}/notes", "private", "coordinator", "notes submissions", NOTE),
    *closed_form(f"{IDEA}/notes", OUT, NOTE),
    *form(f"{IDEA}/notes/<id:note_id>/deletion", "published", "facilitator", "notes"),
    *closed_form(
        f"{IDEA}/notes/<id:note_id>/deletion", "pending locked withdrawn archived hidden merged private draft deleted"
    ),
]
PAGES = {
    "facilitator": lambda square: [
        "/moderation",
        f"/moderation/{HERE}?queue=unread",
        *(f"/moderation?queue={queue}" for queue in ("cases", "changes", "appeals", "frozen")),
        f"/moderation/{HERE}/replies",
        *(f"/moderation/{HERE}/replies/{square.reply.id}/{act}" for act in ("edit", "deletion")),
        f"/ideas/{square.ideas['published'].id}/notes",
        f"/ideas/{square.ideas['published'].id}/notes/{square.note.id}/deletion",
    ]
}
EMPTY = {"coordinator": ["/moderation", "/moderation?queue=late"]}
EDITS = {f"{DESK}/replies/<id:reply_id>/edit"}
FOUND_ON = {f"POST {DESK}/reading": f"/moderation/{HERE}?queue=unread"}
VARIABLES = {
    "reply_id": lambda world, _state: world.reply.id,
    "note_id": lambda world, _state: world.note.id,
}


@unit()
def add(make: Make, world: Any) -> None:
    """What the team of the square keeps to itself."""
    here, by = make.room(HERE).id, world.people["facilitator"].id
    world.reply = make.add(
        SavedReply(
            community_id=here, title="canari-reponse", body="Merci. canari-reponse-texte, en deux mots.", by_id=by
        )
    )
    world.note = make.add(Note(idea_id=world.ideas["published"].id, body="canari-note : à revoir.", by_id=by))


def tell(told: Tellings) -> Iterator[Telling]:
    """Tell a team what waits for it."""
    there = {"community": told.make.room(ELSEWHERE).id}
    for kind in ("need", "idea"):
        idea, own = told.others[kind], told.own[kind]
        yield told.tell("team", "desk.idea", idea)
        yield told.tell("team", "handover.open", idea, handover=1, reason=WHY, **there)
        for answer in ("accepted", "returned"):
            yield told.tell("team", f"handover.{answer}", idea, reason=WHY, **there)
        yield told.tell("team", "move_request.open", idea, **there)
        for answer in ("granted", "refused"):
            yield told.tell("author", f"move_request.{answer}", own, reason=WHY, **there)
        for review in ("review", "agreed", "remark"):
            yield told.tell("team", f"answers.{review}", idea, reason=WHY)
        for changed in ("idea.revised", "idea.revised_since"):
            yield told.tell("team", changed, idea, number=2, first=2)
    for count in (1, 3):
        for kind in ("answers.reviews", "answers.due"):
            yield told.tell("team", kind, count=count, community=told.room)
    yield told.tell("team", "freeze.review", frozen=told.member.id)
    yield told.tell("team", "profile.changed", member=told.member.id)
    yield told.tell("team", "joined.member", member=told.member.id, community=told.room)
