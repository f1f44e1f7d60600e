"""All the rows that a plan ever had, read at once: what a new version of it is written over."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select

from app.core.db import db
from app.plan.models.structure import (
    Action,
    ActionCommunity,
    ActionDocument,
    ActionIssue,
    ActionPartner,
    ActionTerritory,
    Funding,
    Indicator,
    Milestone,
    Objective,
    Orientation,
    Plan,
)

AXES = (ActionPartner.organisation_id, ActionCommunity.community_id, ActionIssue.issue_id, ActionTerritory.territory_id)
LISTS = (Funding, ActionDocument)


@dataclass(frozen=True)
class Rows:
    """The parts of a plan, by their numbers, and what each action has beside, by the number of the action.

    `lists` holds the rows of each model in their order, `axes` the numbers that stand in each column.
    """

    orientations: dict[int, Orientation]
    objectives: dict[int, Objective]
    actions: dict[int, Action]
    milestones: dict[int, Milestone]
    indicators: dict[int, Indicator]
    lists: dict[Any, dict[int, list[Any]]]
    axes: dict[Any, dict[int, set[int]]]


def get_rows(plan: Plan) -> Rows:
    """Read a plan, with what its present version no longer holds."""
    orientations = select(Orientation.id).where(Orientation.plan_id == plan.id)
    actions = select(Action.id).where(Action.plan_id == plan.id)
    return Rows(
        _by_id(Orientation, Orientation.plan_id == plan.id),
        _by_id(Objective, Objective.orientation_id.in_(orientations)),
        _by_id(Action, Action.plan_id == plan.id),
        _by_id(Milestone, Milestone.action_id.in_(actions)),
        _by_id(Indicator, Indicator.action_id.in_(actions)),
        {model: _list(model, model.action_id.in_(actions)) for model in LISTS},
        {column: _ids(column, column.class_.action_id.in_(actions)) for column in AXES},
    )


def _by_id(model: Any, which: ColumnElement[bool]) -> dict[int, Any]:
    return {row.id: row for row in db.session.scalars(select(model).where(which))}


def _list(model: Any, which: ColumnElement[bool]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.scalars(select(model).where(which).order_by(model.position, model.id)):
        found[row.action_id].append(row)
    return found


def _ids(column: Any, which: ColumnElement[bool]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for action_id, row_id in db.session.execute(select(column.class_.action_id, column).where(which)).tuples():
        found[action_id].add(row_id)
    return found
