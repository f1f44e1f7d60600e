"""Measures on threads, places and people, hand-overs, and what undoes them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from app.core import clock
from app.core.unit import unit
from app.moderation.measures.models import Measure
from app.moderation.moves.models import Handover, MoveRequest
from tests.matrix import LATE, REASON, TEAM, Row, closed_form, form
from tests.support.make import Make
from tests.support.world import ELSEWHERE, HERE
from tests.web.notices.samples import WHY, Telling, Tellings

IDEA, COMMENT = "/ideas/<id:idea_id>", "/comments/<id:comment_id>"
UPDATE = "/communities/<slug>/updates/<id:update_id>"
MEMBER, MEASURE, HANDOVER = (
    "/members/<id:user_id>",
    "/measures/<id:measure_id>",
    "/moderation/handovers/<id:handover_id>",
)
TEAM_PAGE, TEAM_ACT = "303 anyone; 200 facilitator coordinator; 404 *", "401 anyone; 303 facilitator coordinator; 404 *"
NEVER_ACT = "401 anyone; 404 *"
CHARGE = "303 anyone; 200 facilitator neighbour coordinator; 403 *"
SLOW = REASON | {"minutes": "15"}
TO_ELSEWHERE = REASON | {"community": "transport-collectif"}
IN_PLACE = {"place": "1"}
SHOWN = "published locked withdrawn archived merged"
KEPT = "measures journal notices"
ROUTES = [
    *form(f"{IDEA}/slow-mode", SHOWN, TEAM, "threads measures journal", SLOW, refusal="403 *"),
    *closed_form(f"{IDEA}/slow-mode", "pending hidden", SLOW, refusal="403 facilitator coordinator; 404 *"),
    *closed_form(f"{IDEA}/slow-mode", "draft deleted", SLOW),
    *form(
        f"{IDEA}/slow-mode",
        "private",
        "coordinator",
        "threads measures journal",
        SLOW,
        refusal="403 member author; 404 *",
    ),
    *form(f"{UPDATE}/slow-mode", "visible locked", TEAM, "threads measures journal", SLOW, refusal="403 *"),
    *closed_form(f"{UPDATE}/slow-mode", "hidden", SLOW, refusal="403 facilitator coordinator; 404 *"),
    *closed_form(f"{UPDATE}/slow-mode", "deleted", SLOW),
    *form(
        f"{UPDATE}/slow-mode",
        "private",
        "coordinator",
        "threads measures journal",
        SLOW,
        refusal="403 member author; 404 *",
    ),
    *form(
        f"{IDEA}/move",
        "published withdrawn archived",
        TEAM,
        f"ideas threads status_changes handovers {KEPT}",
        TO_ELSEWHERE,
    ),
    Row(f"GET {IDEA}/move", "locked", TEAM_PAGE),
    Row(
        f"POST {IDEA}/move",
        "locked",
        "401 anyone; 409 facilitator; 303 coordinator; 404 *",
        f"ideas threads status_changes handovers move_requests {KEPT}",
        TO_ELSEWHERE,
    ),
    Row(f"GET {IDEA}/move", "hidden pending", TEAM_PAGE),
    Row(
        f"POST {IDEA}/move",
        "hidden pending",
        "401 anyone; 422 facilitator; 303 coordinator; 404 *",
        f"ideas threads status_changes {KEPT}",
        TO_ELSEWHERE,
    ),
    *closed_form(f"{IDEA}/move", "draft deleted merged private", TO_ELSEWHERE),
    Row(f"GET {COMMENT}/move", "visible late other reply hidden held", TEAM_PAGE),
    Row(
        f"POST {COMMENT}/move",
        "visible late other reply hidden held",
        "401 anyone; 422 facilitator coordinator; 404 *",
        data=REASON | {"idea": "3"},
    ),
    *form(
        f"{COMMENT}/move",
        "on_update on_action locked",
        TEAM,
        f"comments threads ideas updates actions {KEPT}",
        REASON | {"idea": "/ideas/3-une-idee"},
    ),
    *closed_form(f"{COMMENT}/move", "deleted unseen under_hidden", REASON | {"idea": "3"}),
    Row(f"GET {COMMENT}/move", "private", "303 anyone; 200 coordinator; 404 *"),
    Row(f"POST {COMMENT}/move", "private", "401 anyone; 422 coordinator; 404 *", data=REASON | {"idea": "3"}),
    Row(f"GET {IDEA}/move/request", "locked", "303 anyone; 200 author facilitator coordinator; 404 *"),
    Row(f"POST {IDEA}/move/request", "locked", "401 anyone; 409 author; 404 *", data=TO_ELSEWHERE),
    *form(f"{IDEA}/move/request", "published", "author", "move_requests notices", TO_ELSEWHERE),
    *closed_form(
        f"{IDEA}/move/request", "draft pending withdrawn archived hidden deleted merged private", TO_ELSEWHERE
    ),
    Row(f"POST {IDEA}/move/request/withdrawal", "locked", "401 anyone; 303 author; 404 *", "move_requests"),
    Row(f"POST {IDEA}/move/request/withdrawal", "published withdrawn archived", "401 anyone; 409 author; 404 *"),
    Row(f"POST {IDEA}/move/request/withdrawal", "draft pending hidden deleted merged private", NEVER_ACT),
    Row(
        f"POST {IDEA}/move/request/decision",
        "locked",
        "401 anyone; 409 facilitator; 303 coordinator; 404 *",
        f"ideas threads status_changes handovers move_requests {KEPT}",
        {"act": "accept", "request_id": "1"},
    ),
    Row(
        f"POST {IDEA}/move/request/decision",
        "published withdrawn archived",
        LATE,
        data={"act": "return", "words": "Elle touche d'abord à nos travaux."},
    ),
    Row(
        f"POST {IDEA}/move/request/decision",
        "draft pending hidden deleted merged private",
        NEVER_ACT,
        data={"act": "accept"},
    ),
    Row("GET /moderation/handovers", "", CHARGE),
    Row(f"GET {HANDOVER}", "open returned", "303 anyone; 200 facilitator neighbour coordinator; 404 *"),
    Row(
        f"POST {HANDOVER}/decision",
        "open",
        "401 anyone; 303 neighbour coordinator; 403 facilitator; 404 *",
        f"ideas threads status_changes handovers move_requests {KEPT}",
        {"act": "accept"},
    ),
    Row(
        f"POST {HANDOVER}/decision",
        "returned",
        "401 anyone; 409 facilitator neighbour coordinator; 404 *",
        data={"act": "return", "words": "Ce n'est pas chez nous."},
    ),
    Row(f"POST {HANDOVER}/cancellation", "open", TEAM_ACT, "handovers"),
    Row(f"POST {HANDOVER}/cancellation", "returned", LATE),
    Row(f"GET {MEMBER}/measures", "", TEAM_PAGE),
    *form(f"{MEMBER}/warning", "", TEAM, KEPT, REASON | IN_PLACE),
    *form(f"{MEMBER}/suspension", "", TEAM, f"restrictions {KEPT}", REASON | IN_PLACE | {"days": "7"}),
    *form(f"{MEMBER}/block", "", TEAM, f"restrictions {KEPT}", REASON | IN_PLACE),
    Row("GET /moderation/measures", "", CHARGE),
    *form(f"{MEASURE}/undoing", "standing", TEAM, f"ideas threads {KEPT}", REASON),
    *form(f"{MEASURE}/undoing", "warned", TEAM, KEPT, REASON),
    *form(f"{MEASURE}/undoing", "appealed", TEAM, f"comments threads ideas {KEPT}", REASON),
    Row(f"GET {MEASURE}/undoing", "over", TEAM_PAGE),
    Row(f"POST {MEASURE}/undoing", "over", LATE, data=REASON),
    *form(f"{MEASURE}/undoing", "on_update", "coordinator", f"updates threads {KEPT}", REASON),
]


def _pages_of_a_team(square: Any) -> list[str]:
    idea, author = f"/ideas/{square.ideas['full'].id}", f"/members/{square.people['author'].id}"
    return [
        f"{idea}/slow-mode",
        f"{idea}/move",
        f"/ideas/{square.ideas['locked'].id}/move/request",
        f"/comments/{square.comments['other'].id}/move",
        f"{author}/measures",
        f"{author}/warning",
        f"{author}/suspension",
        f"{author}/block",
        "/moderation/measures",
        f"/measures/{square.measures['standing'].id}/undoing",
        "/moderation/handovers",
        f"/moderation/handovers/{square.handovers['open'].id}",
    ]


PAGES = {
    "author": lambda square: [f"/ideas/{square.ideas[name].id}/move/request" for name in ("locked", "full")],
    "facilitator": _pages_of_a_team,
}
EMPTY = {"coordinator": ["/moderation/measures", "/moderation/handovers"]}


@unit()
def add(make: Make, world: Any) -> None:
    """`facilitator` offered two ideas to the team of `neighbour`: one waits, the other came back."""
    here, there = (make.room(slug).id for slug in (HERE, ELSEWHERE))
    world.handovers = {}
    for state, idea in (("open", "locked"), ("returned", "archived")):
        world.handovers[state] = make.add(
            Handover(
                idea_id=world.ideas[idea].id,
                from_id=here,
                to_id=there,
                by_id=world.people["facilitator"].id,
                state=state,
                reason="Cela touche à vos travaux.",
            )
        )
    make.at(world.handovers["returned"], decided_at=world.handovers["returned"].at, answer="Pas chez nous.")
    make.add(
        MoveRequest(
            idea_id=world.ideas["locked"].id,
            to_id=there,
            by_id=world.people["author"].id,
            reason="Cela parle surtout d'autobus, canari-demande.",
        )
    )


def tell(told: Tellings) -> Iterator[Telling]:
    """Tell each measure to whoever wrote or is concerned."""
    comment, out = (
        told.make.comment(told.others["need"], told.reader, "Je suis là."),
        {"hidden_at": clock.now(), "hidden_reason": WHY},
    )
    bulletin = {"bulletin": told.plans.say(told.held, by=told.reader).id}
    for kind in ("hide", "restore"):
        for thing in (comment, told.own["need"], told.own["aspiration"], told.own_news, told.held):
            yield _decide(told, "author", kind, thing)
        yield _decide(told, "author", kind, told.held, **bulletin)
        yield _decide(told, "author", f"{kind}_profile", None, member=told.reader.id)
    for thing in (comment, told.own["need"]):
        yield _decide(told, "author", "publish", thing)
        for kind in ("publish_change", "refuse_change"):
            yield _decide(told, "author", kind, thing)
    yield _decide(
        told,
        "author",
        "refuse",
        told.make.comment(told.others["need"], told.reader, "Appelez-moi.", status="pending", **out),
    )
    yield _decide(
        told,
        "author",
        "refuse",
        told.make.idea(told.reader, HERE, "pending", title="Une première", suspect="first", **out),
    )
    for kind in ("publish_change", "refuse_change"):
        yield _decide(told, "author", kind, None)
    yield _decide(told, "author", "lead", told.own["need"], community=told.make.room(ELSEWHERE).id)
    yield _decide(told, "author", "move", comment)
    for kind in ("warn", "unwarn", "suspend", "unsuspend", "block", "unblock", "freeze", "lift"):
        yield _decide(
            told, "person", kind, None, community=told.room, until=(clock.now() + timedelta(days=7)).isoformat()
        )


def _decide(told: Tellings, who: str, kind: str, thing: Any, **facts: Any) -> Telling:
    name = {} if thing is None else {f"{type(thing).__name__.lower()}_id": thing.id}
    measure = told.make.add(
        Measure(
            kind=kind.removesuffix("_profile"),
            reason=WHY,
            by_id=told.other.id,
            community_id=told.room,
            **name or {"user_id": told.reader.id},
        )
    )
    return told.tell(who, f"measure.{kind}", thing, reason=WHY, measure=measure.id, **facts)
