"""What moved in the current plan lately, and how far it is, for the first page: one statement for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, bindparam, func, or_, select, true
from sqlalchemy.orm import aliased, defer, load_only

from app.core import clock, versions
from app.core.db import Moment, db, number_parameter
from app.ideas.indexes import IS_MOVE
from app.ideas.models import Idea, StatusChange
from app.ideas.queries.reading import in_public
from app.plan.models.links import Link
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action, ActionCommunity, Milestone, Objective, Orientation, Plan
from app.plan.queries import tallies
from app.plan.queries.action_rows import list_ids, list_rooms
from app.plan.queries.actions import is_listed
from app.plan.queries.links import is_in_force
from app.plan.tree import ActionRow, Heading, Tree, build_tree

# Since when; and how many bulletins at the most.
SINCE, LIMIT = bindparam("since", type_=Moment), number_parameter("limit")
ANSWERS = ("under_review", "retained", "declined")


@dataclass(frozen=True)
class Month:
    """How many actions moved or reached a milestone, and how many milestones were reached, ideas joined, answers given.

    `bulletins` are the last ones, one for each action, the newest first. All of it is public.
    """

    actions: int
    milestones: int
    ideas: int
    answers: int
    bulletins: Sequence[tuple[Bulletin, Action]]


def find_current_tree() -> Tree | None:
    """Return the current plan with the titles of its orientations and no other words; None where none is published.

    It is kept until a content changes. Its actions name their communities, and no other axis.
    """
    return versions.get_or_load(("current tree", clock.today()), _load_tree)


def _load_tree() -> Tree | None:
    rows = db.session.execute(_select_tree()).all()
    if not rows:
        return None
    orientations = {
        row.orientation: Heading(row.orientation, "", row.orientation_title, row.orientation_weight) for row in rows
    }
    objectives = {
        row.objective: Heading(row.objective, "", "", row.objective_weight, parent_id=row.orientation) for row in rows
    }
    actions = map(_build_action, rows)
    return build_tree(orientations.values(), objectives.values(), actions, clock.today())


def _build_action(row: Any) -> ActionRow:
    return ActionRow(
        row.id,
        row.objective,
        "",
        "",
        row.state,
        row.state_at,
        row.weight,
        row.progress,
        ends_on=row.ends_on,
        tally=tallies.build_tally(row),
        next_due=row.next_due,
        communities=list_rooms(row),
    )


@cache
def _select_tree() -> Select[Any]:
    query = select(
        Action.id,
        Action.state,
        Action.state_at,
        Action.weight,
        Action.progress,
        Action.ends_on,
        Action.community_id,
        list_ids(ActionCommunity.community_id).label("communities"),
        Objective.id.label("objective"),
        Objective.weight.label("objective_weight"),
        Orientation.id.label("orientation"),
        Orientation.title.label("orientation_title"),
        Orientation.weight.label("orientation_weight"),
        *tallies.tally_columns(),
    )
    query = query.join(Plan, Plan.id == Action.plan_id).join(Objective, Objective.id == Action.objective_id)
    query = query.join(Orientation, Orientation.id == Objective.orientation_id).outerjoin(
        Milestone, and_(Milestone.action_id == Action.id, Milestone.removed_at.is_(None))
    )
    return (
        query.where(_is_listed())
        .group_by(Action.id, Objective.id, Orientation.id)
        .order_by(Orientation.position, Objective.position, Action.position, Action.id)
    )


def get_month(since: datetime, limit: int) -> Month:
    """Return what moved since a moment, with so many bulletins at the most."""
    rows = db.session.execute(_select_month(), {SINCE.key: since, LIMIT.key: limit}).all()
    found = [(bulletin, action) for *_counts, bulletin, action in rows if bulletin]
    return Month(rows[0].actions, rows[0].milestones, rows[0].ideas, rows[0].answers, found)


@cache
def _select_month() -> Select[Any]:
    counts, last = _count(), _select_last()
    bulletin, action = aliased(Bulletin), aliased(Action)
    query: Select[Any] = select(counts, bulletin, action).select_from(counts).outerjoin(last, true())
    query = query.outerjoin(bulletin, bulletin.id == last.c.id).outerjoin(action, action.id == bulletin.action_id)
    query = query.options(
        defer(bulletin.body, raiseload=True), load_only(action.title, action.community_id, raiseload=True)
    )
    return query.order_by(bulletin.at.desc(), bulletin.id.desc())


def _count() -> Subquery:
    has_reached = select(Milestone.id).where(Milestone.bulletin_id == Bulletin.id).exists()
    actions = _select(func.count(Bulletin.action_id.distinct())).where(
        or_(Bulletin.state != Bulletin.state_before, has_reached)
    )
    milestones = (
        _select(func.count(Milestone.id))
        .join(Milestone, Milestone.bulletin_id == Bulletin.id)
        .where(Milestone.removed_at.is_(None))
    )
    counts = {"actions": actions, "milestones": milestones, "ideas": _count_ideas(), "answers": _count_answers()}
    return select(*(query.scalar_subquery().label(name) for name, query in counts.items())).subquery()


def _count_ideas() -> Select[tuple[int]]:
    """Count the ideas that came into the plan."""
    return (
        select(func.count(Link.idea_id.distinct()))
        .select_from(Link)
        .join(Action)
        .join(Plan)
        .join(Idea, Idea.id == Link.idea_id)
        .where(is_in_force(), Link.answered_at >= SINCE, _is_listed(), in_public())
    )


def _count_answers() -> Select[tuple[int]]:
    """Count the answers that teams gave; what derives from the plan is none."""
    return (
        select(func.count())
        .select_from(StatusChange)
        .join(Idea, Idea.id == StatusChange.idea_id)
        .where(
            IS_MOVE,
            StatusChange.at >= SINCE,
            StatusChange.action_id.is_(None),
            in_public(),
            or_(StatusChange.stays, StatusChange.status.in_(ANSWERS)),
        )
    )


def _select_last() -> Subquery:
    """Select the last bulletin of each action, the newest ones."""
    last = func.max(Bulletin.id)
    query = _select(last.label("id")).group_by(Action.id)
    return query.order_by(last.desc(), Action.id).limit(LIMIT).subquery()


def _select(column: Any) -> Select[Any]:
    """Select a column of the bulletins since a moment, joined to their action and its plan."""
    query = select(column).select_from(Bulletin).join(Action, Action.id == Bulletin.action_id).join(Plan)
    return query.where(Bulletin.at >= SINCE, _is_listed(), Bulletin.in_sight())


def _is_listed() -> ColumnElement[bool]:
    """Match what the page of the current plan shows of its actions."""
    return and_(Plan.is_current, Plan.number > 0, is_listed())
