"""What waits for a decision that nobody may take: who has the charge wrote it, or reported it."""
from collections.abc import Collection, Sequence

from sqlalchemy import or_, select

from app.accounts.models.people import User
from app.communities.actors import actor_for
from app.communities.models import Facilitator
from app.core.actor import Actor
from app.core.db import db
from app.desk.queries.queues import Scope, slots
from app.ideas import policy as ideas
from app.ideas.models import Idea

QUEUES = ("pending", "changes", "cases", "appeals", "requests", "handovers")
# Whoever has every charge and wrote nothing: what waits for them is all that waits.
ANYBODY = Actor(id=0, role="coordinator")


def count() -> int:
    """Count what waits and that nobody who has a charge now may decide on."""
    team = [actor_for(user) for user in db.session.scalars(select(User).where(or_(
        User.site_role == "coordinator", User.id.in_(select(Facilitator.user_id).where(Facilitator.running())))))]
    return sum(len(_stuck(team, queue)) for queue in QUEUES) + len(_unanswered(team))


def _stuck(team: Sequence[Actor], queue: str) -> Collection[tuple[str, int]]:
    waiting = _slots(ANYBODY, queue)
    for actor in team:
        waiting = waiting and waiting - _slots(actor, queue)
    return waiting


def _slots(actor: Actor, queue: str) -> set[tuple[str, int]]:
    waits = slots(Scope(actor), queue)
    return {(kind, row_id) for kind, row_id in db.session.execute(select(waits.c.kind, waits.c.id))}


def _unanswered(team: Sequence[Actor]) -> list[Idea]:
    """Find the ideas that are late to be answered; each person of the team may answer what another of them wrote."""
    late = [row_id for _kind, row_id in _slots(ANYBODY, "unanswered")]
    wrote = Idea.author_id.in_([actor.own_id for actor in team])
    reported = Idea.id.in_([row_id for actor in team for row_id in actor.reported_ids("idea")])
    query = select(Idea).where(Idea.id.in_(late), or_(wrote, reported) if team else Idea.id.is_not(None))
    return [idea for idea in db.session.scalars(query)
            if not any(ideas.ANSWER.permits(actor, idea) for actor in team)]
