"""The law of what an idea may be joined or related to, in SQL: what a list offers is what an act would take."""

from sqlalchemy import ColumnElement, and_, true

from app.communities.twins import of_another
from app.core.actor import Actor
from app.ideas.models import OPEN, Idea
from app.ideas.queries.reading import is_public, readable_by


def joins(actor: Actor, idea: Idea) -> ColumnElement[bool]:
    """Match the ideas that this one may be joined to, as `policy.JOIN` has it."""
    mine = true() if actor.is_coordinator else Idea.community_id.in_(actor.facilitates)
    inside = and_(Idea.is_private, Idea.community_id == idea.community_id)
    circle = inside if idea.is_private else Idea.is_private.is_(False)
    return and_(Idea.id != idea.id, mine, circle, is_public(), Idea.status.in_(OPEN), of_another(actor, Idea))


def relates(actor: Actor, idea: Idea) -> ColumnElement[bool]:
    """Match the ideas that this one may be related to."""
    return and_(Idea.id != idea.id, is_public(), readable_by(actor), of_another(actor, Idea))
