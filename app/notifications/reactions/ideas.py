"""Answers: the author of an idea, and the colleagues who read a draft."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, select

from app.accounts.models.people import User
from app.communities import queries as communities
from app.communities.actors import actor_for
from app.core import clock
from app.core.db import db
from app.ideas import policy as ideas
from app.ideas.models import Answer, Idea
from app.ideas.signals import AnswerAsked, AnswerReviewed, AnswersAsked, IdeaMoved
from app.moderation.merges import queries
from app.moderation.merges.models import Merge
from app.moderation.moves.models import Handover, MoveRequest
from app.moderation.signals import (
    HandoverAnswered,
    HandoverOffered,
    IdeaMerged,
    IdeaParted,
    IdeaSplit,
    MoveAnswered,
    MoveAsked,
)
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
    apart_from = {signal.by, idea.author_id, *follows.get_silent_author_ids(idea.id)}
    for author in queries.list_authors_of_merged(idea):
        if author.id not in apart_from and ideas.READ.permits(actor_for(author), idea):
            notices.tell(author.id, "status.joined", key, **facts)


def ask_colleagues(signal: AnswerAsked) -> None:
    """Ask the colleagues of whoever wrote an answer to read it."""
    answer = db.session.get_one(Answer, signal.answer_id)
    idea = db.session.get_one(Idea, answer.idea_id)
    for user_id in communities.list_team_ids(idea.community_id, apart_from={answer.by_id, *about.get_party_ids(idea)}):
        notices.tell(user_id, "answers.review", f"{answer.id}-{answer.asked_at}", idea_id=idea.id)


def ask_to_read_many(signal: AnswersAsked) -> None:
    """Ask the colleagues of whoever answered many ideas at once to read the drafts: one notice for all of them."""
    for user_id in communities.list_team_ids(signal.community_id, apart_from={signal.by}):
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


def tell_of_offer(signal: HandoverOffered) -> None:
    """Tell the team that an idea is offered to it."""
    handover = db.session.get_one(Handover, signal.handover_id)
    parties = about.get_party_ids(db.session.get_one(Idea, handover.idea_id))
    for user_id in communities.list_team_ids(handover.to_id, apart_from={handover.by_id, *parties}):
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
    for user_id in communities.list_team_ids(idea.community_id, apart_from={request.by_id, *about.get_party_ids(idea)}):
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


def tell_of_merge(signal: IdeaMerged) -> None:
    """Tell both authors, and each person whose support is now counted on the other idea too."""
    merge, idea, into = _both(signal.merge_id)
    facts: dict[str, Any] = {"beside": into.id, "reason": merge.reason} | ({"back": True} if signal.is_back else {})
    if idea.author_id != merge.by_id:
        notices.tell(idea.author_id, "merge.author", str(merge.id), idea_id=idea.id, **facts | _say_unsupported(idea))
    if into.author_id not in (merge.by_id, idea.author_id):
        notices.tell(into.author_id, "merge.received", str(merge.id), idea_id=into.id, beside=idea.id)
    others = _accounts(signal.people, merge.by_id)
    notices.tell_each(others, "merge.support", str(merge.id), idea_id=into.id, **facts | {"beside": idea.id})


def tell_of_parting(signal: IdeaParted) -> None:
    """Tell the author that their idea stands alone again, and each person whose support went back with it."""
    merge, idea, into = _both(signal.merge_id)
    if idea.author_id != merge.parted_by:
        facts = {"beside": into.id} | _say_unsupported(idea)
        notices.tell(idea.author_id, "part.author", str(merge.id), idea_id=idea.id, **facts)
    others = _accounts(signal.people, merge.parted_by)
    notices.tell_each(others, "part.support", str(merge.id), idea_id=idea.id, beside=into.id)


def tell_of_split(signal: IdeaSplit) -> None:
    """Tell the author that the team made one more idea out of theirs: it is theirs to change or to take back."""
    idea = db.session.get_one(Idea, signal.idea_id)
    if idea.author_id != signal.by:
        notices.tell(
            idea.author_id, "split.author", str(idea.id), idea_id=idea.id, beside=signal.origin_id, reason=signal.reason
        )


def _say_unsupported(idea: Idea) -> dict[str, bool]:
    """Note that an idea has no support, for sentences that speak of them."""
    return {} if idea.votes_count else {"unsupported": True}


def _both(merge_id: int) -> tuple[Merge, Idea, Idea]:
    merge = db.session.get_one(Merge, merge_id)
    return merge, db.session.get_one(Idea, merge.idea_id), db.session.get_one(Idea, merge.into_id)


def _accounts(ids: Collection[int], by: int | None) -> Select[tuple[int]]:
    """Select these accounts, but that of whoever did it."""
    return select(User.id).where(User.id.in_([number for number in ids if number != by]))
