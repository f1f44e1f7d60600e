"""All that the page of an action shows beside the action itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, and_, func, select

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
from app.plan.queries.action_rows import list_ids, read_ids
from app.plan.queries.actions import ACTION
from app.reference.models import NAMED, Organisation, answers

OBJECTIVE = number_parameter("objective")


@dataclass(frozen=True)
class DataPoint:
    """What an indicator was on a day, by which bulletin; `before` is what it was until then, None at first."""

    on: date
    value: float
    bulletin_id: int
    before: float | None


@dataclass(frozen=True)
class Details:
    """Ids of territories, issues and communities, partners (id, name), rows of funding and of documents in their order.

    `proven` are the milestones whose bulletin is in sight, each with its language: what proves the others is hidden.
    `weight` is that of all the actions that count in its objective; `values` are by indicator, the first day first.
    """

    territories: Sequence[int]
    issues: Sequence[int]
    communities: Sequence[int]
    partners: Sequence[tuple[int, str]]
    funding: Sequence[Row[Any]]
    documents: Sequence[Row[Any]]
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
    places = db.session.execute(_select_place(), {ACTION.key: action.id, OBJECTIVE.key: action.objective_id}).all()
    place = places[0]
    rows = _milestones(action)
    milestones = [milestone for milestone, _lang in rows]
    indicators, values = _indicators(action)
    return Details(
        read_ids(place.territories),
        read_ids(place.issues),
        read_ids(place.communities),
        list({row.id: (row.id, row.name) for row in places if row.id}.values()),
        _rows(Funding, action),
        _rows(ActionDocument, action),
        milestones,
        {milestone.id: lang for milestone, lang in rows if lang},
        indicators,
        values,
        tallies.count_milestones(milestones),
        place.weight or 0,
    )


@cache
def _select_place() -> Select[Any]:
    """Select where an action stands on each axis, what the actions that count in its objective weigh, and its partners.

    That is a row for each partner, one where there is none.
    """
    weight = select(func.sum(Action.weight)).where(Action.objective_id == OBJECTIVE, actions.is_living())
    query = select(
        list_ids(ActionTerritory.territory_id, ACTION).label("territories"),
        list_ids(ActionIssue.issue_id, ACTION).label("issues"),
        list_ids(ActionCommunity.community_id, ACTION).label("communities"),
        weight.correlate(None).scalar_subquery().label("weight"),
        Organisation.id,
        Organisation.name,
    )
    query = query.select_from(Action).outerjoin(ActionPartner, ActionPartner.action_id == Action.id)
    query = query.outerjoin(NAMED, NAMED.c.id == ActionPartner.organisation_id).outerjoin(Organisation, answers())
    return query.where(Action.id == ACTION).order_by(Organisation.sort_key, Organisation.id)


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
    return db.session.execute(_select_rows(model), {ACTION.key: action.id}).all()


@cache
def _select_rows(model: Any) -> Select[Any]:
    table = model.__table__
    return select(table).where(table.c.action_id == ACTION).order_by(table.c.position, table.c.id)


def _indicators(action: Action) -> tuple[list[Indicator], dict[int, list[DataPoint]]]:
    """Return the indicators of an action in their order, and what bulletins in sight said of each."""
    indicators: list[Indicator] = []
    found: dict[int, list[DataPoint]] = {}
    for indicator, day, value, bulletin_id in db.session.execute(_select_indicators(), {ACTION.key: action.id}):
        if indicator.id not in found:
            indicators.append(indicator)
        points = found.setdefault(indicator.id, [])
        if bulletin_id:
            points.append(DataPoint(day, value, bulletin_id, points[-1].value if points else None))
    return indicators, found


@cache
def _select_indicators() -> Select[Any]:
    said = select(IndicatorValue).join(Bulletin, Bulletin.id == IndicatorValue.bulletin_id)
    values = said.where(Bulletin.action_id == ACTION, Bulletin.in_sight()).subquery().c
    query = select(Indicator, values.measured_on, values.value, values.bulletin_id)
    query = query.outerjoin_from(Indicator, values.id.table, values.indicator_id == Indicator.id)
    query = query.where(Indicator.action_id == ACTION, Indicator.removed_at.is_(None))
    return query.order_by(Indicator.position, Indicator.id, values.measured_on, values.id)
