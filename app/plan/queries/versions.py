"""The versions of a plan: what each held, and what it changed."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, not_, select
from sqlalchemy.orm import defer, joinedload

from app.accounts.models.people import User
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.plan import editing, outline
from app.plan.models.structure import Action, Plan
from app.plan.models.versions import PlanVersion
from app.plan.outline import ActionOutline, Outline
from app.plan.queries import actions


def list_versions(plan: Plan) -> Sequence[PlanVersion]:
    """Return the versions of a plan, the last first, without what they hold."""
    query = select(PlanVersion).where(PlanVersion.plan_id == plan.id).order_by(PlanVersion.number.desc())
    author = joinedload(PlanVersion.by).load_only(User.name, User.closed_at)
    return db.session.scalars(query.options(author, defer(PlanVersion.outline, raiseload=True))).all()


def get_version(plan: Plan, number: int) -> PlanVersion:
    """Return one version of a plan. Raise NotFound where there is none of this number."""
    query = select(PlanVersion).where(PlanVersion.plan_id == plan.id, PlanVersion.number == number)
    version = db.session.scalar(query.options(joinedload(PlanVersion.by).load_only(User.name, User.closed_at)))
    if version is None:
        raise NotFound()
    return version


def get_outlines(actor: Actor, plan: Plan, version: PlanVersion) -> tuple[Outline | None, Outline]:
    """Return what the version before this one held (None before the first) and what this one holds.

    Of an action that this person may not read nothing is left but its id.
    """
    before = db.session.scalar(_select_former(version))
    unread = _list_unread_ids(actor, plan)
    return (_without(before, unread) if before is not None else None), _without(version.outline, unread)


def get_two_outlines(actor: Actor, plan: Plan, numbers: tuple[int, int]) -> tuple[Outline, Outline]:
    """Return what two versions of a plan held, as `get_outlines` does. Raise NotFound where one is not there."""
    unread = _list_unread_ids(actor, plan)
    earlier, later = (_without(get_version(plan, number).outline, unread) for number in numbers)
    return earlier, later


def _list_unread_ids(actor: Actor, plan: Plan) -> Sequence[int]:
    query = select(Action.id).where(Action.plan_id == plan.id, not_(actions.readable_by(actor)))
    return db.session.scalars(query).all()


def _select_former(version: PlanVersion) -> Select[tuple[dict[str, Any]]]:
    """Select the outline of the version before another."""
    return select(PlanVersion.outline).where(
        PlanVersion.plan_id == version.plan_id, PlanVersion.number == version.number - 1
    )


def _without(data: dict[str, Any], unread: Collection[int]) -> Outline:
    """Return an outline in which nothing but their ids is left of some actions."""
    found = outline.load_outline(data)
    for parent in editing.list_parents(found, "actions"):
        parent.actions = [ActionOutline("", action.id) if action.id in unread else action for action in parent.actions]
    return found


def list_changed_action_ids(version: PlanVersion) -> list[int]:
    """Return the ids of the actions that the version before held in other words, dates, places, money or milestones.

    Where an action stands in the plan, and so its code and its weight, is no change of the action.
    """
    former = db.session.scalar(_select_former(version))
    before = _by_id(former) if former else {}
    after = _by_id(version.outline)
    return [action_id for action_id in after if before.get(action_id, after[action_id]) != after[action_id]]


def _by_id(data: dict[str, Any]) -> dict[int, dict[str, Any]]:
    """Return the fields of each action of an outline, but those of its place."""
    parts = {action.id: vars(action) for action in outline.load_outline(data).actions()}
    return {
        action_id: {name: value for name, value in part.items() if name not in ("code", "weight")}
        for action_id, part in parts.items()
    }
