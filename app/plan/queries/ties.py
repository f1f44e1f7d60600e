"""Which ideas an action answers: by a link in force of their own, or of a duplicate that was joined to them.

An action answers while it lives in the current plan, and for good once it is achieved, in whatever plan.
"""

from collections.abc import Collection
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from app.core.db import constant, db, numbers_parameter
from app.ideas.indexes import IS_PUBLISHED
from app.ideas.models import Idea
from app.plan.models.links import Link
from app.plan.models.structure import Action, Plan
from app.plan.queries.actions import is_living
from app.plan.queries.links import is_in_force

IDS, ACTIONS, PLANS = (numbers_parameter(name) for name in ("ids", "actions", "plans"))


@cache
def select_tied() -> Select[tuple[int]]:
    """Select the ideas that are tied; `Idea` is that of each link, which may be joined to the one that it answers."""
    answered = func.coalesce(Idea.merged_into, Idea.id).label("idea_id")
    query = select(answered).select_from(Link).join(Idea, Idea.id == Link.idea_id)
    query = query.join(Action, Action.id == Link.action_id).join(Plan, Plan.id == Action.plan_id)
    return query.where(is_in_force(), answers(), or_(Idea.merged_into.is_(None), IS_PUBLISHED))


def answers() -> ColumnElement[bool]:
    """Match, where plans are joined, the actions that answer what they are linked to."""
    return and_(is_living(), Plan.number > 0, or_(Plan.is_current, Action.state == constant("achieved")))


def find_linked_ideas(action_ids: Collection[int], plan_ids: Collection[int]) -> set[int]:
    """Return the ideas that were ever linked to these actions, or to an action of these plans."""
    found = db.session.scalars(_select_linked(), {ACTIONS.key: list(action_ids), PLANS.key: list(plan_ids)})
    return set(found)


@cache
def _select_linked() -> Select[tuple[int]]:
    query = select(Link.idea_id).join(Action, Action.id == Link.action_id)
    return query.where(or_(Link.action_id.in_(ACTIONS), Action.plan_id.in_(PLANS)))


def find_receivers(ids: Collection[int]) -> set[int]:
    """Return the ideas that some of these were joined to."""
    return set(db.session.scalars(_select_receivers(), {IDS.key: list(ids)}))


@cache
def _select_receivers() -> Select[Any]:
    return select(Idea.merged_into).where(Idea.id.in_(IDS), Idea.merged_into.is_not(None))


def find_wrong(ids: Collection[int]) -> dict[bool, list[int]]:
    """Return which of these ideas do not say whether they are tied as it is, by what they should say."""
    found: dict[bool, list[int]] = {}
    for idea_id, is_tied in db.session.execute(_select_wrong(), {IDS.key: list(ids)}):
        found.setdefault(not is_tied, []).append(idea_id)
    return found


@cache
def _select_wrong() -> Select[Any]:
    one = aliased(Idea)
    among = or_(Idea.id.in_(IDS), Idea.merged_into.in_(IDS))
    is_true = one.id.in_(select_tied().where(among))
    return select(one.id, one.is_tied).where(one.id.in_(IDS), one.is_tied != is_true).order_by(one.id)
