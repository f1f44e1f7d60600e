"""The law of measures in writing: who has each right, over each thing."""

from app.accounts.models.people import User
from app.comments.models import Thread
from app.comments.queries import reading
from app.communities import queries as communities
from app.core import clock
from app.core.db import db
from app.moderation.appeals.models import ContestedMeasure
from app.moderation.appeals.queries import measures as queries
from app.moderation.measures import queries as measures
from app.moderation.measures.models import Measure, Target
from app.moderation.moves.models import Handover, Offer
from tests.support.law import compare
from tests.support.tables import on_same_rows
from tests.support.world import ELSEWHERE, HERE

TEAM, CHARGED = "facilitator coordinator", "facilitator neighbour coordinator"
LAW = {
    "nothing": {"handover:list": CHARGED, "measure:list": CHARGED},
    "room": {"community:take_the_lead": TEAM},
    "room archived": {"community:take_the_lead": ""},
    "room secluded": {"community:take_the_lead": ""},
    "idea": {
        "idea:move": TEAM,
        "handover:offer": TEAM,
        "move_request:ask": "",
        "move_request:answer": TEAM,
        "move_request:read": TEAM,
    },
    "idea own": {
        "move_request:ask": "facilitator",
        "move_request:answer": "coordinator",
        "move_request:read": TEAM,
        "move_request:withdraw": "facilitator",
    },
    "idea pending": {"idea:move": TEAM, "handover:offer": "", "move_request:answer": "", "move_request:read": ""},
    "idea hidden": {"idea:move": TEAM, "handover:offer": ""},
    "idea draft": {"idea:move": "", "handover:offer": ""},
    "idea merged": {"idea:move": "", "handover:offer": ""},
    "idea secluded": {"idea:move": "", "handover:offer": "", "move_request:answer": "", "move_request:read": ""},
    "idea alone": {"idea:move": "coordinator", "handover:offer": ""},
    "comment": {"comment:move": TEAM},
    "comment hidden": {"comment:move": TEAM},
    "comment deleted": {"comment:move": ""},
    "thread": {"thread:take_in": TEAM, "thread:take_back": TEAM},
    "thread locked": {"thread:take_in": "", "thread:take_back": TEAM},
    "thread closed": {"thread:take_in": "", "thread:take_back": TEAM},
    "thread unseen": {"thread:take_in": "", "thread:take_back": ""},
    "offer": {
        "handover:read": CHARGED,
        "handover:answer": "neighbour coordinator",
        "handover:follow": TEAM,
        "handover:cancel": TEAM,
    },
    "offer returned": {"handover:read": CHARGED, "handover:answer": "", "handover:follow": TEAM, "handover:cancel": ""},
    "offer accepted": {"handover:read": CHARGED, "handover:answer": "", "handover:follow": TEAM, "handover:cancel": ""},
    "offer hidden": {"handover:read": "", "handover:answer": "", "handover:follow": TEAM, "handover:cancel": TEAM},
    "offer late": {
        "handover:read": "neighbour coordinator",
        "handover:answer": "",
        "handover:follow": "coordinator",
        "handover:cancel": "coordinator",
    },
    "offer early": {"handover:read": CHARGED, "handover:answer": "", "handover:follow": TEAM, "handover:cancel": TEAM},
    "person": {"member:follow": TEAM},
    "person first": {"member:follow": TEAM},
    "person self": {"member:follow": "facilitator"},
    "person silent": {"member:follow": "coordinator"},
    "person closed": {"member:follow": ""},
    "aim": {"member:warn": TEAM, "member:restrict": TEAM},
    "aim first": {"member:warn": TEAM, "member:restrict": TEAM},
    "aim self": {"member:warn": "", "member:restrict": ""},
    "aim elsewhere": {"member:warn": "", "member:restrict": ""},
    "aim everywhere": {"member:warn": "coordinator", "member:restrict": "coordinator"},
    "aim colleague": {"member:warn": "coordinator", "member:restrict": "coordinator"},
    "aim coordinator": {"member:warn": "coordinator", "member:restrict": "coordinator"},
    "aim role": {"member:warn": "coordinator", "member:restrict": ""},
    "aim closed": {"member:warn": "", "member:restrict": ""},
    "measure": {"measure:read": TEAM, "measure:undo": TEAM},
    "measure over": {"measure:read": TEAM, "measure:undo": ""},
    "measure unmoved": {"measure:read": "", "measure:undo": ""},
    "measure publish": {"measure:read": "", "measure:undo": ""},
    "measure restore": {"measure:read": "", "measure:undo": ""},
    "measure moved": {"measure:read": TEAM, "measure:undo": "coordinator"},
    "measure come": {"measure:read": TEAM, "measure:undo": TEAM},
    "measure merge": {"measure:read": TEAM, "measure:undo": TEAM},
    "measure split": {"measure:read": TEAM, "measure:undo": TEAM},
    "measure parted": {"measure:read": TEAM, "measure:undo": ""},
    "measure site": {"measure:read": "coordinator", "measure:undo": "coordinator"},
    "measure own": {"measure:read": "coordinator", "measure:undo": "coordinator"},
}


def room(make, slug=HERE):
    row_id = make.room(slug).id
    return communities.get_rooms().by_id[row_id]


