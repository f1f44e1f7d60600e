"""Reports, the cases they make, and appeals. `member` reported; the measures are on the author."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from app.core.unit import unit
from app.moderation.appeals.models import Appeal
from app.moderation.cases.models import Case, CaseStep, Report
from app.moderation.measures.models import Measure
from tests.matrix import LATE, REASON, Row
from tests.support.make import Make
from tests.support.world import HERE
from tests.web.notices.samples import WHY as CAUSE
from tests.web.notices.samples import Telling, Tellings

IDEA, COMMENT = "/ideas/<id:idea_id>", "/comments/<id:comment_id>"
UPDATE = "/communities/<slug>/updates/<id:update_id>"
CASE, MEASURE, APPEAL = (
    "/moderation/cases/<id:case_id>",
    "/measures/<id:measure_id>",
    "/moderation/appeals/<id:appeal_id>",
)
PROFILE = "/members/<id:user_id>"
READ, UNREAD = "published locked withdrawn archived merged", "draft pending hidden deleted"
OWN, OTHERS, GONE = (
    "visible late locked on_update on_action",
    "other reply",
    "hidden deleted unseen under_hidden held",
)
WHY = {"why": "insult", "words": "On y vise mon voisin."}
MADE = "cases reports notices"
DECIDED = "cases case_steps journal notices"
JUDGED = "appeals journal notices"
WORDS = {"words": "On a lu de travers ce que j'écrivais là."}
DISMISS, REFUSE = REASON | {"act": "dismiss"}, REASON | {"act": "refuse"}


def report(page: str, states: str, never: str) -> list[Row]:
    """Return the two rows of a report that everybody may make but for those named."""
    return [
        Row(f"GET {page}/report", states, f"303 anyone; 404 unconfirmed {never} suspended; 200 *"),
        Row(f"POST {page}/report", states, f"401 anyone; 404 unconfirmed {never} suspended; 303 *", MADE, WHY),
    ]


def private_report(page: str, states: str, inside: str) -> list[Row]:
    """Return the two rows of a report on what is private."""
    return [
        Row(f"GET {page}/report", states, f"303 anyone; 200 {inside}; 404 *"),
        Row(f"POST {page}/report", states, f"401 anyone; 303 {inside}; 404 *", MADE, WHY),
    ]


def never(page: str, states: str) -> list[Row]:
    return [
        Row(f"GET {page}/report", states, "303 anyone; 404 *"),
        Row(f"POST {page}/report", states, "401 anyone; 404 *", data=WHY),
    ]


ROUTES = [
    *report(IDEA, READ, "author"),
    *private_report(IDEA, "private", "member coordinator"),
    *never(IDEA, UNREAD),
    *report(COMMENT, OWN, "author"),
    *report(COMMENT, OTHERS, ""),
    *private_report(COMMENT, "private", "member coordinator"),
    *never(COMMENT, GONE),
    *report(UPDATE, "visible locked", "facilitator"),
    *private_report(UPDATE, "private", "member author"),
    *never(UPDATE, "hidden deleted"),
    Row("GET /account/reports", "", "303 anyone; 200 *"),
    *(replace(row, changes=f"{row.changes} profiles" if row.changes else "") for row in report(PROFILE, "", "author")),
    Row(f"GET {PROFILE}/hiding", "", "303 anyone; 200 coordinator; 404 *"),
    Row(
        f"POST {PROFILE}/hiding",
        "",
        "401 anyone; 303 coordinator; 404 *",
        "profiles users measures journal notices",
        REASON,
    ),
    Row(f"GET {PROFILE}/restoration", "", "303 anyone; 404 *"),
    Row(f"POST {PROFILE}/restoration", "", "401 anyone; 409 coordinator; 404 *", data=REASON),
    Row(f"GET {PROFILE}/appeal", "", "303 anyone; 404 *"),
    Row("GET /moderation/cases", "", "303 anyone; 200 facilitator neighbour coordinator; 403 *"),
    Row(f"GET {CASE}", "open handled", "303 anyone; 200 facilitator coordinator; 404 *"),
    Row(f"GET {CASE}", "private", "303 anyone; 200 coordinator; 404 *"),
    Row(f"POST {CASE}/decision", "open", "401 anyone; 303 facilitator coordinator; 404 *", DECIDED, DISMISS),
    Row(f"POST {CASE}/decision", "handled", "401 anyone; 409 facilitator coordinator; 404 *", data=DISMISS),
    Row(f"POST {CASE}/decision", "private", "401 anyone; 303 coordinator; 404 *", DECIDED, DISMISS),
    Row(f"POST {CASE}/reopening", "handled", "401 anyone; 303 facilitator coordinator; 404 *", DECIDED, REASON),
    Row(f"POST {CASE}/reopening", "open", "401 anyone; 409 facilitator coordinator; 404 *", data=REASON),
    Row(f"POST {CASE}/reopening", "private", "401 anyone; 409 coordinator; 404 *", data=REASON),
    Row(f"GET {IDEA}/appeal", "hidden", "303 anyone; 302 author; 404 *"),
    Row(f"GET {IDEA}/appeal", f"{READ} private draft pending deleted", "303 anyone; 404 *"),
    Row(f"GET {COMMENT}/appeal", "hidden", "303 anyone; 302 author; 404 *"),
    Row(f"GET {COMMENT}/appeal", f"{OWN} {OTHERS} private deleted unseen under_hidden held", "303 anyone; 404 *"),
    Row(f"GET {UPDATE}/appeal", "hidden", "303 anyone; 302 facilitator; 404 *"),
    Row(f"GET {UPDATE}/appeal", "visible locked deleted private", "303 anyone; 404 *"),
    Row(f"GET {MEASURE}/appeal", "standing warned appealed over", "303 anyone; 200 author; 404 *"),
    Row(f"GET {MEASURE}/appeal", "on_update", "303 anyone; 200 facilitator; 404 *"),
    Row(f"POST {MEASURE}/appeal", "warned", "401 anyone; 303 author; 404 *", JUDGED, WORDS),
    Row(f"POST {MEASURE}/appeal", "on_update", "401 anyone; 303 facilitator; 404 *", JUDGED, WORDS),
    Row(f"POST {MEASURE}/appeal", "standing", "401 anyone; 303 author; 404 *", JUDGED, WORDS),
    Row(f"POST {MEASURE}/appeal", "appealed over", "401 anyone; 409 author; 404 *", data=WORDS),
    Row("GET /moderation/appeals", "", "303 anyone; 200 facilitator neighbour coordinator; 403 *"),
    Row(f"GET {APPEAL}", "open granted", "303 anyone; 200 facilitator coordinator; 404 *"),
    Row(f"POST {APPEAL}/decision", "open", "401 anyone; 303 facilitator; 403 coordinator; 404 *", JUDGED, REFUSE),
    Row(f"POST {APPEAL}/decision", "granted", LATE, data=REFUSE),
]


def _pages_of_a_member(square: Any) -> list[str]:
    return [
        "/account/reports",
        f"/members/{square.people['author'].id}/report",
        f"/ideas/{square.ideas['full'].id}/report",
        f"/comments/{square.comments['first'].id}/report",
        f"/communities/{HERE}/updates/{square.updates['visible'].id}/report",
    ]


def _pages_of_a_team(square: Any) -> list[str]:
    return [
        "/moderation/cases",
        *(f"/moderation/cases/{square.cases[state].id}" for state in ("open", "handled")),
        "/moderation/appeals",
        *(f"/moderation/appeals/{square.appeals[state].id}" for state in ("open", "granted")),
    ]


PAGES = {
    "member": _pages_of_a_member,
    "author": lambda square: [f"/measures/{square.measures[state].id}/appeal" for state in ("standing", "appealed")],
    "facilitator": _pages_of_a_team,
    "coordinator": lambda square: [f"/members/{square.people['author'].id}/hiding"],
}
EMPTY = {"member": ["/account/reports"], "coordinator": ["/moderation/cases", "/moderation/appeals"]}


@unit()
def add(make: Make, world: Any) -> None:
    """`member` reported what others wrote; the measures are on the author, whose comment's appeal waits."""
    here = make.room(HERE).id
    world.measures, world.cases, world.appeals = {}, {}, {}
    _measures(make, world, here)
    _cases(make, world, here)
    for state, measure in (("open", "appealed"), ("granted", "over")):
        world.appeals[state] = make.add(
            Appeal(
                measure_id=world.measures[measure].id,
                user_id=world.people["author"].id,
                state=state,
                words=WORDS["words"],
            )
        )
    make.at(world.appeals["granted"], decided_at=world.appeals["granted"].at, reason="Vous aviez raison.")


