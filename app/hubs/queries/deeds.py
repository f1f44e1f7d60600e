"""All actions of the current plan, so that a page which lists issues, places or organisations adds up each one's."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select

from app.core import versions
from app.core.db import db
from app.hubs.queries.subjects import in_current_plan
from app.plan.models.structure import Action, Plan
from app.plan.queries.action_rows import build_action_row, select_action_rows
from app.plan.tree import ActionRow


@dataclass(frozen=True)
class Deeds:
    """The actions that the page of the current plan shows, whoever asks."""

    actions: tuple[ActionRow, ...]

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
    return Deeds(tuple(build_action_row(row) for row in db.session.execute(_select())))


@cache
def _select() -> Select[Any]:
    query = select_action_rows().join(Plan, Plan.id == Action.plan_id)
    return query.where(in_current_plan()).order_by(Action.position, Action.id)
