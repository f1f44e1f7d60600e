"""Where ideas go: the team that is offered one, whoever offered it, and the author who asks for another community."""
from app.communities import queries as communities
from app.core.db import db
from app.ideas.models import Idea
from app.moves.models import Handover, MoveRequest
from app.moves.signals import HandoverAnswered, HandoverOffered, MoveAnswered, MoveAsked
from app.notifications import service
from app.notifications.reactions import about


def tell_of_offer(signal: HandoverOffered) -> None:
    """Tell the team that an idea is offered to it."""
    made = db.session.get_one(Handover, signal.handover_id)
    parties = about.parties(db.session.get_one(Idea, made.idea_id))
    for user_id in communities.team(made.to_id, apart_from={made.by_id, *parties}):
        service.tell(user_id, "handover.open", str(made.id), idea_id=made.idea_id, reason=made.reason,
                     community=made.to_id, handover=made.id)


def tell_of_answer(signal: HandoverAnswered) -> None:
    """Tell whoever offered an idea that it was accepted, or why it comes back."""
    made = db.session.get_one(Handover, signal.handover_id)
    if made.decided_by != made.by_id:
        service.tell(made.by_id, f"handover.{made.state}", str(made.id), idea_id=made.idea_id, reason=made.answer,
                     community=made.to_id)


def tell_of_request(signal: MoveAsked) -> None:
    """Tell the team of an idea that its author asks for another community."""
    request = db.session.get_one(MoveRequest, signal.request_id)
    idea = db.session.get_one(Idea, request.idea_id)
    for user_id in communities.team(idea.community_id, apart_from={request.by_id, *about.parties(idea)}):
        service.tell(user_id, "move_request.open", str(request.id), idea_id=idea.id, community=request.to_id)


def tell_of_request_answer(signal: MoveAnswered) -> None:
    """Tell the author that the idea is offered to the community they asked for, or why it stays."""
    request = db.session.get_one(MoveRequest, signal.request_id)
    service.tell(request.by_id, f"move_request.{request.state}", str(request.id), idea_id=request.idea_id,
                 reason=request.answer, community=request.to_id)
