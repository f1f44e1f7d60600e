"""Which ideas the current plan answers: those that a link in force ties to one of its living actions."""

from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import Select, or_, select

from app.core.db import db, numbers_parameter
from app.ideas.models import Idea
from app.plan.models.links import Link
from app.plan.models.structure import Action, Plan
from app.plan.queries.actions import is_living
from app.plan.queries.links import is_in_force

IDS, ACTIONS, PLANS = (numbers_parameter(name) for name in ("ids", "actions", "plans"))


@cache
def select_tied() -> Select[tuple[int]]:
    """Select the ideas that are tied; SQL twin of `Link.is_in_force`, `Action.is_living` and a plan that is current."""
    query = select(Link.idea_id).join(Action, Action.id == Link.action_id).join(Plan, Plan.id == Action.plan_id)
    return query.where(is_in_force(), is_living(), Plan.is_current, Plan.number > 0)


def find_linked_ideas(action_ids: Collection[int], plan_ids: Collection[int]) -> set[int]:
    """Return the ideas that were ever linked to these actions, or to an action of these plans."""
    found = db.session.scalars(_select_linked(), {ACTIONS.key: list(action_ids), PLANS.key: list(plan_ids)})
    return set(found)


@cache
def _select_linked() -> Select[tuple[int]]:
    query = select(Link.idea_id).join(Action, Action.id == Link.action_id)
    return query.where(or_(Link.action_id.in_(ACTIONS), Action.plan_id.in_(PLANS)))


def find_wrong(ids: Collection[int]) -> dict[bool, list[int]]:
    """Return which of these ideas do not say whether they are tied as it is, by what they should say."""
    found: dict[bool, list[int]] = {}
    for idea_id, is_tied in db.session.execute(_select_wrong(), {IDS.key: list(ids)}):
        found.setdefault(not is_tied, []).append(idea_id)
    return found


@cache
def _select_wrong() -> Select[Any]:
    is_true = Idea.id.in_(select_tied().where(Link.idea_id.in_(IDS)))
    return select(Idea.id, Idea.is_tied).where(Idea.id.in_(IDS), Idea.is_tied != is_true).order_by(Idea.id)
