"""How far each action of a plan is, in two statements, for what reads or writes the whole plan."""

from dataclasses import dataclass, field

from sqlalchemy import and_, select

from app.core.db import db
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action, Milestone, Plan


@dataclass
class ActionProgress:
    """The state of an action, what its holder declared (0 to 100), and its milestones that were reached, by id.

    `proven` are the ids of those whose bulletin is in sight: what proves the others is hidden with it.
    """

    state: str = "planned"
    progress: int = 0
    is_public: bool = True
    reached: dict[int, Milestone] = field(default_factory=dict)
    proven: set[int] = field(default_factory=set)


def get_progress_by_action(plan: Plan) -> dict[int, ActionProgress]:
    """Return the progress of each action in the present version of a plan, by id, of the hidden ones too."""
    actions = db.session.scalars(select(Action).where(Action.plan_id == plan.id, Action.removed_at.is_(None)))
    found = {action.id: ActionProgress(action.state, action.progress, action.is_public) for action in actions}
    in_sight = and_(Bulletin.id == Milestone.bulletin_id, Bulletin.in_sight())
    reached = (
        select(Milestone, Bulletin.id)
        .outerjoin(Bulletin, in_sight)
        .join(Action, Action.id == Milestone.action_id)
        .where(
            Action.plan_id == plan.id,
            Action.removed_at.is_(None),
            Milestone.reached_on.is_not(None),
            Milestone.removed_at.is_(None),
        )
    )
    for milestone, bulletin_id in db.session.execute(reached).tuples():
        found[milestone.action_id].reached[milestone.id] = milestone
        found[milestone.action_id].proven |= {milestone.id} if bulletin_id else set()
    return found
