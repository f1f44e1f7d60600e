"""What was said of actions, as people are told of it."""
from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import select

from app.core.db import db
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action, Milestone


@dataclass(frozen=True)
class Telling:
    """A bulletin, and the titles of the milestones that it ticked, in their order."""

    bulletin: Bulletin
    milestones: list[str] = field(default_factory=list)


def some(ids: Collection[int]) -> dict[int, Telling]:
    """Return those of these bulletins that are in sight, with their actions."""
    query = select(Bulletin, Milestone.title).join(Bulletin.action)
    query = query.outerjoin(Milestone, Milestone.bulletin_id == Bulletin.id)
    query = query.where(Bulletin.id.in_(ids), Bulletin.in_sight(), Action.in_sight()).order_by(
        Bulletin.id, Milestone.position, Milestone.id)
    found: dict[int, Telling] = {}
    for bulletin, title in db.session.execute(query).tuples():
        telling = found.setdefault(bulletin.id, Telling(bulletin))
        telling.milestones.extend([title] if title else [])
    return found
