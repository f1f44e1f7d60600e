"""Hand-overs: the team that is offered an idea, and whoever offered it."""
from app.communities import queries as communities
from app.core.db import db
from app.moderation.models.desk import Handover
from app.moderation.signals import HandoverAnswered, HandoverOffered
from app.notifications import service


def tell_of_offer(signal: HandoverOffered) -> None:
    """Tell the team that an idea is offered to it."""
    made = db.session.get_one(Handover, signal.handover_id)
    for user_id in communities.team(made.to_id, apart_from={made.by_id}):
        service.tell(user_id, "handover.open", str(made.id), idea_id=made.idea_id, reason=made.reason,
                     community=made.to_id, handover=made.id)


def tell_of_answer(signal: HandoverAnswered) -> None:
    """Tell whoever offered an idea that it was accepted, or why it comes back."""
    made = db.session.get_one(Handover, signal.handover_id)
    if made.decided_by != made.by_id:
        service.tell(made.by_id, f"handover.{made.state}", str(made.id), idea_id=made.idea_id, reason=made.answer,
                     community=made.to_id)
