"""Hand-overs and requests to move: one, that of an idea that waits, those that a team has to answer or has sent."""
from typing import Any

from sqlalchemy import Select, and_, or_, select, true

from app.accounts.models.changes import HeldRevision
from app.communities.queries import Room, visible
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.permits import Permission
from app.ideas.models import Idea
from app.ideas.queries.reading import is_public
from app.moves.models import Handover, MoveRequest, Offer

MOST = 100


def one(actor: Actor, handover_id: int, permission: Permission) -> Offer:
    """The only way from a number in an address to a hand-over; the absent and the forbidden answer alike."""
    offer = find(Handover.id == handover_id)
    if offer is None or not permission.permits(actor, offer):
        raise NotFound()
    return offer


def open_offer(idea: Idea) -> Offer | None:
    """Return the hand-over of an idea that waits, or None."""
    return find(Handover.idea_id == idea.id, Handover.state == "open")


def open_request(idea: Idea) -> MoveRequest | None:
    """Return the request of an idea that waits, or None."""
    return db.session.scalar(select(MoveRequest).where(MoveRequest.idea_id == idea.id, MoveRequest.state == "open"))


def places_to_ask(actor: Actor, idea: Idea) -> list[Room]:
    """Return the communities that an author may ask for: public and current, without the one that leads the idea."""
    return [room for room in visible(actor).current if not room.is_private and room.id != idea.community_id]


def waiting_on(idea: Idea) -> tuple[Offer | None, MoveRequest | None, HeldRevision | None]:
    """Return what waits on an idea, in one query: a hand-over, what its author asks of its place, a change of it."""
    offered = and_(Handover.idea_id == Idea.id, Handover.state == "open")
    asked = and_(MoveRequest.idea_id == Idea.id, MoveRequest.state == "open")
    changed = and_(HeldRevision.idea_id == Idea.id, HeldRevision.state == "open")
    query = select(Handover, MoveRequest, HeldRevision).select_from(Idea).outerjoin(Handover, offered)
    query = query.outerjoin(MoveRequest, asked).outerjoin(HeldRevision, changed)
    handover, request, held = db.session.execute(query.where(Idea.id == idea.id)).one()
    return Offer(handover, idea) if handover else None, request, held


def find(*which: Any) -> Offer | None:
    row = db.session.execute(_offers().where(*which)).one_or_none()
    return Offer(row.Handover, row.Idea) if row else None


def waiting_for(actor: Actor) -> list[Offer]:
    """Return what a team has to answer or has sent, the oldest first, as far as it still stands."""
    mine = true() if actor.is_coordinator else or_(
        Handover.to_id.in_(actor.facilitates), Idea.community_id.in_(actor.facilitates))
    query = _offers().where(Handover.state == "open", is_public(), mine, Idea.community_id == Handover.from_id)
    return [Offer(row.Handover, row.Idea) for row in db.session.execute(query.order_by(Handover.id).limit(MOST))]


def _offers() -> Select[Any]:
    return select(Handover, Idea).join(Idea, Idea.id == Handover.idea_id)
