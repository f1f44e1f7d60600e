"""What is due of some actions, for whoever acts on them: what is late, what comes next, who keeps them up to date."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, select

from app.core import clock
from app.core.db import db, numbers_parameter
from app.plan.models.progress import Holder
from app.plan.models.structure import Action, Milestone
from app.plan.progress import Tally, late_since
from app.plan.queries import actions, bulletins, holders, tallies
from app.plan.queries.actions import is_listed


@dataclass(frozen=True)
class DueAction:
    """An action with what is due of it; `ahead` are its milestones to reach, by their day, those without one last.

    `said_at` is when something was last said of it, None where nothing ever was.
    """

    action: Action
    today: date
    tally: Tally
    ahead: Sequence[Milestone]
    holders: Sequence[Holder]
    said_at: datetime | None

    @property
    def since(self) -> date | None:
        """Return since when the action is late, None on time."""
        days = (self.action.ends_on, *(step.due_on for step in self.ahead))
        return late_since(self.action.state, days, self.today)

    @property
    def overdue(self) -> list[Milestone]:
        return [step for step in self.ahead if step.due_on and step.due_on < self.today]

    @property
    def ended_on(self) -> date | None:
        """Return the end that was planned, once it is over."""
        day = self.action.ends_on
        return day if day and day < self.today else None

    @property
    def next_step(self) -> Milestone | None:
        """Return the milestone that comes next, the late ones put aside."""
        return next((step for step in self.ahead if not step.due_on or step.due_on >= self.today), None)

    @property
    def next_on(self) -> date | None:
        """Return the first day to come for which something is planned."""
        days = (self.action.ends_on, *(step.due_on for step in self.ahead))
        return min((day for day in days if day and day >= self.today), default=None)


def match(ids: Collection[int]) -> ColumnElement[bool]:
    """Match these actions: those that a person keeps up to date, as `policy.holds_it` has them."""
    return Action.id.in_(ids)


def list_due_actions(ids: Collection[int], *, is_brief: bool = False) -> list[DueAction]:
    """Return those of these actions that their plan lists; a brief list does without who keeps them, and `said_at`.

    What is late for the longest comes first, then what is due first; what is achieved or dropped comes last.
    """
    return sorted(get_due_actions(ids, is_brief=is_brief).values(), key=_place) if ids else []


def _place(due: DueAction) -> tuple[bool, date, date, int]:
    return not due.action.is_unfinished, due.since or date.max, due.next_on or date.max, due.action.id


def get_due_actions(ids: Collection[int], *, is_brief: bool = False) -> dict[int, DueAction]:
    """Return, by number, those of these actions that their plan lists."""
    query = select(Action).where(Action.id.in_(numbers_parameter("ids")), is_listed())
    rows = db.session.scalars(query, {"ids": list(ids)}).all()
    steps = actions.get_milestones_by_action(ids)
    charges = {} if is_brief else holders.get_holders_by_action(ids)
    said = {} if is_brief else bulletins.get_last_moments(ids)
    return {row.id: _due(row, steps.get(row.id, ()), charges.get(row.id, ()), said.get(row.id)) for row in rows}


def _due(action: Action, steps: Sequence[Milestone], charges: Sequence[Holder], said_at: datetime | None) -> DueAction:
    ahead = sorted((step for step in steps if not step.is_reached), key=lambda step: step.due_on or date.max)
    return DueAction(action, clock.today(), tallies.count_milestones(steps), ahead, charges, said_at)
