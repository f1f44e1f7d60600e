"""Who reads the plan, who writes it, who says where an action is, who decides on what was said: each right, in writing."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models.people import User
from app.communities.actors import actor_for
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.plan import policy
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action, Objective, Orientation, Plan
from app.plan.models.versions import PlanImport
from app.plan.queries import actions, bulletins
from tests.support.clock import LONG_AGO
from tests.support.law import CONFIRMED, EVERYONE, TEAM, compare
from tests.support.make import Make
from tests.support.make_plan import MakePlan
from tests.support.tables import on_same_rows
from tests.support.world import HERE

WRITERS = "boss coordinator"
ALL, TAKING_PART = f"{EVERYONE} holder boss resting", f"{CONFIRMED} holder boss"
DECIDING, READING = f"{TEAM} boss resting", f"{WRITERS} resting"
ACTION_DENIED = dict.fromkeys(
    (
        "action:read",
        "action:read_own",
        "action:feed",
        "action:hide",
        "action:restore",
        "action:report_on",
        "holder:name",
    ),
    "",
)
BULLETIN_DENIED = dict.fromkeys(
    ("bulletin:read", "bulletin:read_own", "bulletin:edit", "bulletin:delete", "bulletin:hide", "bulletin:restore"), ""
)
PLAN_DENIED = {"plan:write": WRITERS} | dict.fromkeys(
    ("plan:change", "plan:delete", "plan:archive", "plan:unarchive"), ""
)
# `boss` wrote the plan; `holder` keeps the action up to date and wrote the bulletin. `resting` coordinates and keeps it
# up to date too, but takes no part for now.
LAW = {
    "plan published": PLAN_DENIED | {"plan:read": ALL, "plan:change": WRITERS, "plan:archive": WRITERS},
    "plan begun": PLAN_DENIED | {"plan:read": READING, "plan:change": WRITERS, "plan:delete": WRITERS},
    "plan archived": PLAN_DENIED | {"plan:read": ALL, "plan:unarchive": WRITERS},
    "objective published": {"objective:read": ALL},
    "objective begun": {"objective:read": READING},
    "import": {"plan_import:confirm": "boss"},
    "import resting": {"plan_import:confirm": ""},
    "import holder": {"plan_import:confirm": ""},
    "action in sight": ACTION_DENIED
    | {
        "action:read": ALL,
        "action:read_own": "boss",
        "action:feed": TAKING_PART,
        "action:hide": f"{TEAM} resting",
        "action:report_on": f"holder {WRITERS}",
        "holder:name": WRITERS,
    },
    "action hidden": ACTION_DENIED
    | {"action:read": DECIDING, "action:read_own": "boss", "action:restore": f"{TEAM} resting"},
    "action removed": ACTION_DENIED | {"action:read": ALL, "action:read_own": "boss", "action:hide": f"{TEAM} resting"},
    "action deleted": ACTION_DENIED,
    "action hidden and deleted": ACTION_DENIED,
    "action without a community": ACTION_DENIED
    | {
        "action:read": ALL,
        "action:read_own": "boss",
        "action:feed": TAKING_PART,
        "action:hide": "coordinator resting",
        "action:report_on": f"holder {WRITERS}",
        "holder:name": WRITERS,
    },
    "bulletin in sight": BULLETIN_DENIED
    | {
        "bulletin:read": ALL,
        "bulletin:read_own": "holder",
        "bulletin:edit": "holder",
        "bulletin:delete": "holder",
        "bulletin:hide": DECIDING,
    },
    "bulletin hidden": BULLETIN_DENIED
    | {"bulletin:read": DECIDING, "bulletin:read_own": "holder", "bulletin:restore": DECIDING},
    "bulletin deleted": BULLETIN_DENIED,
    "bulletin hidden and deleted": BULLETIN_DENIED,
    "bulletin of boss": BULLETIN_DENIED
    | {
        "bulletin:read": ALL,
        "bulletin:read_own": "boss",
        "bulletin:edit": "boss",
        "bulletin:delete": "boss",
        "bulletin:hide": f"{TEAM} resting",
    },
    "bulletin of boss, hidden": BULLETIN_DENIED
    | {"bulletin:read": DECIDING, "bulletin:read_own": "boss", "bulletin:restore": f"{TEAM} resting"},
    "bulletin of resting": BULLETIN_DENIED
    | {
        "bulletin:read": ALL,
        "bulletin:read_own": "resting",
        "bulletin:delete": "resting",
        "bulletin:hide": f"{TEAM} boss",
    },
    "bulletin unseen": BULLETIN_DENIED | {"bulletin:delete": "holder"},
    "bulletin relieved": BULLETIN_DENIED
    | {"bulletin:read": ALL, "bulletin:read_own": "holder", "bulletin:delete": "holder", "bulletin:hide": DECIDING},
}
COLUMNS = {
    "hidden": {"hidden_at": LONG_AGO},
    "deleted": {"deleted_at": LONG_AGO},
    "removed": {"removed_at": LONG_AGO},
    "of boss, hidden": {"hidden_at": LONG_AGO},
    "hidden and deleted": {"hidden_at": LONG_AGO, "deleted_at": LONG_AGO},
}


def subject(make: Make, plans: MakePlan, name: str, everybody: dict[str, Actor]) -> Any:
    """Return the thing that the line of the matrix is about, and let `holder` keep its action up to date."""
    kind, _space, state = name.partition(" ")
    if kind == "plan":
        plan = make.at(plans.plan(), archived_at=LONG_AGO if state == "archived" else None)
        return (
            make.add(Plan(title="À venir", starts_on=plan.starts_on, ends_on=plan.ends_on))
            if state == "begun"
            else plan
        )
    if kind == "objective":
        plan = plans.plan()
        make.at(plan, number=0 if state == "begun" else 1)
        path = joinedload(Objective.orientation).joinedload(Orientation.plan)
        return db.session.scalars(select(Objective).options(path)).one()
    if kind == "import":
        return PlanImport(
            plan_id=plans.plan().id, file_name="plan.csv", content={}, answers={}, by_id=everybody[state or "boss"].id
        )
    action = plans.action(community="" if state == "without a community" else HERE)
    user, resting = plans.holder(action), db.session.get_one(User, everybody["resting"].id)
    everybody["holder"] = actor_for(user)
    everybody["resting"] = replace(actor_for(plans.holder(action, resting)), is_suspended=True)
    if kind == "action":
        return actions.get_actions(everybody["boss"], [make.at(action, **COLUMNS.get(state, {})).id], ()).get(
            action.id, action
        )
    said = make.at(plans.say(action, by=user), **COLUMNS.get(state, {}))
    if state.startswith("of "):
        make.at(said, author_id=everybody[state.split(" ")[1].rstrip(",")].id)
    if state == "unseen":
        make.at(action, hidden_at=clock.now())
    if state == "relieved":
        everybody["holder"] = make.actor(make.user("Relevée"))
        make.at(said, author_id=everybody["holder"].id)
    return _with_action(said.id)


def _with_action(bulletin_id: int) -> Bulletin:
    return db.session.scalars(
        select(Bulletin).where(Bulletin.id == bulletin_id).options(joinedload(Bulletin.action))
    ).one()


def test_each_right_is_had_by_exactly_those_named(make: Make, plans: MakePlan, people: dict[str, Actor]) -> None:
    people |= {"author": make.actor(), "boss": actor_for(plans.boss), "holder": make.actor()}
    people["resting"] = replace(make.actor(role="coordinator"), is_suspended=True)
    for name in on_same_rows(LAW):
        everybody = dict(people)
        thing = subject(make, plans, name, everybody)
        compare(LAW[name], everybody, thing, name)


def test_for_want_of_another_the_team_of_another_community_decides_on_what_a_lone_one_wrote(
    make: Make, plans: MakePlan
) -> None:
    """Alone in charge, whoever published the plan and said something of it decides on neither."""
    action = plans.action(community="")
    said, boss = plans.say(action), actor_for(plans.boss)
    neighbour = make.actor(make.user(), facilitates=["transport-collectif"])
    thing = _with_action(said.id)
    for right, content in ((policy.HIDE_ACTION, action), (policy.HIDE_BULLETIN, thing)):
        assert right.permits(neighbour, content) and not right.permits(boss, content)
    make.at(said, hidden_at=clock.now())
    assert policy.READ_BULLETIN.permits(neighbour, _with_action(said.id))
    make.at(action, hidden_at=clock.now())
    action, thing = db.session.get_one(Action, action.id), _with_action(said.id)
    assert policy.READ_ACTION.permits(neighbour, action) and not policy.READ_BULLETIN.permits(neighbour, thing)
    assert not policy.HIDE_BULLETIN.permits(neighbour, thing)


def test_what_one_wrote_is_found_as_the_law_says(make: Make, plans: MakePlan) -> None:
    action = plans.action()
    other = plans.action("Une cuisine")
    for one in (action, other):
        for columns in ({}, {"hidden_at": clock.now()}, {"deleted_at": clock.now()}):
            make.at(plans.say(one), **columns)
    make.at(other, hidden_at=clock.now())
    boss = actor_for(plans.boss)
    for actor in (boss, make.actor(), Actor(None)):
        found = set(db.session.scalars(select(Bulletin.id).join(Bulletin.action).where(bulletins.own_of(actor))))
        rows = db.session.scalars(select(Bulletin).options(joinedload(Bulletin.action))).all()
        assert found == {row.id for row in rows if policy.READ_OWN_BULLETIN.permits(actor, row)}
        owned = set(db.session.scalars(select(Action.id).where(actions.own_of(actor))))
        assert owned == {
            row.id for row in db.session.scalars(select(Action)) if policy.READ_OWN_ACTION.permits(actor, row)
        }
        assert len(found) == len(owned) == (2 if actor is boss else 0)
