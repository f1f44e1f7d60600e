"""Where ideas go: the team that is offered one, whoever offered it, and the author who asks for another community."""

from app.communities import queries as communities
from app.core.db import db
from app.ideas.models import Idea
from app.moves.models import Handover, MoveRequest
from app.moves.signals import HandoverAnswered, HandoverOffered, MoveAnswered, MoveAsked
from app.notifications.reactions import about
from app.notifications.service import notices


def tell_of_offer(signal: HandoverOffered) -> None:
    """Tell the team that an idea is offered to it."""
    handover = db.session.get_one(Handover, signal.handover_id)
    parties = about.parties(db.session.get_one(Idea, handover.idea_id))
    for user_id in communities.team(handover.to_id, apart_from={handover.by_id, *parties}):
        notices.tell(
            user_id,
            "handover.open",
            str(handover.id),
            idea_id=handover.idea_id,
            reason=handover.reason,
            community=handover.to_id,
            handover=handover.id,
        )


def tell_of_answer(signal: HandoverAnswered) -> None:
    """Tell whoever offered an idea that it was accepted, or why it comes back."""
    handover = db.session.get_one(Handover, signal.handover_id)
    if handover.decided_by != handover.by_id:
        notices.tell(
            handover.by_id,
            f"handover.{handover.state}",
            str(handover.id),
            idea_id=handover.idea_id,
            reason=handover.answer,
            community=handover.to_id,
        )


def tell_of_request(signal: MoveAsked) -> None:
    """Tell the team of an idea that its author asks for another community."""
    request = db.session.get_one(MoveRequest, signal.request_id)
    idea = db.session.get_one(Idea, request.idea_id)
    for user_id in communities.team(idea.community_id, apart_from={request.by_id, *about.parties(idea)}):
        notices.tell(user_id, "move_request.open", str(request.id), idea_id=idea.id, community=request.to_id)


def tell_of_request_answer(signal: MoveAnswered) -> None:
    """Tell the author that the idea is offered to the community they asked for, or why it stays."""
    request = db.session.get_one(MoveRequest, signal.request_id)
    notices.tell(
        request.by_id,
        f"move_request.{request.state}",
        str(request.id),
        idea_id=request.idea_id,
        reason=request.answer,
        community=request.to_id,
    )
