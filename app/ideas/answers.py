"""The official answers: drafted by the team, read by a colleague where the team wants it, published with a step."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.communities.queries import Room, get_rooms
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import N_, Conflict, Invalid
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command
from app.ideas import policy, service
from app.ideas.models import Answer, Idea
from app.ideas.queries import answers, reading
from app.ideas.signals import AnswerAsked, AnswerReviewed, AnswersAsked
from app.ideas.transitions import find_status_after

CHANGED = N_("Le brouillon a changé entre-temps : vos mots sont encore ici, comparez-les avec ce qui est gardé.")
NEEDS_REVIEW = N_("Dans cette communauté, une autre personne de l'équipe lit la réponse avant qu'elle paraisse.")
NO_DRAFT = N_("Ce brouillon n'est plus là : quelqu'un l'a publié ou mis de côté.")
OTHER_WORDS = N_("Le brouillon a changé pendant que vous le lisiez : relisez-le avant de décider.")
REVIEWED = N_("Ce brouillon n'attend plus de relecture : quelqu'un l'a lu avant vous, ou l'a repris.")
IS_TAKEN = N_("Un autre brouillon est commencé pour cette idée.")


@dataclass(frozen=True)
class AnswerWords:
    """An answer as it was typed; `version` names the draft that it was typed over ("" where there was none)."""

    status: str
    reason: str
    version: str = ""


def wants_review(idea: Idea) -> bool:
    room = get_rooms().by_id.get(idea.community_id or 0)
    return room is not None and room.wants_review


@command
def save(actor: Actor, idea: Idea, words: AnswerWords) -> Answer:
    """Keep the draft that the team shares; other words ask for another review.

    Raise Invalid where others were written meanwhile.
    """
    require(actor, policy.ANSWER, idea)
    return _write(actor, idea, words)


@command
def ask_review(actor: Actor, idea: Idea, words: AnswerWords) -> Answer:
    """Keep the draft and ask a colleague to read it. Raise Invalid where other words were written meanwhile."""
    require(actor, policy.ANSWER, idea)
    answer = _write(actor, idea, words)
    answer.asked_at, answer.reviewed_at = clock.now(), None
    tell(AnswerAsked(answer.id))
    return answer


@command
def publish(actor: Actor, idea: Idea, words: AnswerWords) -> Answer:
    """Publish the answer: the idea moves, with the reason that everybody reads.

    Raise Invalid where it waits for a review or for other words, or is no next step.
    """
    require(actor, policy.ANSWER, idea)
    answer = _write(actor, idea, words)
    if wants_review(idea) and not answer.is_agreed:
        raise Invalid(NEEDS_REVIEW)
    return _publish(actor, idea, answer)


@command
def agree(actor: Actor, idea: Idea, *, version: str, and_publish: bool = False) -> Answer:
    """Agree to the words of a colleague; publish them at once, or let the colleague do it.

    Raise Conflict where nobody asks for a review now, Invalid where the draft is another one.
    """
    answer = _to_review(actor, idea, version)
    answer.reviewed_at, answer.reviewed_by, answer.remark = clock.now(), actor.id, ""
    if and_publish:
        return _publish(actor, idea, answer)
    tell(AnswerReviewed(answer.id, answer.by_id))
    return answer


@command
def send_back(actor: Actor, idea: Idea, *, version: str, remark: str, words: AnswerWords | None = None) -> Answer:
    """Send the draft back to its writer, with what could be better.

    `words` are those that the reviewer wrote over it: they become the draft, which asks its former writer to agree.
    Raise Conflict where nobody asks for a review now, Invalid where the draft is another one.
    """
    answer = _to_review(actor, idea, version)
    writer_id = answer.by_id
    answer.reviewed_at, answer.reviewed_by, answer.remark = clock.now(), actor.id, remark
    if words and (words.status, words.reason) != (answer.status, answer.reason):
        _rewrite(actor, answer, words)
        answer.asked_at = clock.now()
    tell(AnswerReviewed(answer.id, writer_id))
    return answer


@command
def drop(actor: Actor, idea: Idea, *, version: str) -> None:
    """Put the draft aside; it can be taken up again. Raise Invalid where it is another one now."""
    require(actor, policy.ANSWER, idea)
    _draft(actor, idea, version).dropped_at = clock.now()


@command
def take_up(actor: Actor, idea: Idea) -> Answer:
    """Take up the draft that was put aside last. Raise Conflict where another one lives, or none was put aside."""
    require(actor, policy.ANSWER, idea)
    if answers.find_draft(actor, idea):
        raise Conflict(IS_TAKEN)
    answer = answers.find_last_dropped(actor, idea)
    if answer is None:
        raise Conflict(NO_DRAFT)
    answer.dropped_at = None
    return answer


@dataclass
class BulkAnswer:
    """What one answer to many ideas did, or would do.

    `to_publish` take the step; `to_review` wait for a colleague to read their draft; `with_draft` have another draft,
    which stays; `others` can't take the step.
    """

    to_publish: list[Idea] = field(default_factory=list)
    to_review: list[Idea] = field(default_factory=list)
    with_draft: list[Idea] = field(default_factory=list)
    others: list[Idea] = field(default_factory=list)


def preview_answers(actor: Actor, ideas: Sequence[Idea], status: str) -> BulkAnswer:
    """Tell what one answer would do to each of these ideas now."""
    outcome, ids_with_draft = BulkAnswer(), answers.get_ids_with_draft([idea.id for idea in ideas])
    for idea in ideas:
        if not policy.ANSWER.permits(actor, idea) or find_status_after(idea, status) is None:
            outcome.others.append(idea)
        elif not wants_review(idea):
            outcome.to_publish.append(idea)
        elif idea.id in ids_with_draft:
            outcome.with_draft.append(idea)
        else:
            outcome.to_review.append(idea)
    return outcome


@command
def answer_many(actor: Actor, room: Room, ids: Sequence[int], *, status: str, reason: str) -> BulkAnswer:
    """Publish the same answer to many ideas of a community: all that may make the step do, the others stay.

    Where a colleague reads answers before they are published, each becomes a draft that asks for it, whoever writes.
    """
    require(actor, policy.ANSWER_MANY, room)
    reading.lock_ideas(Idea.id.in_(ids))
    outcome = preview_answers(actor, answers.list_chosen(actor, room, ids), status)
    for idea in outcome.to_publish:
        db.session.add(_new(actor, idea, status, reason, published_at=clock.now()))
        service.move(actor, idea, status, reason=reason)
    db.session.add_all(_new(actor, idea, status, reason, asked_at=clock.now()) for idea in outcome.to_review)
    if outcome.to_review:
        db.session.flush()
        tell(AnswersAsked(room.id, len(outcome.to_review), by=actor.own_id))
    return outcome


def _write(actor: Actor, idea: Idea, words: AnswerWords) -> Answer:
    """Return the draft with these words; refuse them if others were written meanwhile."""
    draft = answers.find_draft(actor, idea)
    if draft is None:
        if words.version:
            raise Invalid(NO_DRAFT)
        draft = _new(actor, idea, words.status, words.reason)
        db.session.add(draft)
        db.session.flush()
    elif (draft.status, draft.reason) != (words.status, words.reason):
        if draft.version != words.version:
            raise Invalid(CHANGED)
        _rewrite(actor, draft, words)
    return draft


def _rewrite(actor: Actor, draft: Answer, words: AnswerWords) -> None:
    """Write other words over a draft: nobody has read these yet."""
    draft.status, draft.reason, draft.by_id, draft.at = words.status, words.reason, actor.own_id, clock.now()
    draft.asked_at = draft.reviewed_at = None


def _new(actor: Actor, idea: Idea, status: str, reason: str, **moments: datetime) -> Answer:
    return Answer(idea_id=idea.id, status=status, reason=reason, by_id=actor.own_id, at=clock.now(), **moments)


def _to_review(actor: Actor, idea: Idea, version: str) -> Answer:
    answer = _draft(actor, idea, version)
    if not answer.is_asked:
        raise Conflict(REVIEWED)
    require(actor, policy.REVIEW, answer)
    return answer


def _draft(actor: Actor, idea: Idea, version: str) -> Answer:
    """Return the draft that the actor saw, unless it is another one now."""
    require(actor, policy.ANSWER, idea)
    draft = answers.find_draft(actor, idea)
    if draft is None:
        raise Invalid(NO_DRAFT)
    if draft.version != version:
        raise Invalid(OTHER_WORDS)
    return draft


def _publish(actor: Actor, idea: Idea, answer: Answer) -> Answer:
    if find_status_after(idea, answer.status) is None:
        raise Invalid(service.explain_refused_step(idea), "status")
    answer.published_at = clock.now()
    service.move(actor, idea, answer.status, reason=answer.reason)
    return answer
