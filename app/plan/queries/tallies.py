"""The milestones of actions, counted: in Python where they were read, in SQL where only the numbers are needed."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select

from app.plan.models.structure import Milestone
from app.plan.progress import Tally


def count_milestones(milestones: Iterable[Milestone]) -> Tally:
    """Count milestones that were read."""
    counted = list(milestones)
    reached = [milestone for milestone in counted if milestone.is_reached]
    return Tally(len(counted), len(reached), _weigh(counted), _weigh(reached))


def _weigh(milestones: Iterable[Milestone]) -> int:
    return sum(milestone.weight for milestone in milestones)


def tally_columns() -> list[ColumnElement[Any]]:
    """SQL twin of `count_milestones`, for a query that groups milestones by action; `build_tally` reads a row.

    `next_due` is the first day that was planned for a milestone to reach.
    """
    is_reached = Milestone.reached_on.is_not(None)
    return [
        func.count(Milestone.id).label("tally_count"),
        func.count(Milestone.reached_on).label("tally_reached"),
        func.sum(Milestone.weight).label("tally_weight"),
        func.sum(case((is_reached, Milestone.weight))).label("tally_weight_reached"),
        func.min(case((~is_reached, Milestone.due_on))).label("next_due"),
    ]


def select_by_action() -> Select[Any]:
    """Select the tally of each action that has milestones in the present version."""
    query = select(Milestone.action_id, *tally_columns()).where(Milestone.removed_at.is_(None))
    return query.group_by(Milestone.action_id)


def build_tally(row: Any) -> Tally:
    """Return the tally of a row that has `tally_columns`; they are None where an outer join found no milestone."""
    return Tally(*(int(getattr(row, f"tally_{field.name}") or 0) for field in fields(Tally)))
