"""Requests of authors that another community lead their idea; the team that leads it grants or refuses them."""

from sqlalchemy import delete, update

from app.accounts import limits
from app.accounts.signals import AccountClosed
from app.communities.policy import has_charge
from app.communities.queries import Room, get_rooms
from app.core import clock
from app.core.actor import Actor
from app.core.db import constant, db, run
from app.core.errors import N_, Conflict
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command
from app.ideas.models import Idea
from app.ideas.signals import IdeaMoved
from app.moderation.moves import policy, queries
from app.moderation.moves.models import MoveRequest
from app.moderation.moves.service import handovers, moves
from app.moderation.signals import MoveAnswered, MoveAsked

ASKED = N_("Une demande attend déjà pour cette idée.")
ANSWERED = N_("Cette demande n'attend plus de réponse : l'équipe y a répondu, ou elle a été retirée.")


@command
def request_move(actor: Actor, idea: Idea, room: Room, *, reason: str) -> MoveRequest:
    """Ask the team of an idea to let another community lead it, as its author; one request waits at a time.

    Raise Forbidden without the right to, Invalid for a community that could not lead it, Conflict where one waits
    already, TooMany past the limit.
    """
    require(actor, policy.MOVE_ASK, idea)
    moves.check_room(idea, room)
    if queries.find_open_request(idea):
        raise Conflict(ASKED)
    limits.take("move_request", actor)
    request = MoveRequest(idea_id=idea.id, to_id=room.id, by_id=actor.own_id, reason=reason)
    db.session.add(request)
    db.session.flush()
    tell(MoveAsked(request.id))
    return request


@command
def withdraw(actor: Actor, idea: Idea) -> None:
    """Take one's request back. Raise Forbidden without the right to, Conflict where none is open."""
    require(actor, policy.MOVE_WITHDRAW, idea)
    _open(idea).close("closed", actor.own_id)


@command
def grant(actor: Actor, idea: Idea, request_id: int) -> MoveRequest:
    """Do as the author asks: the idea moves at once where one has the charge of both, else it is offered.

    Raise Forbidden without the right to, Conflict where this request is open no more or the idea is offered to a
    community already, Invalid where that community can't lead it any more.
    """
    require(actor, policy.MOVE_ANSWER, idea)
    request = _open(idea, request_id)
    room = get_rooms().by_id[request.to_id]
    moves.check_room(idea, room)
    request.close("granted", actor.own_id)
    if has_charge(actor, room):
        moves.move_idea(actor, idea, room, reason=request.reason)
    else:
        handovers.offer(actor, idea, room, reason=request.reason)
        tell(MoveAnswered(request.id))
    return request


@command
def refuse(actor: Actor, idea: Idea, request_id: int, *, answer: str) -> None:
    """Leave the idea where it is, and tell its author why.

    Raise Forbidden without the right to, Conflict where this request is open no more.
    """
    require(actor, policy.MOVE_ANSWER, idea)
    request = _open(idea, request_id)
    request.close("refused", actor.own_id, answer)
    tell(MoveAnswered(request.id))


def _open(idea: Idea, request_id: int | None = None) -> MoveRequest:
    """Return the open request of an idea; raise Conflict for none, or another than the one that was read."""
    request = queries.find_open_request(idea)
    if request is None or request_id not in (None, request.id):
        raise Conflict(ANSWERED)
    return request


def erase_requests(signal: AccountClosed) -> None:
    """Erase the open requests of a person who leaves: nobody has answered those words."""
    run(delete(MoveRequest).where(MoveRequest.by_id == signal.user_id, MoveRequest.state == constant("open")))


def close_request(signal: IdeaMoved) -> None:
    """Close the request to move an idea once its author withdraws the idea."""
    if signal.status == "withdrawn":
        requests = update(MoveRequest).where(
            MoveRequest.idea_id == signal.idea_id, MoveRequest.state == constant("open")
        )
        run(requests.values(state="closed", decided_at=clock.now()))