def _measures(make: Make, world: Any, here: int) -> None:
    by = {who: world.people[who].id for who in ("facilitator", "coordinator")}
    columns = {"community_id": here, "reason": "Une raison"}
    world.measures["standing"] = make.add(
        Measure(kind="hide", idea_id=world.ideas["hidden"].id, by_id=by["facilitator"], **columns)
    )
    world.measures["on_update"] = make.add(
        Measure(kind="hide", update_id=world.updates["hidden"].id, by_id=by["coordinator"], **columns)
    )
    world.measures["appealed"] = make.add(
        Measure(kind="hide", comment_id=world.comments["hidden"].id, by_id=by["coordinator"], **columns)
    )
    world.measures["over"] = make.add(
        Measure(kind="hide", comment_id=world.comments["visible"].id, by_id=by["facilitator"], **columns)
    )
    make.add(
        Measure(
            kind="restore",
            comment_id=world.comments["visible"].id,
            by_id=by["coordinator"],
            undoes_id=world.measures["over"].id,
            **columns,
        )
    )
    world.measures["warned"] = make.add(
        Measure(kind="warn", user_id=world.people["author"].id, by_id=by["facilitator"], **columns)
    )


def _cases(make: Make, world: Any, here: int) -> None:
    decision = {"state": "handled", "reason": "Contraire à la charte."}
    world.cases["open"] = make.add(Case(comment_id=world.comments["other"].id, community_id=here))
    world.cases["handled"] = make.add(Case(comment_id=world.comments["visible"].id, community_id=here, **decision))
    world.cases["private"] = make.add(Case(idea_id=world.ideas["private"].id))
    for case in world.cases.values():
        make.add(
            Report(case_id=case.id, user_id=world.people["member"].id, reason="insult", words="canari-signalement")
        )
    by = world.people["facilitator"].id
    make.at(world.cases["handled"], decided_at=world.cases["handled"].opened_at, decided_by=by)
    make.add(CaseStep(case_id=world.cases["handled"].id, by_id=by, **decision))


