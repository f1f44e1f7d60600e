"""What authors ask of the place of their ideas: the request of an idea that waits."""
from sqlalchemy import select

from app.communities.queries import Room, visible
from app.core.actor import Actor
from app.core.db import db
from app.ideas.models import Idea
from app.moderation.models.desk import MoveRequest


def open_of(idea: Idea) -> MoveRequest | None:
    """Return the request of an idea that waits, or None."""
    return db.session.scalar(select(MoveRequest).where(MoveRequest.idea_id == idea.id, MoveRequest.state == "open"))


def places(actor: Actor, idea: Idea) -> list[Room]:
    """Return the communities that an author may ask for: public and current, without the one that leads the idea."""
    return [room for room in visible(actor).current if not room.is_private and room.id != idea.community_id]
