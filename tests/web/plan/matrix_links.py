"""Links between ideas and actions: `member` proposed the one that waits, `coordinator` made the others."""

from collections.abc import Iterator

from app.core import clock
from app.plan.service.bulletins import Completion
from tests.matrix import TEAM, Row, late
from tests.web.notices.samples import KINDS_OF_IDEA, ROLES, Telling, Tellings, milestones

IDEA, ACTION, LINK = "/ideas/<id:idea_id>/links", "/plan/actions/<id:action_id>/links", "/plan/links/<id:link_id>"
MEMBERS = "member author facilitator neighbour coordinator admin"
OUT = "draft pending withdrawn archived hidden deleted merged private"
REASON = {"reason": "Elle répond à ce besoin."}
FOR_ACTION, FOR_IDEA = REASON | {"idea": "4"}, REASON | {"action": "1"}
NO, PROPOSED, ANSWERED = REASON | {"act": "decline"}, "links submissions notices", "links journal notices"
IN_SIGHT = "visible locked orphan"
ROUTES = [
    Row(f"GET {IDEA}", "published locked", f"303 anyone; 200 {MEMBERS}; 404 *"),
    Row(f"POST {IDEA}", "published", f"401 anyone; 409 {MEMBERS}; 404 *", data=FOR_IDEA),
    Row(f"POST {IDEA}", "locked", f"401 anyone; 303 {MEMBERS}; 404 *", PROPOSED, FOR_IDEA),
    Row(f"GET {IDEA}", OUT, "303 anyone; 404 *"),
    Row(f"POST {IDEA}", OUT, "401 anyone; 404 *", data=FOR_IDEA),
    Row(f"GET {ACTION}", IN_SIGHT, "200 *"),
    Row(f"GET {ACTION}", "hidden", f"200 {TEAM}; 404 *"),
    Row(f"POST {ACTION}", IN_SIGHT, f"401 anyone; 303 {MEMBERS}; 404 *", PROPOSED, FOR_ACTION),
    Row(f"POST {ACTION}", "hidden", "401 anyone; 404 *", data=FOR_ACTION),
    Row(f"GET {LINK}", "waiting", f"303 anyone; 200 {TEAM}; 404 *"),
    Row(f"POST {LINK}", "waiting", f"401 anyone; 303 {TEAM}; 404 *", ANSWERED, NO),
    *late(LINK, "made under_hidden", TEAM, NO),
    Row(f"GET {LINK}/end", "waiting", "303 anyone; 200 member; 404 *"),
    Row(f"POST {LINK}/end", "waiting", f"401 anyone; 303 member; 409 {TEAM}; 404 *", "links notices", REASON),
    Row(f"GET {LINK}/end", "made under_hidden", f"303 anyone; 200 {TEAM}; 404 *"),
    Row(f"POST {LINK}/end", "made under_hidden", f"401 anyone; 303 {TEAM}; 404 *", f"{ANSWERED} ideas", REASON),
]
PAGES = {
    "anyone": lambda square: [f"/plan/actions/{square.actions['visible'].id}/links"],
    "member": lambda square: [
        f"/plan/actions/{square.actions['visible'].id}/links?q=%23{square.ideas['locked'].id}",
        f"/ideas/{square.ideas['locked'].id}/links",
        f"/plan/links/{square.links['waiting'].id}/end",
    ],
    "facilitator": lambda square: [
        f"/ideas/{square.ideas['locked'].id}/links",
        f"/plan/links/{square.links['waiting'].id}",
        f"/plan/links/{square.links['made'].id}/end",
        f"/plan/actions/{square.actions['visible'].id}/links",
    ],
}
FOUND_ON = {f"POST {ACTION}": "?q=%234"}


def tell(told: Tellings) -> Iterator[Telling]:
    """Tell what comes of links, of bulletins and of a plan that changes."""
    said = [
        told.plans.say(told.followed, "Le camion est là."),
        told.plans.say(
            told.followed, "Parti!", completions=[Completion(milestones(told.followed)[0], clock.today(), "Vu")]
        ),
        told.plans.say(
            told.followed,
            "Et de deux.",
            completions=[Completion(milestones(told.followed)[1], clock.today(), "Vu")],
        ),
    ]
    about = {"action_id": told.followed.id}
    for role in ROLES:
        ideas = told.own if role == "author" else told.others
        for kind in KINDS_OF_IDEA:
            yield told.tell(role, f"chain.{role}", ideas[kind], bulletin_id=said[0].id, **about)
        yield told.tell(role, f"chain.{role}", ideas["need"], bulletin_id=said[2].id, **about)
        for before in ({}, {"before": "still"}, {"before": "again"}):
            yield told.tell(role, f"linked.{role}", ideas["need"], **about, **before, reason="Elle y répond.")
        yield told.tell(role, f"unlinked.{role}", ideas["need"], **about, reason="Une erreur.")
    yield told.tell("follower", "chain.action", bulletin_id=said[1].id, **about)
    yield told.tell("holder", "chain.action", bulletin_id=told.plans.say(told.held).id, action_id=told.held.id)
    for who, action in (("follower", told.followed), ("holder", told.held)):
        yield told.tell(who, "plan.changed", action, version=1, number=told.version, reason="Le budget est voté.")
    yield told.tell("proposer", "unlinked.proposer", told.others["need"], **about, reason="Une erreur.")
    yield told.tell("team", "link.open", told.others["need"], **about, reason="Elle y répond.")
    yield told.tell("proposer", "link.accepted", told.others["need"], **about)
    yield told.tell("proposer", "link.declined", told.others["need"], **about, reason="Autre chose.")
    yield told.tell("author", "link.declined", told.own["need"], **about, reason="Autre chose.")
    yield told.tell("team", "idea.back", told.others["need"], **about, reason="Faute de camion.")
    for kind in ("charge.action", "charge.action_ended"):
        yield told.tell("holder", kind, told.held)
    yield told.tell("holder", "action.late", told.held, due="2027-01-31")
