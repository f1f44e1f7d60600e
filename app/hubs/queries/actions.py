"""The actions of the current plan that touch a subject, each with its milestones and its last bulletin."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ScalarSelect, Select, String, and_, cast, func, select
from sqlalchemy.orm import aliased

from app.core.db import db
from app.hubs.queries.subjects import STATEMENTS, HubSubject, in_current_plan
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action, ActionCommunity, ActionTerritory, Milestone, Objective, Orientation, Plan
from app.plan.queries import tallies
from app.plan.tree import ActionRow
from app.reference.models import Organisation


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
    """Return the actions that touch a subject in the order of the plan, in one statement, whoever asks."""
    return [_read(row) for row in db.session.execute(_select(subject))]


@lru_cache(maxsize=STATEMENTS)
def _select(subject: HubSubject) -> Select[Any]:
    other = aliased(Bulletin)
    last = (
        select(func.max(other.id))
        .where(other.action_id == Action.id, other.in_sight())
        .correlate(Action)
        .scalar_subquery()
    )
    query = select(*_columns())
    query = (
        query.join(Plan, Plan.id == Action.plan_id)
        .join(Objective, Objective.id == Action.objective_id)
        .join(Orientation, Orientation.id == Objective.orientation_id)
    )
    query = (
        query.outerjoin(Organisation, Organisation.id == Action.lead_id)
        .outerjoin(Milestone, and_(Milestone.action_id == Action.id, Milestone.removed_at.is_(None)))
        .outerjoin(Bulletin, Bulletin.id == last)
    )
    return (
        query.where(in_current_plan(), subject.has_action())
        .group_by(Action.id, Objective.id, Orientation.id, Organisation.id, Bulletin.id)
        .order_by(Orientation.position, Objective.position, Action.position, Action.id)
    )


def _columns() -> tuple[Any, ...]:
    return (
        Action.id,
        Action.objective_id,
        Action.code,
        Action.title,
        Action.state,
        Action.state_at,
        Action.weight,
        Action.progress,
        Action.starts_on,
        Action.ends_on,
        Action.lead_id,
        Action.community_id,
        Organisation.sort_key,
        Organisation.name,
        _numbers(ActionTerritory.territory_id).label("places"),
        _numbers(ActionCommunity.community_id).label("rooms"),
        *tallies.tally_columns(),
        Bulletin.at,
        Bulletin.body_html,
        Bulletin.lang,
        Bulletin.state.label("bulletin_state"),
        Bulletin.state_before,
    )


def _numbers(column: Any) -> ScalarSelect[str]:
    """Select the rows of an axis where an action stands, by their numbers, in one text."""
    numbers = select(func.aggregate_strings(cast(column, String), " "))
    return numbers.where(column.class_.action_id == Action.id).correlate(Action).scalar_subquery()


def _ids(text: str | None) -> tuple[int, ...]:
    return tuple(sorted(map(int, (text or "").split())))


def _read(row: Any) -> HubAction:
    own = (row.community_id,) if row.community_id else ()
    shown = ActionRow(
        row.id,
        row.objective_id,
        row.code,
        row.title,
        row.state,
        row.state_at,
        row.weight,
        row.progress,
        row.starts_on,
        row.ends_on,
        row.lead_id,
        (row.sort_key or "", row.name or ""),
        tally=tallies.build_tally(row),
        next_due=row.next_due,
        territories=_ids(row.places),
        communities=tuple(dict.fromkeys((*own, *_ids(row.rooms)))),
    )
    return HubAction(shown, _read_bulletin(row) if row.at else None)


def _read_bulletin(row: Any) -> LastBulletin:
    return LastBulletin(row.at, row.body_html, row.lang, row.bulletin_state, row.bulletin_state != row.state_before)
