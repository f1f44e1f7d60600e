"""What waits for a decision that nobody may take: everybody who has the charge wrote it or reported it."""

from collections.abc import Collection, Sequence

from sqlalchemy import or_, select, true

from app.accounts.models.people import User
from app.communities.actors import actor_for
from app.communities.models import Facilitator
from app.communities.queries import get_rooms
from app.core.actor import Actor
from app.core.db import db
from app.desk.queries.queue_rows import select_all
from app.desk.queries.queues import QUEUES, Scope
from app.ideas import policy as ideas
from app.ideas.models import Idea
from app.ideas.queries.answers import is_unanswered

DECIDED_BY_TEAM = ("pending", "changes", "cases", "appeals", "requests", "handovers", "links")
# Somebody with every charge who wrote nothing: all that waits is on their desk.
ANYBODY = Actor(id=0, role="coordinator")


def count_undecided() -> int:
    """Count what waits for a decision that nobody now in charge may take."""
    team = [
        actor_for(user)
        for user in db.session.scalars(
            select(User).where(
                or_(
                    User.site_role == "coordinator",
                    User.id.in_(select(Facilitator.user_id).where(Facilitator.running())),
                )
            )
        )
    ]
    return sum(len(_rows_without_judge(team, queue)) for queue in DECIDED_BY_TEAM) + len(_ideas_without_answerer(team))


def _rows_without_judge(team: Sequence[Actor], queue: str) -> Collection[tuple[str, int]]:
    remaining = _list_rows(ANYBODY, queue)
    for actor in team:
        remaining = remaining and remaining - _list_rows(actor, queue)
    return remaining


def _list_rows(actor: Actor, queue: str) -> set[tuple[str, int]]:
    subquery = select_all(QUEUES[queue](Scope(actor)))
    return {(kind, row_id) for kind, row_id in db.session.execute(select(subquery.c.kind, subquery.c.id))}


def _ideas_without_answerer(team: Sequence[Actor]) -> list[Idea]:
    """Return the ideas whose answer is late and that nobody of the team may answer.

    Where there is a team, only what one of them wrote or reported can be among them.
    """
    is_theirs = Idea.author_id.in_([actor.own_id for actor in team])
    is_reported = Idea.id.in_([row_id for actor in team for row_id in actor.reported_ids("idea")])
    query = select(Idea).where(is_unanswered(get_rooms().all), or_(is_theirs, is_reported) if team else true())
    return [idea for idea in db.session.scalars(query) if not any(ideas.ANSWER.permits(actor, idea) for actor in team)]
