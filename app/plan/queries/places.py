"""The living actions of the current plan in each place: how many, and the first ones."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from app.core import dialect, versions
from app.core.db import db
from app.ideas.models import Idea, IdeaTag
from app.ideas.queries.lists import Filters
from app.ideas.queries.reading import in_public
from app.plan.models.links import Link
from app.plan.models.structure import (
    Action,
    ActionCommunity,
    ActionIssue,
    ActionTerritory,
    Objective,
    Orientation,
    Plan,
)
from app.plan.queries.action_rows import list_ids, read_ids
from app.plan.queries.actions import is_living
from app.plan.queries.links import is_in_force
from app.plan.tree import ActionRow
from app.reference.extents import find_extents

STATEMENTS = 200


def count_actions(filters: Filters) -> Counter[str] | None:
    """Return how many living actions are in each extent (`reference/extents.py`), or None where no plan is in force.

    Of the filters, a community, an issue and a tag narrow it: an action has the tags of the ideas that it answers.
    """
    narrowed = filters.community, filters.issue, filters.tag
    return versions.get_or_load(("actions in places", narrowed), lambda: _count(*narrowed))


def _count(*narrowed: tuple[int, ...]) -> Counter[str] | None:
    rows = db.session.execute(_select(*narrowed)).all()
    if not rows:
        return None
    return Counter(extent for action_id, place_ids in rows if action_id for extent in find_extents(read_ids(place_ids)))


@lru_cache(maxsize=STATEMENTS)
def _select(community: tuple[int, ...], issue: tuple[int, ...], tag: tuple[int, ...]) -> Select[Any]:
    """Select the actions with their territories: one row without an action where a plan is in force and has none."""
    passes = and_(Action.plan_id == Plan.id, is_living(), *_tests(community, issue, tag))
    query = select(Action.id, list_ids(ActionTerritory.territory_id)).select_from(Plan).outerjoin(Action, passes)
    return query.where(Plan.is_current, Plan.number > 0)


def list_actions(filters: Filters, size: int) -> list[ActionRow]:
    """Return the first of these actions in the order of the plan; places narrow them too."""
    narrowed = filters.community, filters.issue, filters.tag
    return [ActionRow(*row) for row in db.session.execute(_select_first(*narrowed, filters.territory, size))]


@lru_cache(maxsize=STATEMENTS)
def _select_first(
    community: tuple[int, ...], issue: tuple[int, ...], tag: tuple[int, ...], territory: tuple[int, ...], size: int
) -> Select[Any]:
    query = select(
        Action.id,
        Action.objective_id,
        Action.code,
        Action.title,
        Action.state,
        Action.state_at,
        Action.weight,
        Action.progress,
    ).join(Plan, Plan.id == Action.plan_id)
    query = query.join(Objective, Objective.id == Action.objective_id)
    query = query.join(Orientation, Orientation.id == Objective.orientation_id)
    query = query.where(Plan.is_current, Plan.number > 0, is_living(), *_tests(community, issue, tag))
    if territory:
        query = query.where(_has(ActionTerritory.territory_id, territory))
    return query.order_by(Orientation.position, Objective.position, Action.position, Action.id).limit(size)


def _tests(community: tuple[int, ...], issue: tuple[int, ...], tag: tuple[int, ...]) -> Iterator[ColumnElement[bool]]:
    if community:
        yield or_(Action.community_id.in_(community), _has(ActionCommunity.community_id, community))
    if issue:
        yield _has(ActionIssue.issue_id, issue)
    if tag:
        ideas = select(Link.id).join(Idea, Idea.id == Link.idea_id).join(IdeaTag, IdeaTag.idea_id == Idea.id)
        ideas = ideas.where(Link.action_id == Action.id, is_in_force(), in_public(), IdeaTag.tag_id.in_(tag))
        yield dialect.has_row(ideas.correlate(Action))


def _has(column: Any, ids: tuple[int, ...]) -> ColumnElement[bool]:
    """Match an action that has one of these values."""
    rows = select(column.class_.action_id).where(column.class_.action_id == Action.id, column.in_(ids))
    return dialect.has_row(rows.correlate(Action))
