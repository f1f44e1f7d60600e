"""The tree of a plan: few columns of each row, and as many statements whatever its size."""
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, select, union_all

from app.core import clock
from app.core.db import db
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
from app.plan.tree import ActionRow, Heading, Tree, build
from app.reference.models import Organisation

AXES = {
    "territories": ActionTerritory.territory_id, "issues": ActionIssue.issue_id,
    "communities": ActionCommunity.community_id, "partners": ActionPartner.organisation_id}
NOTE = 240


def read(plan: Plan) -> Tree:
    """Return what the present version of a plan holds, but for hidden actions, whoever asks."""
    orientations, objectives = _headings(plan)
    tallies, places, notes = _tallies(plan), _places(plan), _notes(plan)
    actions = [
        _action(row, tallies.get(row.id), places.get(row.id, {}), notes.get(row.id, ""))
        for row in db.session.execute(_select_actions(plan))]
    return build(orientations, objectives, actions, clock.today())


def _headings(plan: Plan) -> tuple[list[Heading], list[Heading]]:
    """Return the orientations and their objectives, in the order of the plan."""
    inner = and_(Objective.orientation_id == Orientation.id, Objective.removed_at.is_(None))
    query = select(
        Orientation.id, Orientation.code, Orientation.title, Orientation.weight, Orientation.summary,
        Objective.id, Objective.code, Objective.title, Objective.weight,
    ).outerjoin(Objective, inner).where(Orientation.plan_id == plan.id, Orientation.removed_at.is_(None))
    query = query.order_by(Orientation.position, Orientation.id, Objective.position, Objective.id)
    orientations: dict[int, Heading] = {}
    objectives = []
    for row in db.session.execute(query):
        orientations.setdefault(row[0], Heading(*row[:5]))
        if row[5]:
            objectives.append(Heading(row[5], row[6], row[7], row[8], parent_id=row[0]))
    return list(orientations.values()), objectives


def _select_actions(plan: Plan) -> Select[Any]:
    money = select(func.coalesce(func.sum(Funding.amount), 0)).where(Funding.action_id == Action.id).scalar_subquery()
    query = select(
        Action.id, Action.objective_id, Action.code, Action.title, Action.state, Action.state_at, Action.weight,
        Action.progress, Action.starts_on, Action.ends_on, Action.lead_id, Action.community_id,
        Organisation.sort_key, Organisation.name, money.label("funding"),
    ).outerjoin(Organisation, Organisation.id == Action.lead_id)
    return query.where(_shown(plan)).order_by(Action.position, Action.id)


def _shown(plan: Plan) -> ColumnElement[bool]:
    """Match the actions of a plan that its pages show and count."""
    return and_(Action.plan_id == plan.id, Action.removed_at.is_(None), Action.in_sight())


def _tallies(plan: Plan) -> dict[int, Any]:
    """Count the milestones of each action: its tally, and the first day that was planned for one to reach."""
    is_reached = Milestone.reached_on.is_not(None)
    query = select(
        Milestone.action_id, func.count(), func.count(Milestone.reached_on), func.sum(Milestone.weight),
        func.sum(case((is_reached, Milestone.weight), else_=0)), func.min(case((~is_reached, Milestone.due_on))),
    ).join(Action, Action.id == Milestone.action_id).where(_shown(plan), Milestone.removed_at.is_(None))
    rows = db.session.execute(query.group_by(Milestone.action_id)).tuples()
    return {action_id: (Tally(*map(int, numbers)), due) for action_id, *numbers, due in rows}


def _places(plan: Plan) -> dict[int, dict[str, tuple[int, ...]]]:
    """Return where each action stands on each axis, and its partners, by ids of rows."""
    query = union_all(*(
        select(column.class_.action_id, literal(name), column)
        .join(Action, Action.id == column.class_.action_id).where(_shown(plan)) for name, column in AXES.items()))
    found: dict[int, dict[str, tuple[int, ...]]] = {}
    for action_id, name, row_id in sorted(db.session.execute(query).tuples()):
        axes = found.setdefault(action_id, {})
        axes[name] = (*axes.get(name, ()), row_id)
    return found


def _notes(plan: Plan) -> dict[int, str]:
    """Return what blocks each action, as its last bulletin says; why it was dropped, of one that was."""
    last = select(func.max(Bulletin.id)).join(Action, Action.id == Bulletin.action_id).where(
        _shown(plan), Bulletin.in_sight()).group_by(Bulletin.action_id)
    words = case((Action.state == "dropped", Bulletin.body_html), else_="")
    query = select(Bulletin.action_id, Bulletin.blocker, words).join(Action, Action.id == Bulletin.action_id)
    rows = db.session.execute(query.where(Bulletin.id.in_(last))).tuples()
    return {action_id: _short(markdown.to_text(html) or blocker) for action_id, blocker, html in rows}


def _short(text: str) -> str:
    return excerpt(text, NOTE)


def _action(row: Any, counted: Any, places: dict[str, tuple[int, ...]], note: str) -> ActionRow:
    tally, next_due = counted or (Tally(), None)
    own = (row.community_id,) if row.community_id else ()
    communities = dict.fromkeys((*own, *places.get("communities", ())))
    return ActionRow(
        row.id, row.objective_id, row.code, row.title, row.state, row.state_at, row.weight, row.progress, row.starts_on,
        row.ends_on, row.lead_id, (row.sort_key or "", row.name or ""), int(row.funding), tally, next_due, note=note,
        **places | {"communities": tuple(communities)})
