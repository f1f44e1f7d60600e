"""The plans, their drafts and what is published of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, false, or_, select, true
from sqlalchemy.orm import joinedload

from app.accounts.models.people import User
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.permits import Permission
from app.plan import editing, outline, renaming
from app.plan.models.structure import Action, Objective, Orientation, Plan
from app.plan.models.versions import PlanDraft, PlanVersion
from app.plan.outline import Outline


@dataclass(frozen=True)
class WorkingCopy:
    """What the coordination writes now: the draft or, where there is none, what the last version holds.

    `version` names these words. Each part has an id: that of its row, or a negative one of the draft.
    """

    outline: Outline
    version: str
    draft: PlanDraft | None


def readable_by(actor: Actor) -> ColumnElement[bool]:
    """SQL twin of `policy.READ`."""
    return or_(Plan.number > 0, true() if actor.is_coordinator else false())


def find_current_plan(actor: Actor) -> Plan | None:
    """Return the current plan once it is published (to the coordination, before that too), or None."""
    return db.session.scalar(select(Plan).where(Plan.is_current, readable_by(actor)))


def get_plan(actor: Actor, plan_id: int, permission: Permission) -> Plan:
    """Return a plan by its number. Raise NotFound where it is absent or forbidden, without telling which."""
    plan = db.session.get(Plan, plan_id)
    if plan is None or not permission.permits(actor, plan):
        raise NotFound()
    return plan


def exists(plan_id: int) -> bool:
    return db.session.get(Plan, plan_id) is not None


def list_plans(actor: Actor) -> Sequence[Plan]:
    """Return the plans that a person may read, the latest first."""
    query = select(Plan).where(readable_by(actor)).order_by(Plan.starts_on.desc(), Plan.id.desc())
    return db.session.scalars(query).all()


def find_draft(plan: Plan) -> PlanDraft | None:
    """Return the draft of the next version, for the coordination."""
    query = select(PlanDraft).where(PlanDraft.plan_id == plan.id)
    return db.session.scalar(query.options(joinedload(PlanDraft.by).load_only(User.name, User.closed_at)))


def get_published_outline(plan: Plan) -> Outline:
    """Return what the last version of a plan holds, by present names; an empty plan before the first."""
    found = db.session.scalar(
        select(PlanVersion).where(PlanVersion.plan_id == plan.id, PlanVersion.number == plan.number)
    )
    if found is not None:
        return renaming.use_present_names(outline.load_outline(found.outline))
    return Outline(plan.title, plan.starts_on.isoformat(), plan.ends_on.isoformat(), plan.summary)


def name_version(number: int) -> str:
    """Name the words of a published version, as `WorkingCopy.version` does."""
    return f"published-{number}"


def get_working_copy(plan: Plan) -> WorkingCopy:
    """Return what the coordination writes on."""
    found = find_draft(plan)
    words = get_draft_outline(found) if found else get_published_outline(plan)
    editing.assign_ids(words)
    return WorkingCopy(words, found.version if found else name_version(plan.number), found)


def list_action_ids(plan: Plan) -> Sequence[int]:
    """Return the numbers of the actions that the last version of a plan holds."""
    return db.session.scalars(select(Action.id).where(Action.plan_id == plan.id, Action.removed_at.is_(None))).all()


def list_actions(plan: Plan) -> Sequence[Action]:
    """Return the actions that the last version of a plan holds, in the order of their numbers."""
    query = select(Action).where(Action.plan_id == plan.id, Action.removed_at.is_(None))
    return db.session.scalars(query.order_by(Action.id)).all()


def get_draft_outline(draft: PlanDraft) -> Outline:
    """Return what a draft holds, by present names."""
    return renaming.use_present_names(outline.load_outline(draft.outline))


def has_draft(plan: Plan) -> bool:
    return db.session.scalar(select(PlanDraft.id).where(PlanDraft.plan_id == plan.id)) is not None


def has_current() -> bool:
    return db.session.scalar(select(Plan.id).where(Plan.is_current)) is not None


def list_all_plans() -> Sequence[Plan]:
    """Return every plan, for an act that changes which one is current."""
    return db.session.scalars(select(Plan).order_by(Plan.id)).all()


def get_objective(actor: Actor, objective_id: int, permission: Permission) -> Objective:
    """Return an objective with its orientation and plan; the absent and the forbidden answer alike."""
    path = joinedload(Objective.orientation).joinedload(Orientation.plan)
    found = db.session.scalar(select(Objective).where(Objective.id == objective_id).options(path))
    if found is None or not permission.permits(actor, found):
        raise NotFound()
    return found
