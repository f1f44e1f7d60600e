"""All that the page of an action shows beside the action itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, Select, and_, func, literal, select, union_all

from app.core.db import db, number_parameter
from app.plan.models.progress import Bulletin, IndicatorValue
from app.plan.models.structure import (
    Action,
    ActionCommunity,
    ActionDocument,
    ActionIssue,
    ActionPartner,
    ActionTerritory,
    Funding,
    Indicator,
    Milestone,
)
from app.plan.progress import Tally
from app.plan.queries import actions, tallies
from app.plan.queries.actions import ACTION
from app.reference.models import Organisation

AXES = {
    "territory": ActionTerritory.territory_id,
    "issue": ActionIssue.issue_id,
    "community": ActionCommunity.community_id,
}


@dataclass(frozen=True)
class DataPoint:
    """What an indicator was on a day, by which bulletin; `before` is what it was until then, None at first."""

    on: date
    value: float
    bulletin_id: int
    before: float | None


@dataclass(frozen=True)
class Details:
    """Ids of territories, issues and communities, partners (id, name), rows in their order.

    `proven` are the milestones whose bulletin is in sight, each with its language: what proves the others is hidden.
    `weight` is that of all the actions that count in its objective; `values` are by indicator, the first day first.
    """

    territories: Sequence[int]
    issues: Sequence[int]
    communities: Sequence[int]
    partners: Sequence[tuple[int, str]]
    funding: Sequence[Funding]
    documents: Sequence[ActionDocument]
    milestones: Sequence[Milestone]
    proven: Mapping[int, str]
    indicators: Sequence[Indicator]
    values: dict[int, list[DataPoint]]
    tally: Tally
    weight: int

    @property
    def funding_total(self) -> int:
        """Return the dollars that the action has."""
        return sum(row.amount for row in self.funding)


def get_details(action: Action) -> Details:
    """Return what belongs to an action in the present version of its plan."""
    axes = _axes(action)
    ids = {name: [row_id for row_id, _key, _name in rows] for name, rows in axes.items()}
    rows = _milestones(action)
    milestones = [milestone for milestone, _lang in rows]
    proven = {milestone.id: lang for milestone, lang in rows if lang}
    return Details(
        ids["territory"],
        ids["issue"],
        ids["community"],
        [(row_id, name) for row_id, _key, name in axes["partner"]],
        _rows(Funding, action),
        _rows(ActionDocument, action),
        milestones,
        proven,
        actions.list_indicators(action.id),
        _values(action),
        tallies.count_milestones(milestones),
        _weight(action),
    )


def _axes(action: Action) -> dict[str, list[tuple[int, str, str]]]:
    """Return, of each axis, the rows where an action stands, and its partners by name."""
    found: dict[str, list[tuple[int, str, str]]] = {name: [] for name in (*AXES, "partner")}
    for name, row_id, key, title in db.session.execute(_select_axes(), {ACTION.key: action.id}).tuples():
        found[name].append((row_id, key, title))
    return {name: sorted(rows, key=lambda row: (row[1], row[0])) for name, rows in found.items()}


@cache
def _select_axes() -> CompoundSelect[Any]:
    parts = [
        select(literal(name), column, literal(""), literal("")).where(column.class_.action_id == ACTION)
        for name, column in AXES.items()
    ]
    partners = (
        select(literal("partner"), Organisation.id, Organisation.sort_key, Organisation.name)
        .join(ActionPartner, ActionPartner.organisation_id == Organisation.id)
        .where(ActionPartner.action_id == ACTION)
    )
    return union_all(*parts, partners)


def _milestones(action: Action) -> Sequence[tuple[Milestone, str | None]]:
    """Return the milestones of an action in order, and the language of what reached each, where it is in sight."""
    return db.session.execute(_select_milestones(), {ACTION.key: action.id}).tuples().all()


@cache
def _select_milestones() -> Select[Any]:
    in_sight = and_(Bulletin.id == Milestone.bulletin_id, Bulletin.in_sight())
    query = (
        select(Milestone, Bulletin.lang)
        .outerjoin(Bulletin, in_sight)
        .where(Milestone.action_id == ACTION, Milestone.removed_at.is_(None))
    )
    return query.order_by(Milestone.position, Milestone.id)


def _rows(model: Any, action: Action) -> Sequence[Any]:
    return db.session.scalars(_select_rows(model), {ACTION.key: action.id}).all()


@cache
def _select_rows(model: Any) -> Select[Any]:
    return select(model).where(model.action_id == ACTION).order_by(model.position, model.id)


def _values(action: Action) -> dict[int, list[DataPoint]]:
    """Return the values of its indicators that a bulletin in sight said."""
    found: dict[int, list[DataPoint]] = {}
    for indicator_id, day, value, bulletin_id in db.session.execute(_select_values(), {ACTION.key: action.id}).tuples():
        values = found.setdefault(indicator_id, [])
        values.append(DataPoint(day, value, bulletin_id, values[-1].value if values else None))
    return found


@cache
def _select_values() -> Select[Any]:
    query = select(
        IndicatorValue.indicator_id, IndicatorValue.measured_on, IndicatorValue.value, IndicatorValue.bulletin_id
    )
    query = query.join(Bulletin, Bulletin.id == IndicatorValue.bulletin_id)
    query = query.where(Bulletin.action_id == ACTION, Bulletin.in_sight())
    return query.order_by(IndicatorValue.measured_on, IndicatorValue.id)


def _weight(action: Action) -> int:
    return db.session.scalar(_select_weight(), {"objective": action.objective_id}) or 0


@cache
def _select_weight() -> Select[tuple[int]]:
    return select(func.sum(Action.weight)).where(
        Action.objective_id == number_parameter("objective"), actions.is_living()
    )
