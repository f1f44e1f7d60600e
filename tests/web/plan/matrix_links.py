"""Links between ideas and actions: `member` proposed the one that waits, `coordinator` made the others."""

from tests.matrix import TEAM, Row, late

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
    Row(f"POST {LINK}/end", "made under_hidden", f"401 anyone; 303 {TEAM}; 404 *", ANSWERED, REASON),
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