def tell(told: Tellings) -> Iterator[Telling]:
    """Tell what became of reports and appeals."""
    comment, own = (
        told.make.comment(told.others["need"], told.other),
        told.make.comment(told.others["need"], told.reader, "À moi."),
    )
    bulletin, held = {"bulletin": told.plans.say(told.followed).id}, told.held
    about = [
        (comment, {}),
        (told.others["need"], {}),
        (told.news, {}),
        (told.followed, {}),
        (told.followed, bulletin),
        (None, {"member": told.member.id}),
    ]
    mine = [(own, {}), (told.own["idea"], {}), (told.own_news, {}), (held, {}), (None, {"member": told.reader.id})]
    for kind in ("report.handled", "report.dismissed", "report.reopened"):
        for thing, facts in about:
            yield told.tell("reporter", kind, thing, reason=CAUSE, **facts)
    for kind in ("report.against", "report.cleared"):
        for thing, facts in mine:
            yield told.tell("author", kind, thing, reason=CAUSE, **facts)
    for kind in ("appeal.granted", "appeal.refused"):
        for thing, facts in (*mine, (None, {})):
            yield told.tell("who asked", kind, thing, reason=CAUSE, judged=1, **facts)
    for thing, facts in about:
        yield told.tell("team", "case.opened", thing, case=1, **facts)
        yield told.tell("team", "desk.case", thing, case=1, **facts)
        yield told.tell("team", "appeal.opened", thing, appeal=1, **facts)
    yield told.tell("team", "appeal.opened", None, appeal=1)