def subject(make, name, people):
    """Return the thing that the line of the matrix is about."""
    kind, _space, state = name.partition(" ")
    return {
        "nothing": lambda *_: None,
        "room": _room,
        "idea": _idea,
        "comment": _comment,
        "thread": _thread,
        "offer": _offer,
        "person": _person,
        "aim": _aim,
        "measure": _measure,
    }[kind](make, state, people)


def _room(make, state, _people):
    slug = {
        "archived": lambda: make.community(archived_at=clock.now()).slug,
        "secluded": lambda: make.community(is_private=True).slug,
    }.get(state, lambda: HERE)()
    return room(make, slug)


def _idea(make, state, people):
    columns = {
        "pending": {"status": "pending"},
        "draft": {"status": "draft"},
        "hidden": {"hidden_at": clock.now()},
        "merged": {"merged_into": make.idea().id},
    }.get(state, {})
    if state == "alone":
        return make.idea(community_id=None)
    if state == "own":
        return make.idea(db.session.get_one(User, people["facilitator"].id), HERE)
    return make.idea(community=make.community(is_private=True) if state == "secluded" else HERE, **columns)


def _comment(make, state, _people):
    columns = {f"{state}_at": clock.now()} if state else {}
    return reading.reload_comment(make.comment(make.idea(community=HERE), **columns).id)


def _thread(make, state, _people):
    columns = {"locked": {"locked_at": clock.now()}, "closed": {"is_open": False}, "unseen": {"is_public": False}}
    thread = db.session.get_one(Thread, make.idea(community=HERE).thread_id)
    return make.at(thread, **columns[state]) if state else thread


def _offer(make, state, _people):
    columns = {"hidden_at": clock.now()} if state == "hidden" else {}
    idea = make.idea(community=ELSEWHERE if state == "late" else HERE, **columns)
    if state == "late":
        make.at(idea, community_id=make.room("logement-social-et-abordable").id)
    row = make.add(
        Handover(
            idea_id=idea.id,
            from_id=make.room("logement-social-et-abordable" if state == "early" else HERE).id,
            to_id=make.room(ELSEWHERE).id,
            by_id=make.user().id,
            reason="Motif",
            state=state if state in ("accepted", "returned") else "open",
        )
    )
    return Offer(row, idea)


def _person(make, state, people):
    user = _somebody(make, state, people) or make.user(closed_at=clock.now() if state == "closed" else None)
    if state != "silent":
        make.comment(make.idea(community=HERE), user)
    return measures.build_person(user)


def _somebody(make, state, people):
    """Return the member or the coordinator for the states about them, None for the others."""
    who = {"first": "member", "self": "coordinator"}.get(state)
    return who and db.session.get_one(User, people[who].id)


def _aim(make, state, people):
    user = _somebody(make, state, people) or make.user(
        role="coordinator" if state in ("coordinator", "role") else "member"
    )
    if state == "closed":
        make.at(user, closed_at=clock.now())
    if state == "colleague":
        make.facilitator(user, HERE)
    make.comment(make.idea(community=HERE), user)
    place = {"elsewhere": make.room(ELSEWHERE).id, "everywhere": None, "role": None}.get(state, make.room(HERE).id)
    return Target(measures.build_person(user), place)


def _measure(make, state, people):
    here, by = make.room(HERE).id, {"by_id": make.user().id, "reason": "Motif"}
    if state in ("site", "own"):
        who = people["facilitator"].id if state == "own" else make.user().id
        row = make.add(Measure(kind="warn", user_id=who, community_id=here if state == "own" else None, **by))
    elif state in ("moved", "come"):
        data = {"from": here if state == "come" else make.room(ELSEWHERE).id, "to": here, "was_beside": False}
        row = make.add(Measure(kind="move", idea_id=make.idea(community=HERE).id, community_id=here, data=data, **by))
    elif state in ("unmoved", "publish"):
        idea = make.idea(community=HERE)
        first = make.add(Measure(kind="hide", idea_id=idea.id, community_id=here, **by))
        undoes = first.id if state == "unmoved" else None
        row = make.add(
            Measure(kind="move" if undoes else "publish", idea_id=idea.id, community_id=here, undoes_id=undoes, **by)
        )
        return ContestedMeasure(row, idea, None)
    elif state in ("merge", "parted", "split"):
        other = make.idea(community=HERE)
        idea = make.idea(community=HERE, merged_into=other.id if state == "merge" else None)
        data = {"from": other.id} if state == "split" else {"into": other.id}
        row = make.add(
            Measure(kind="split" if state == "split" else "merge", idea_id=idea.id, community_id=here, data=data, **by)
        )
    else:
        idea = make.idea(community=HERE, hidden_at=clock.now())
        row = make.add(Measure(kind="hide", idea_id=idea.id, community_id=here, **by))
        if state:
            undone = make.add(Measure(kind="restore", idea_id=idea.id, community_id=here, undoes_id=row.id, **by))
            row = undone if state == "restore" else row
    return next(one for one in queries.list_measures(people["coordinator"]).items if one.measure.id == row.id)


def test_each_right_is_had_by_exactly_those_named(make, people):
    for name in on_same_rows(LAW):
        compare(LAW[name], people, subject(make, name, people), name)
