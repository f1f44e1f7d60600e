"""The plan of the square: an action in each state, what its holder says of it, and what ideas have to do with it."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

from sqlalchemy import select

from app.comments.models import Thread
from app.communities.actors import actor_for
from app.core import clock
from app.core.db import db
from app.plan.models.structure import Action, Indicator, Plan
from app.plan.models.versions import PlanDraft
from app.plan.queries.actions import milestones
from app.plan.service import publishing
from app.plan.service.bulletins import Completion
from app.reference.names import organisation_named
from tests.support.make import Make
from tests.support.make_plan import MakePlan, action_of, outline_of
from tests.support.world_of_the_desk import WRITTEN

ACTIONS = ("visible", "locked", "hidden", "orphan")
PLACES = ("securite-alimentaire", "transport-collectif", "canari-cercle")
LEADS = {"visible": "canari-porteur-vu", "hidden": "canari-porteur-masque"}
# The action that each bulletin is about.
BULLETINS = {"visible": "visible", "hidden": "visible", "deleted": "visible", "unseen": "hidden", "orphan": "orphan"}


def plan(make: Make, world: Any, here: str) -> None:
    """`coordinator` published the plan; `author` keeps its actions up to date. No community has the orphan."""
    plans = MakePlan(make, world.people["coordinator"])
    world.plans["current"] = plans.plan(
        *(
            action_of(
                f"Une action canari-action-{state}",
                1,
                community="" if state == "orphan" else here,
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
    world.organisations = dict(zip(("carrying", "unseen"), map(organisation_named, LEADS.values()), strict=True)) | {
        "quiet": world.organisation
    }
    world.parts = {"current": found[0].id, "begun": -3}
    world.actions = dict(zip(ACTIONS, found, strict=True))
    for action in found:
        plans.holder(action, world.people["author"])
    _bulletins(world, plans)
    _links(world, plans)
    _comments(make, world)
    hidden, locked = (make.at(db.session.get_one(Action, world.actions[state].id)) for state in ("hidden", "locked"))
    make.at(hidden, hidden_at=clock.now(), hidden_reason="hors du sujet")
    make.at(db.session.get_one(Thread, hidden.thread_id), is_public=False, is_open=False)
    make.at(db.session.get_one(Thread, locked.thread_id), locked_at=clock.now(), locked_reason="trop vif")


def measure(make: Make, world: Any, name: str) -> None:
    """Let the orphan have something that is measured."""
    make.add(Indicator(action_id=world.actions["orphan"].id, name=name, unit="ménages", baseline=9.5, target=40))


def _bulletins(world: Any, plans: MakePlan) -> None:
    author = world.people["author"]
    for state, action in BULLETINS.items():
        words: dict[str, Any] = {"state": "underway"} if state == "visible" else {}
        if state == "hidden":
            [step] = milestones(world.actions[action].id)
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


def _comments(make: Make, world: Any) -> None:
    author = world.people["author"]
    world.comments["on_action"] = make.comment(world.actions["visible"], author, "Bravo pour la tournée.")
    world.comments["under_hidden"] = make.comment(
        world.actions["hidden"], author, "Sous une action canari-commentaire-action."
    )


def read_by_all(world: Any) -> list[str]:
    current = f"/plan/{world.plans['current'].id}"
    seen = [f"/plan/actions/{world.actions[state].id}" for state in ("visible", "locked")]
    return [
        "/plan",
        "/plan?view=community&late=1",
        "/plan?view=territory",
        f"/plan/{world.plans['past'].id}",
        *seen,
        "/plan/all",
        "/plan/versions",
        f"{current}/versions",
        f"{current}/versions/1",
        f"{current}/voices",
        f"{seen[0]}/voices",
        f"{seen[0]}/links",
        f"/ideas/{world.ideas['published'].id}/journey",
    ]


def read_by_programs(world: Any) -> list[str]:
    return [f"/plan/actions/{world.actions[state].id}.atom" for state in ("visible", "hidden")]


def read_by_a_member(world: Any) -> list[str]:
    """Where links are proposed, and one's own proposal is taken back."""
    search = f"/plan/actions/{world.actions['visible'].id}/links?q=%23{world.ideas['locked'].id}"
    return [search, f"/ideas/{world.ideas['locked'].id}/links", f"/plan/links/{world.links['waiting'].id}/end"]


