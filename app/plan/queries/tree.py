"""The tree of a plan: few columns of each row, and as many statements whatever its size."""

from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, case, func, literal, select, union_all

from app.core import clock
from app.core.db import db, number_parameter
from app.core.text import markdown
from app.core.text.plain import excerpt
from app.plan.models.progress import Bulletin
from app.plan.models.structure import (
    Action,
    ActionCommunity,
    ActionIssue,
    ActionPartner,
    ActionTerritory,
    Funding,
    Milestone,
    Objective,
    Orientation,
    Plan,
)
from app.plan.progress import Tally
from app.plan.queries import tallies
from app.plan.queries.actions import is_listed
from app.plan.tree import NOTHING, ActionRow, Explanation, Heading, Tree, build_tree
from app.reference.models import Organisation

# The number of the plan whose rows a statement selects.
PLAN = number_parameter("plan")
AXES = {
    "territories": ActionTerritory.territory_id,
    "issues": ActionIssue.issue_id,
    "communities": ActionCommunity.community_id,
    "partners": ActionPartner.organisation_id,
}
EXPLANATION_LENGTH = 240


def get_tree(plan: Plan) -> Tree:
    """Return what the present version of a plan holds, but for hidden actions, whoever asks."""
    orientations, objectives = _headings(plan)
    counted, axes, explanations = _tallies(plan), _axes(plan), _explanations(plan)
    actions = [
        _action(row, counted.get(row.id, (Tally(), None)), axes.get(row.id, {}), explanations.get(row.id, NOTHING))
        for row in db.session.execute(_select_actions(), {PLAN.key: plan.id})
    ]
    return build_tree(orientations, objectives, actions, clock.today())


def _headings(plan: Plan) -> tuple[list[Heading], list[Heading]]:
    """Return the orientations and their objectives, in the order of the plan."""
    orientations: dict[int, Heading] = {}
    objectives = []
    for row in db.session.execute(_select_headings(), {PLAN.key: plan.id}):
        orientations.setdefault(row[0], Heading(*row[:5]))
        if row[5]:
            objectives.append(Heading(row[5], row[6], row[7], row[8], parent_id=row[0]))
    return list(orientations.values()), objectives


@cache
def _select_headings() -> Select[Any]:
    inner = and_(Objective.orientation_id == Orientation.id, Objective.removed_at.is_(None))
    query = (
        select(
            Orientation.id,
            Orientation.code,
            Orientation.title,
            Orientation.weight,
            Orientation.summary,
            Objective.id,
            Objective.code,
            Objective.title,
            Objective.weight,
        )
        .outerjoin(Objective, inner)
        .where(Orientation.plan_id == PLAN, Orientation.removed_at.is_(None))
    )
    return query.order_by(Orientation.position, Orientation.id, Objective.position, Objective.id)


@cache
def _select_actions() -> Select[Any]:
    money = select(func.coalesce(func.sum(Funding.amount), 0)).where(Funding.action_id == Action.id).scalar_subquery()
    query = select(
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
        money.label("funding"),
    ).outerjoin(Organisation, Organisation.id == Action.lead_id)
    return query.where(_is_listed()).order_by(Action.position, Action.id)


def _is_listed() -> ColumnElement[bool]:
    """Match the actions of the plan `PLAN` that its pages show and count."""
    return and_(Action.plan_id == PLAN, is_listed())


def _tallies(plan: Plan) -> dict[int, tuple[Tally, date | None]]:
    """Return the milestones of each action, counted, with `next_due`, the first day planned for one to reach."""
    rows = db.session.execute(_select_tallies(), {PLAN.key: plan.id})
    return {row.action_id: (tallies.build_tally(row), row.next_due) for row in rows}


@cache
def _select_tallies() -> Select[Any]:
    return tallies.select_by_action().join(Action, Action.id == Milestone.action_id).where(_is_listed())


def _axes(plan: Plan) -> dict[int, dict[str, tuple[int, ...]]]:
    """Return where each action stands on each axis, and its partners, by ids of rows."""
    found: dict[int, dict[str, tuple[int, ...]]] = {}
    for action_id, name, row_id in sorted(db.session.execute(_select_axes(), {PLAN.key: plan.id}).tuples()):
        axes = found.setdefault(action_id, {})
        axes[name] = (*axes.get(name, ()), row_id)
    return found


@cache
def _select_axes() -> CompoundSelect[Any]:
    return union_all(
        *(
            select(column.class_.action_id, literal(name), column)
            .join(Action, Action.id == column.class_.action_id)
            .where(_is_listed())
            for name, column in AXES.items()
        )
    )


def _explanations(plan: Plan) -> dict[int, Explanation]:
    """Return what blocks each action, as its last bulletin says, or why it was dropped."""
    rows = db.session.execute(_select_explanations(), {PLAN.key: plan.id}).tuples()
    return {
        action_id: Explanation(excerpt(markdown.to_line(html) or blocker, EXPLANATION_LENGTH), lang)
        for action_id, lang, blocker, html in rows
    }


@cache
def _select_explanations() -> Select[Any]:
    last = (
        select(func.max(Bulletin.id))
        .join(Action, Action.id == Bulletin.action_id)
        .where(_is_listed(), Bulletin.in_sight())
        .group_by(Bulletin.action_id)
    )
    words = case((Action.state == "dropped", Bulletin.body_html), else_="")
    query = select(Bulletin.action_id, Bulletin.lang, Bulletin.blocker, words)
    return query.join(Action, Action.id == Bulletin.action_id).where(Bulletin.id.in_(last))


def _action(
    row: Any, counted: tuple[Tally, date | None], axes: dict[str, tuple[int, ...]], explanation: Explanation
) -> ActionRow:
    tally, next_due = counted
    communities = dict.fromkeys((*filter(None, [row.community_id]), *axes.get("communities", ())))
    return ActionRow(
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
        int(row.funding),
        tally,
        next_due,
        explanation=explanation,
        **axes | {"communities": tuple(communities)},
    )
