"""Handing an idea over: one community offers it, the other accepts or returns it; it stays where it is meanwhile."""

from app.communities.queries import Room
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import N_, Conflict
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command
from app.ideas import lead_community
from app.ideas.models import Idea
from app.moderation.moves import policy, queries
from app.moderation.moves.models import Handover
from app.moderation.moves.service import moves
from app.moderation.signals import HandoverAnswered, HandoverOffered

WAITS = N_("Cette idée est déjà proposée à une communauté. Annulez d'abord cette proposition.")
ANSWERED = N_("Cette proposition n'attend plus de réponse.")
CLOSED = N_(
    "Votre communauté a été archivée depuis que cette idée lui est proposée : elle ne porte plus de nouvelles "
    "idées. Renvoyez-la, avec un mot."
)
GONE = N_("L'idée n'est plus publique, ou n'est plus à la communauté qui la proposait.")


@command
def offer(actor: Actor, idea: Idea, room: Room, *, reason: str) -> Handover:
    """Offer an idea to a community; the idea is locked, so that two offers at once are one.

    Raise Forbidden without the right to, Invalid for a community that could not lead it, Conflict where an offer is
    open already.
    """
    require(actor, policy.OFFER, idea)
    moves.check_room(idea, room)
    if queries.find_open_offer(idea):
        raise Conflict(WAITS)
    handover = Handover(
        idea_id=idea.id,
        from_id=idea.community_id,
        to_id=room.id,
        reason=reason,
        by_id=actor.id,
        at=clock.now(),
        state="open",
        answer="",
    )
    db.session.add(handover)
    db.session.flush()
    tell(HandoverOffered(handover.id))
    return handover


@command
def accept(actor: Actor, idea: Idea, handover: Handover, *, answer: str = "") -> None:
    """Take the idea in: the community leads it from now on. The reason of the measure is that of the offer.

    Raise NotFound or Forbidden without the right to, Conflict where the offer is open no more or can't be accepted.
    """
    _check_answer(actor, idea, handover)
    if lead_community.is_closed(handover.to_id):
        raise Conflict(CLOSED)
    _close(actor, handover, "accepted", answer)
    moves.change_lead(actor, idea, handover.to_id, kind="hand_over", reason=handover.reason)
    tell(HandoverAnswered(handover.id))


@command
def send_back(actor: Actor, idea: Idea, handover: Handover, *, answer: str) -> None:
    """Leave the idea where it is, and say why. Raise as `accept` does."""
    _check_answer(actor, idea, handover)
    _close(actor, handover, "returned", answer)
    tell(HandoverAnswered(handover.id))


@command
def cancel(actor: Actor, idea: Idea, handover: Handover) -> None:
    """Take an offer back, as somebody of the team that made it. Raise as `accept` does."""
    offer = queries.get_offer(actor, handover.id, policy.HANDOVER_FOLLOW)
    assert offer.idea is idea, "a hand-over is cancelled with its own idea"
    if handover.state != "open":
        raise Conflict(ANSWERED)
    require(actor, policy.HANDOVER_CANCEL, offer)
    _close(actor, handover, "cancelled", "")


def _check_answer(actor: Actor, idea: Idea, handover: Handover) -> None:
    """Raise unless this hand-over may be answered; the command has the idea too, so that both are locked."""
    offer = queries.get_offer(actor, handover.id, policy.HANDOVER_READ)
    assert offer.idea is idea, "a hand-over is answered with its own idea"
    if handover.state != "open":
        raise Conflict(ANSWERED)
    if not policy.still_stands(actor, offer):
        raise Conflict(GONE)
    require(actor, policy.HANDOVER_ANSWER, offer)


def _close(actor: Actor, handover: Handover, state: str, answer: str) -> None:
    handover.state, handover.answer = state, answer
    handover.decided_at, handover.decided_by = clock.now(), actor.id
    db.session.flush()