def read_by_an_author(world: Any) -> list[str]:
    """Where whoever keeps actions up to date says where they are: one has a milestone to reach, one a milestone reached."""
    said = f"/plan/bulletins/{world.bulletins['visible'].id}"
    actions = [f"/plan/actions/{world.actions[state].id}" for state in ("visible", "orphan")]
    return [
        *(f"{action}/bulletins/new" for action in actions),
        actions[0],
        f"{said}/edit",
        f"{said}/deletion",
        "/plan/mine",
        "/plan?mine=1",
    ]


def read_by_the_coordination(world: Any) -> list[str]:
    """The pages on which the plan is written, by hand or from a file, and its actions are entrusted."""
    action = f"/plan/actions/{world.actions['visible'].id}"
    pages = [
        "/plan/all",
        "/plan/new",
        "/plan/import",
        f"/plan/import/{world.imports['waiting'].id}",
        f"{action}/holders",
        action,
    ]
    for state, part in world.parts.items():
        draft = f"/plan/{world.plans[state].id}/draft"
        objective, orientation = (-2, -1) if state == "begun" else (1, 1)
        pages += [
            draft,
            f"{draft}/edit",
            f"{draft}/orientations/{orientation}/edit",
            f"{draft}/objectives/{objective}/edit",
            f"{draft}/actions/{part}/edit",
            f"{draft}/actions/{part}/removal",
        ]
    begun = f"/plan/{world.plans['begun'].id}/draft"
    ends = [
        f"/plan/{world.plans['begun'].id}/deletion",
        f"/plan/{world.plans['current'].id}/archive",
        f"/plan/{world.plans['past'].id}/current",
    ]
    charge = [
        f"{action}/holders?q={quote(world.people['member'].name)}",
        f"{action}/holders/{world.people['author'].id}/withdrawal",
    ]
    return [
        *pages,
        *ends,
        *charge,
        f"{begun}/publication",
        f"{begun}/discard",
        f"{begun}/actions/new?under=-2",
        f"{begun}/orientations/new",
    ]


def what_waits(make: Make, world: Any) -> None:
    """Propose links for each idea; let ideas lose their action, and others stand at a step of the plan without one."""
    plans = MakePlan(make)
    action, dropped_action = plans.action(), plans.action("Une cuisine")
    author, fae = world.people["author"], world.people["facilitator"]
    for idea in [*world.ideas.values(), make.idea(fae, PLACES[0]), make.idea(author, PLACES[1])]:
        plans.link(action, idea, answer=None, proposed_by=world.people["member"].id)
    plans.link(dropped_action, make.idea(author, PLACES[0]), answer=None)
    for room in PLACES:
        returned = make.idea(author, room, "retained")
        plans.link(dropped_action, returned)
        plans.link(dropped_action, make.at(make.idea(author, room, "retained"), answered_at=clock.now()))
        make.idea(author, room, "achieved")
        plans.link(action, make.at(make.idea(author, room, "planned"), action_id=action.id))
    make.at(dropped_action, state="dropped")
    for state in ("visible", "hidden", "orphan"):
        make.at(world.actions[state], ends_on=clock.today() - timedelta(days=20))


def read_by_a_facilitator(square: Any) -> list[str]:
    """Where a team takes measures on the plan and on what is said of it."""
    action, hidden, locked = (f"/plan/actions/{square.actions[state].id}" for state in ("visible", "hidden", "locked"))
    return [
        action,
        f"{action}/hiding",
        f"{action}/lock",
        f"{action}/slow-mode",
        hidden,
        f"{hidden}/restoration",
        f"{locked}/unlock",
        *(
            f"/plan/bulletins/{square.bulletins[state].id}/{act}"
            for state, act in (("visible", "hiding"), ("hidden", "restoration"))
        ),
        f"/ideas/{square.ideas['locked'].id}/links",
        f"/plan/links/{square.links['waiting'].id}",
        f"/plan/links/{square.links['made'].id}/end",
        f"{action}/links",
    ]
