"""The tree of a plan: two statements whatever its size."""

from functools import cache
from typing import Any

from sqlalchemy import Select, and_, select

from app.core import clock
from app.core.db import db, number_parameter
from app.core.text import markdown
from app.core.text.plain import excerpt
from app.plan.models.structure import Action, Objective, Orientation, Plan
from app.plan.queries.action_rows import build_action_row, select_action_rows
from app.plan.queries.actions import is_listed
from app.plan.tree import NOTHING, Explanation, Heading, Tree, build_tree

# The number of the plan whose rows a statement selects.
PLAN = number_parameter("plan")
EXPLANATION_LENGTH = 240


def get_tree(plan: Plan) -> Tree:
    """Return what the present version of a plan holds, but for hidden actions, whoever asks."""
    orientations, objectives = _headings(plan)
    rows = db.session.execute(_select_actions(), {PLAN.key: plan.id})
    actions = [build_action_row(row, _explain(row)) for row in rows]
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
    return select_action_rows().where(Action.plan_id == PLAN, is_listed()).order_by(Action.position, Action.id)


def _explain(row: Any) -> Explanation:
    """Return why an action was dropped, or else what blocks it, as its last bulletin says."""
    if row.said_at is None:
        return NOTHING
    why = markdown.to_line(row.body_html) if row.state == "dropped" else ""
    return Explanation(excerpt(why or row.blocker, EXPLANATION_LENGTH), row.lang)
