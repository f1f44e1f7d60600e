"""The late actions of the current plan: the SQL twin of `progress.late_since`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import starmap
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Date, and_, bindparam, func, or_, select, union_all

from app.core import clock
from app.core.db import constant, db
from app.plan.models.structure import UNFINISHED, Action, Milestone, Plan
from app.plan.queries.actions import is_listed

# The present day, as it is when a statement is run: what is built once may be run for ever.
TODAY = bindparam("today", type_=Date, callable_=clock.today)


@dataclass(frozen=True)
class LateAction:
    """An action that is late: `due_on` is the last of its days that is over without what was planned for it."""

    id: int
    due_on: date
    moved_at: datetime


def list_late_actions(today: date) -> Sequence[LateAction]:
    """Return the late actions of the current plan, in the order of their ids."""
    days = _days(today).subquery()
    query = select(Action.id, func.max(days.c.due_on), Action.moved_at).join(days, days.c.action_id == Action.id)
    query = query.join(Plan, Plan.id == Action.plan_id).where(
        Plan.is_current, is_listed(), Action.state.in_(UNFINISHED)
    )
    rows = db.session.execute(query.group_by(Action.id, Action.moved_at).order_by(Action.id)).tuples()
    return list(starmap(LateAction, rows))


def _days(today: date) -> CompoundSelect[Any]:
    """Select the days that are over: those of milestones that are not reached, the end of actions."""
    milestones = select(Milestone.action_id.label("action_id"), Milestone.due_on.label("due_on")).where(
        Milestone.due_on < today, Milestone.reached_on.is_(None), Milestone.removed_at.is_(None)
    )
    return union_all(milestones, select(Action.id, Action.ends_on).where(Action.ends_on < today))


def is_late() -> ColumnElement[bool]:
    """Match, where their plan is joined, the actions of the current plan that are late on the day of the request."""
    is_owed = and_(Milestone.due_on < TODAY, Milestone.reached_on.is_(None), Milestone.removed_at.is_(None))
    milestone = select(Milestone.id).where(Milestone.action_id == Action.id, is_owed).correlate(Action).exists()
    return and_(
        Plan.is_current,
        is_listed(),
        Action.state.in_(map(constant, UNFINISHED)),
        or_(Action.ends_on < TODAY, milestone),
    )
