"""The plan and its actions, to read and to talk about. `coordinator` published it, `author` keeps its actions up to date."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from app.comments.models import Thread
from app.communities.actors import actor_for
from app.core import clock
from app.core.db import db
from app.moderation.measures.models import Measure
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action, Indicator, Objective, Plan
from app.plan.models.versions import PlanDraft
from app.plan.queries import actions, bulletins
from app.plan.queries import plans as queries
from app.plan.queries.actions import list_milestones
from app.plan.service import publishing
from app.plan.service.bulletins import Completion
from app.reference.former_names import find_organisation
from tests.matrix import WRITTEN, Row, closed_form, form
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of, outline_of
from tests.support.world import HERE, LONG

ACTION = "/plan/actions/<id:action_id>"
IN_SIGHT = "visible locked orphan"
BODY = {"body": "Ce que j'en pense."}
BULLETIN = {"body": "Où nous en sommes.", "state": ""}
NAMED = {"email": "personne2@example.org"}
ACTIONS = ("visible", "locked", "hidden", "orphan")
LEADS = {"visible": "canari-porteur-vu", "hidden": "canari-porteur-masque"}
# The action that each bulletin is about.
BULLETINS = {"visible": "visible", "hidden": "visible", "deleted": "visible", "unseen": "hidden", "orphan": "orphan"}
ROUTES = [
    Row("GET /plan", "", "200 *"),
    Row("GET /plan/gaps", "", "200 *"),
    Row("GET /plan/mine", "", "303 anyone; 200 *"),
    Row("GET /plan/<id:plan_id>", "current", "302 *"),
    Row("GET /plan/<id:plan_id>", "past archived revised", "200 *"),
    Row("GET /plan/<id:plan_id>", "begun", "200 coordinator; 404 *"),
    Row(f"GET {ACTION}", IN_SIGHT, "200 *"),
    Row(f"GET {ACTION}", "hidden", "200 facilitator coordinator; 404 *"),
    Row("GET /plan/<id:plan_id>/voices", "current past archived revised", "200 *"),
    Row("GET /plan/<id:plan_id>/voices", "begun", "200 coordinator; 404 *"),
    Row("GET /plan/objectives/<id:objective_id>/voices", "", "200 *"),
    Row(f"GET {ACTION}/voices", IN_SIGHT, "200 *"),
    Row(f"GET {ACTION}/voices", "hidden", "200 facilitator coordinator; 404 *"),
    Row(f"GET {ACTION}.atom", IN_SIGHT, "200 *"),
    Row(f"GET {ACTION}.atom", "hidden", "404 *"),
    Row(
        f"POST {ACTION}/comments",
        "visible orphan",
        "401 anyone; 403 unconfirmed suspended; 303 *",
        "comments threads actions submissions notices",
        BODY,
    ),
    Row(f"POST {ACTION}/comments", "locked", "401 anyone; 422 *", data=BODY),
    Row(f"POST {ACTION}/comments", "hidden", "401 anyone; 422 facilitator coordinator; 404 *", data=BODY),
    *form(f"{ACTION}/bulletins/new", IN_SIGHT, "author coordinator", "bulletins actions journal submissions", BULLETIN),
    *closed_form(f"{ACTION}/bulletins/new", "hidden", BULLETIN),
    *form(f"{ACTION}/holders", IN_SIGHT, "coordinator", "holders journal notices", NAMED),
    *closed_form(f"{ACTION}/holders", "hidden", NAMED),
    Row(f"GET {ACTION}/holders/<id:user_id>/withdrawal", f"{IN_SIGHT} hidden", "303 anyone; 404 *"),
    Row(f"POST {ACTION}/holders/<id:user_id>/withdrawal", IN_SIGHT, "401 anyone; 303 coordinator; 404 *"),
    Row(f"POST {ACTION}/holders/<id:user_id>/withdrawal", "hidden", "401 anyone; 404 *"),
]
PAGES = {
    "anyone": lambda square: [
        "/plan",
        "/plan?view=community&late=1",
        "/plan?view=territory",
        "/plan/gaps",
        f"/plan/{square.plans['past'].id}",
        *(f"/plan/actions/{square.actions[state].id}" for state in ("visible", "locked")),
        f"/plan/{square.plans['current'].id}/voices",
        f"/plan/actions/{square.actions['visible'].id}/voices",
        f"/plan/objectives/{VARIABLES['objective_id'](square, '')}/voices",
    ],
    "program": lambda square: [f"/plan/actions/{square.actions[state].id}.atom" for state in ("visible", "hidden")],
    "author": lambda square: [
        *(f"/plan/actions/{square.actions[state].id}/bulletins/new" for state in ("visible", "orphan")),
        f"/plan/actions/{square.actions['visible'].id}",
        "/plan/mine",
        "/plan?mine=1",
    ],
    "facilitator": lambda square: [f"/plan/actions/{square.actions[state].id}" for state in ("visible", "hidden")],
    "coordinator": lambda square: [
        f"/plan/actions/{square.actions['visible'].id}",
        *(
            f"/plan/actions/{square.actions['visible'].id}/holders{end}"
            for end in (
                "",
                f"?q={quote(square.people['member'].name)}",
                f"/{square.people['author'].id}/withdrawal",
            )
        ),
    ],
}
EMPTY = {"anyone": ["/plan", "/plan/gaps"], "member": ["/plan/mine"]}
VARIABLES = {"objective_id": lambda _world, _state: db.session.scalar(select(func.min(Objective.id)))}


def add(make: Make, world: Any) -> None:
    """`coordinator` published the plan; `author` keeps its actions up to date. No community has the orphan."""
    plans = MakePlan(make, world.people["coordinator"])
    world.plans, world.bulletins = {}, {}
    world.plans["current"] = plans.plan(
        *(
            action_of(
                f"Une action canari-action-{state}",
                1,
                community="" if state == "orphan" else HERE,
                body=f"Le texte canari-action-{state}-texte.",
                lead=LEADS.get(state, ""),
                issues=["education"],
                territories=["70052"],
            )
            for state in ACTIONS
        )
    )
    found = db.session.scalars(select(Action).order_by(Action.id)).all()
    world.plans["past"] = plans.plan(title="Un plan passé canari-plan-past")
    world.plans["archived"] = archived = plans.plan(title="Un plan aux archives canari-plan-archived")
    publishing.archive(actor_for(plans.boss), archived)
    world.plans["begun"] = begun = make.add(
        Plan(title="Un plan à venir canari-plan-begun", starts_on=clock.today(), ends_on=clock.today() + timedelta(365))
    )
    make.add(PlanDraft(plan_id=begun.id, outline=outline_of(title=begun.title).dump(), by_id=plans.boss.id, at=WRITTEN))
    world.plans["revised"] = revised = plans.plan(title="Un plan repris canari-plan-revised")
    again = queries.get_published_outline(revised)
    [changed] = again.actions()
    changed.weight = 2
    publishing.save_draft(actor_for(plans.boss), revised, again, version="")
    # One carries an action in sight, one a hidden action alone.
    world.organisations |= dict(zip(("carrying", "unseen"), map(find_organisation, LEADS.values()), strict=True))
    # The number, in the draft of each plan, of one of its actions.
    world.parts = {"current": found[0].id, "begun": -3, "revised": changed.id}
    world.actions = dict(zip(ACTIONS, found, strict=True))
    for action in found:
        plans.holder(action, world.people["author"])
    _bulletins(world, plans)
    _links(world, plans)
    _comments_on_actions(make, world)
    _measures(make, world)
    hidden, locked = (make.at(db.session.get_one(Action, world.actions[state].id)) for state in ("hidden", "locked"))
    make.at(hidden, hidden_at=clock.now(), hidden_reason="hors du sujet")
    make.at(db.session.get_one(Thread, hidden.thread_id), is_public=False, is_open=False)
    make.at(db.session.get_one(Thread, locked.thread_id), locked_at=clock.now(), locked_reason="trop vif")


def fill(make: Make, square: Any) -> None:
    """Let the orphan have something that is measured."""
    make.add(
        Indicator(
            action_id=square.actions["orphan"].id,
            name=f"Ménages servis {LONG}",
            unit="ménages",
            baseline=9.5,
            target=40,
        )
    )


def _bulletins(world: Any, plans: MakePlan) -> None:
    author = world.people["author"]
    for state, action in BULLETINS.items():
        words: dict[str, Any] = {"state": "underway"} if state == "visible" else {}
        if state == "hidden":
            [step] = list_milestones(world.actions[action].id)
            words["completions"] = [
                Completion(step.id, clock.today(), "canari-preuve", "https://exemple.test/canari-preuve")
            ]
        world.bulletins[state] = plans.say(
            world.actions[action], f"On en est là, canari-nouvelle-{state}.", author, **words
        )
    plans.make.at(world.bulletins["hidden"], hidden_at=clock.now(), hidden_reason="hors du sujet")
    plans.make.at(world.bulletins["deleted"], deleted_at=clock.now())


def _links(world: Any, plans: MakePlan) -> None:
    """What is not for everybody stands near the plan: nothing of it shows, not even a number."""
    links = {
        state: plans.link(world.actions["visible"], world.ideas[state])
        for state in ("published", "hidden", "deleted", "private")
    }
    waiting = plans.link(
        world.actions["orphan"],
        world.ideas["published"],
        answer=None,
        answered_by=None,
        answered_at=None,
        proposed_by=world.people["member"].id,
        reason="Un lien proposé, canari-lien-proposé.",
    )
    world.links = {"made": links["published"], "under_hidden": links["hidden"], "waiting": waiting}
    plans.link(world.actions["hidden"], world.ideas["locked"])


def _measures(make: Make, world: Any) -> None:
    columns = {"by_id": world.people["facilitator"].id, "community_id": make.room(HERE).id, "reason": "Une raison"}
    about = {"on_action": {"action_id": world.actions["hidden"].id}}
    about["on_bulletin"] = {"bulletin_id": world.bulletins["hidden"].id}
    for state, thing in about.items():
        world.measures[state] = make.add(Measure(kind="hide", **columns, **thing))


def _comments_on_actions(make: Make, world: Any) -> None:
    author = world.people["author"]
    world.comments["on_action"] = make.comment(world.actions["visible"], author, "Bravo pour la tournée.")
    world.comments["under_hidden"] = make.comment(
        world.actions["hidden"], author, "Sous une action canari-commentaire-action."
    )


TWINS = {
    Action: (("action:read",), actions.readable_by, select(Action)),
    Bulletin: (
        ("bulletin:read",),
        bulletins.readable_by,
        select(Bulletin).join(Bulletin.action).options(contains_eager(Bulletin.action)),
    ),
}
