"""Hand-overs and requests to move: one, the open one of an idea, those that a team has to answer or has sent."""

from functools import cache
from typing import Any

from sqlalchemy import Select, and_, or_, select, true

from app.accounts.models.changes import HeldRevision
from app.communities.queries import Room, get_visible_rooms
from app.core.actor import Actor
from app.core.db import constant, db
from app.core.errors import NotFound
from app.core.permits import Permission
from app.ideas.models import Idea
from app.ideas.queries.reading import IDEA, is_public
from app.moderation.moves.models import Handover, MoveRequest, Offer

MOST = 100


def get_offer(actor: Actor, handover_id: int, permission: Permission) -> Offer:
    """Return a hand-over by its number. Raise NotFound where it is absent or forbidden, without telling which."""
    offer = find_offer(Handover.id == handover_id)
    if offer is None or not permission.permits(actor, offer):
        raise NotFound()
    return offer


def find_open_offer(idea: Idea) -> Offer | None:
    """Return the hand-over of an idea that waits, or None."""
    return find_offer(Handover.idea_id == idea.id, Handover.state == constant("open"))


def find_open_request(idea: Idea) -> MoveRequest | None:
    """Return the request of an idea that waits, or None."""
    return db.session.scalar(
        select(MoveRequest).where(MoveRequest.idea_id == idea.id, MoveRequest.state == constant("open"))
    )


def list_communities_to_ask(actor: Actor, idea: Idea) -> list[Room]:
    """Return the communities that an author may ask to lead an idea: public and current, but the one that leads it."""
    return [room for room in get_visible_rooms(actor).current if not room.is_private and room.id != idea.community_id]


def find_waiting(idea: Idea) -> tuple[Offer | None, MoveRequest | None, HeldRevision | None]:
    """Return what waits on an idea, in one query: a hand-over, a request to move it, a change of its text."""
    handover, request, revision = db.session.execute(_select_waiting(), {IDEA.key: idea.id}).one()
    return Offer(handover, idea) if handover else None, request, revision


@cache
def _select_waiting() -> Select[Any]:
    query = select(Handover, MoveRequest, HeldRevision).select_from(Idea)
    for model in (Handover, MoveRequest, HeldRevision):
        query = query.outerjoin(model, and_(model.idea_id == Idea.id, model.state == constant("open")))
    return query.where(Idea.id == IDEA)


def find_offer(*conditions: Any) -> Offer | None:
    row = db.session.execute(_offers().where(*conditions)).one_or_none()
    return Offer(row.Handover, row.Idea) if row else None


def list_open_offers(actor: Actor) -> list[Offer]:
    """Return the open hand-overs that a team has to answer or has sent, and that still stand, the oldest first."""
    mine = (
        true()
        if actor.is_coordinator
        else or_(Handover.to_id.in_(actor.facilitates), Idea.community_id.in_(actor.facilitates))
    )
    query = _offers().where(
        Handover.state == constant("open"), is_public(), mine, Idea.community_id == Handover.from_id
    )
    return [Offer(row.Handover, row.Idea) for row in db.session.execute(query.order_by(Handover.id).limit(MOST))]


def _offers() -> Select[Any]:
    return select(Handover, Idea).join(Idea, Idea.id == Handover.idea_id)
