"""Which actions a version of a plan changed."""
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from app.core.db import db
from app.plan import outline
from app.plan.models.versions import PlanVersion


def changed_actions(version: PlanVersion) -> list[int]:
    """Return the actions that the version before held too, in other words, dates, places, money or milestones.

    Where an action stands in the plan, and so its code and its weight, is no change of the action.
    """
    query = select(PlanVersion.outline).where(
        PlanVersion.plan_id == version.plan_id, PlanVersion.number == version.number - 1)
    former = db.session.scalar(query)
    before = _by_id(former) if former else {}
    return [number for number, words in _by_id(version.outline).items() if before.get(number, words) != words]


def _by_id(data: dict[str, Any]) -> Mapping[int, dict[str, Any]]:
    """Return what an outline says of each action, without its place."""
    parts = {action.id: vars(action) for action in outline.read(data).actions()}
    return {number: {name: value for name, value in part.items() if name not in ("code", "weight")}
            for number, part in parts.items()}
