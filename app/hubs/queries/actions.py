"""The actions of the current plan that touch a subject, each with its last bulletin."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Select, func, select

from app.core.db import db
from app.hubs.queries.subjects import STATEMENTS, HubSubject, in_current_plan
from app.plan.models.structure import Action, ActionTerritory, Objective, Orientation, Plan
from app.plan.queries.action_rows import build_action_row, select_action_rows
from app.plan.tree import ActionRow


@dataclass(frozen=True)
class LastBulletin:
    """The last bulletin in sight of an action: `has_moved` tells whether it brought the action to its `state`."""

    at: datetime
    html: str
    lang: str
    state: str
    has_moved: bool


@dataclass(frozen=True)
class HubAction:
    """An action that touches a subject, as lists show it, with its last bulletin if it has one."""

    row: ActionRow
    bulletin: LastBulletin | None


def list_actions(subject: HubSubject) -> list[HubAction]:
    """Return the actions that touch a subject in the order of the plan, whoever asks."""
    rows = db.session.execute(_select(subject))
    return [HubAction(build_action_row(row), _read_bulletin(row) if row.said_at else None) for row in rows]


@lru_cache(maxsize=STATEMENTS)
def _select(subject: HubSubject) -> Select[Any]:
    query = select_action_rows().join(Plan, Plan.id == Action.plan_id)
    query = query.join(Objective, Objective.id == Action.objective_id)
    query = query.join(Orientation, Orientation.id == Objective.orientation_id)
    query = query.where(in_current_plan(), subject.has_action())
    return query.order_by(Orientation.position, Objective.position, Action.position, Action.id)


def _read_bulletin(row: Any) -> LastBulletin:
    return LastBulletin(row.said_at, row.body_html, row.lang, row.said_state, row.said_state != row.state_before)


def count_without_territory() -> int:
    """Count the actions of the current plan that name no territory."""
    return db.session.scalar(_count_without_territory()) or 0


@cache
def _count_without_territory() -> Select[tuple[int]]:
    named = select(ActionTerritory.action_id).where(ActionTerritory.action_id == Action.id).exists()
    query = select(func.count()).select_from(Action).join(Plan, Plan.id == Action.plan_id)
    return query.where(in_current_plan(), ~named)
