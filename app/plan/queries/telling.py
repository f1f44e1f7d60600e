"""What was said of actions, as people are told of it."""
from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import and_, or_, select

from app.core.actor import Actor
from app.core.db import db
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action, Milestone
from app.plan.queries import actions


@dataclass(frozen=True)
class Telling:
    """A bulletin, and the titles of the milestones that it ticked, in their order."""

    bulletin: Bulletin
    milestones: list[str] = field(default_factory=list)


def some(
        actor: Actor, action_ids: Collection[int], threads: Collection[int], bulletin_ids: Collection[int],
) -> tuple[dict[int, Action], dict[int, Telling]]:
    """Return those of these actions, and of the actions of these threads, that a person may read, by their numbers.

    With them come those of these bulletins that are in sight, as their actions are; all of it in one statement.
    """
    is_told = and_(Bulletin.id.in_(bulletin_ids), Bulletin.in_sight(), Action.in_sight())
    query = select(Action, Bulletin, Milestone.title)
    query = query.outerjoin(Bulletin, and_(Bulletin.action_id == Action.id, is_told))
    query = query.outerjoin(Milestone, Milestone.bulletin_id == Bulletin.id)
    query = query.where(or_(Action.id.in_(action_ids), Action.thread_id.in_(threads)), actions.readable_by(actor))
    found: dict[int, Action] = {}
    tellings: dict[int, Telling] = {}
    for action, bulletin, title in db.session.execute(query.order_by(Bulletin.id, Milestone.position, Milestone.id)):
        found[action.id] = action
        if bulletin:
            tellings.setdefault(bulletin.id, Telling(bulletin)).milestones.extend([title] if title else [])
    return found, tellings
