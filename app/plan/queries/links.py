"""What ties actions to the ideas that they come from."""
from collections.abc import Sequence

from sqlalchemy import select

from app.core.actor import Actor
from app.core.db import db
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.plan.models.links import Link


def ideas_of(_actor: Actor, action_id: int) -> Sequence[Idea]:
    """Return the public ideas whose link to an action is in force, the first to be linked first."""
    query = select(Idea).join(Link, Link.idea_id == Idea.id).where(
        Link.action_id == action_id, Link.answer == "accepted", Link.ended_at.is_(None), reading.in_public())
    return db.session.scalars(query.options(*reading.with_author()).order_by(Link.proposed_at, Link.id)).all()
