"""Answers: the author of an idea, and the colleagues who read a draft."""

from typing import Any

from app.communities import queries as communities
from app.communities.actors import actor_for
from app.core import clock
from app.core.db import db
from app.ideas import policy as ideas
from app.ideas.models import Answer, Idea
from app.ideas.signals import AnswerAsked, AnswerReviewed, AnswersAsked, IdeaMoved
from app.merges.queries import merges
from app.notifications.queries import follows
from app.notifications.reactions import about
from app.notifications.service import notices


def tell_of_step(signal: IdeaMoved) -> None:
    """Tell the author of an idea that it moved, and why; so are those whose own idea was joined to it.

    A step that follows an action of the plan is told with the action (`reactions/plan.py`).
    """
    if signal.action_id:
        return
    idea = db.session.get_one(Idea, signal.idea_id)
    facts: dict[str, Any] = {"idea_id": idea.id, "status": signal.status, "reason": signal.reason}
    facts |= {"stays": True} if signal.stays else {}
    key = f"{idea.id}-{clock.now() if signal.stays else idea.status_at}"
    if idea.author_id != signal.by:
        notices.tell(idea.author_id, "status", key, **facts)
    apart_from = {signal.by, idea.author_id, *follows.silent_authors(idea.id)}
    for author in merges.authors_of_merged(idea):
        if author.id not in apart_from and ideas.READ.permits(actor_for(author), idea):
            notices.tell(author.id, "status.joined", key, **facts)


def ask_colleagues(signal: AnswerAsked) -> None:
    """Ask the colleagues of whoever wrote an answer to read it."""
    answer = db.session.get_one(Answer, signal.answer_id)
    idea = db.session.get_one(Idea, answer.idea_id)
    for user_id in communities.team(idea.community_id, apart_from={answer.by_id, *about.parties(idea)}):
        notices.tell(user_id, "answers.review", f"{answer.id}-{answer.asked_at}", idea_id=idea.id)


def ask_to_read_many(signal: AnswersAsked) -> None:
    """Ask the colleagues of whoever answered many ideas at once to read the drafts: one notice for all of them."""
    for user_id in communities.team(signal.community_id, apart_from={signal.by}):
        notices.tell(
            user_id,
            "answers.reviews",
            f"{signal.community_id}-{signal.by}-{clock.now()}",
            community=signal.community_id,
            count=signal.count,
        )


def tell_of_review(signal: AnswerReviewed) -> None:
    """Tell whoever wrote an answer that a colleague agreed to it, or what could be better."""
    answer = db.session.get_one(Answer, signal.answer_id)
    kind = "answers.remark" if answer.remark else "answers.agreed"
    notices.tell(signal.writer_id, kind, f"{answer.id}-{clock.now()}", idea_id=answer.idea_id, reason=answer.remark)
