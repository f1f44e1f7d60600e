"""All actions of the current plan, so that a page which lists issues, places or organisations adds up each one's."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select

from app.core import versions
from app.core.db import db
from app.hubs.queries.subjects import in_current_plan
from app.plan.models.structure import Action, Objective, Orientation, Plan
from app.plan.queries.action_rows import build_action_row, select_action_rows
from app.plan.tree import ActionRow


@dataclass(frozen=True)
class LastBulletin:
    """The last bulletin in sight of an action: `has_moved` tells whether it brought the action to its `state`."""

    at: datetime
    html: str
    lang: str
    state: str
    has_moved: bool


@dataclass(frozen=True)
class Deeds:
    """The actions that the page of the current plan shows, whoever asks, in its order, and the last word on each."""

    actions: tuple[ActionRow, ...]
    bulletins: Mapping[int, LastBulletin]

    def in_places(self, ids: Collection[int]) -> list[ActionRow]:
        """Return those that name one of these territories."""
        return [action for action in self.actions if not set(ids).isdisjoint(action.territories)]

    def on_issue(self, issue_id: int) -> list[ActionRow]:
        return [action for action in self.actions if issue_id in action.issues]

    def of_community(self, community_id: int) -> list[ActionRow]:
        return [action for action in self.actions if community_id in action.communities]

    def of_organisation(self, organisation_id: int) -> list[ActionRow]:
        """Return those that an organisation leads or is a partner of."""
        return [
            action for action in self.actions if action.lead_id == organisation_id or organisation_id in action.partners
        ]


def get_deeds() -> Deeds:
    """Return them in one statement, kept until a content changes."""
    return versions.get_or_load("deeds", _load)


def _load() -> Deeds:
    rows = db.session.execute(_select()).all()
    return Deeds(tuple(map(build_action_row, rows)), {row.id: _read_bulletin(row) for row in rows if row.said_at})


@cache
def _select() -> Select[Any]:
    query = select_action_rows().join(Plan, Plan.id == Action.plan_id)
    query = query.join(Objective, Objective.id == Action.objective_id)
    query = query.join(Orientation, Orientation.id == Objective.orientation_id)
    query = query.where(in_current_plan())
    return query.order_by(Orientation.position, Objective.position, Action.position, Action.id)


def _read_bulletin(row: Any) -> LastBulletin:
    return LastBulletin(row.said_at, row.body_html, row.lang, row.said_state, row.said_state != row.state_before)
