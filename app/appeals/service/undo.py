"""Undoing a measure that still holds, once: the table that says how, for the team and for whoever judges an appeal."""
from collections.abc import Callable
from typing import Any

from app.accounts.models.people import User
from app.comments.models import Comment, Thread
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import N_, Conflict
from app.core.permits import require
from app.core.unit import command
from app.ideas.models import Idea
from app.moderation.models.dossiers import Content, Contested
from app.moderation.models.measures import Measure
from app.moderation.policy import measures as policy
from app.moderation.queries import measures as queries
from app.moderation.service import measures, merges, moves, persons
from app.updates.models import Update

OVER = N_("Cette mesure n'a plus d'effet : elle a été annulée, ou autre chose a été décidé depuis.")


def undo(actor: Actor, content: Content | None, measure: Measure, *, reason: str) -> None:
    """Undo a measure, which is given with its content (None when it is on a person)."""
    _undo(actor, content, measure, beside(measure), reason=reason)


def beside(measure: Measure) -> Idea | Comment | Thread | None:
    """Return what undoing a measure changes beside its content, so that the command locks it with the rest."""
    data = measure.data or {}
    if measure.kind in ("merge", "split"):
        return db.session.get(Idea, data["into" if measure.kind == "merge" else "from"])
    if measure.kind == "move" and measure.comment_id:
        return db.session.get(Comment, data["parent"] or 0) or db.session.get(Thread, data["from"])
    return None


@command
def _undo(actor: Actor, content: Content | None, measure: Measure, _beside: Any, *, reason: str) -> None:
    contested = queries.one(actor, measure.id, policy.MEASURE_READ)
    assert contested.content is content, "a measure is undone with its own content"
    if not contested.has_effect:
        raise Conflict(OVER)
    require(actor, policy.MEASURE_UNDO, contested)
    apply(actor, measure, reason)


def apply(actor: Actor, measure: Measure, reason: str) -> None:
    """Undo a measure inside the command that asked whether it may."""
    UNDO[measure.kind](actor, queries.one(actor, measure.id, policy.MEASURE_READ), reason)


def _show_again(actor: Actor, contested: Contested, reason: str) -> None:
    """Undo a hiding; what was refused waits again."""
    content = contested.content
    assert content is not None, "what was hidden is a content"
    measures.OWNERS[type(content)].restore(actor, content)
    measures.record(actor, "restore", content, reason, undoes_id=contested.measure.id)


def _unlock(actor: Actor, contested: Contested, reason: str) -> None:
    subject = _subject(contested)
    measures.open_again(actor, subject)
    measures.record(actor, "unlock", subject, reason, undoes_id=contested.measure.id)


def _former_pace(actor: Actor, contested: Contested, reason: str) -> None:
    data = contested.measure.data or {}
    measures.slow(actor, _subject(contested), minutes=data["before"], reason=reason, shown=data["before_reason"],
                  undoes_id=contested.measure.id)


def _back(actor: Actor, contested: Contested, reason: str) -> None:
    content, measure = contested.content, contested.measure
    if isinstance(content, Comment):
        moves.branch_back(actor, content, measure, reason)
    else:
        assert isinstance(content, Idea), "what is moved is an idea or a comment"
        moves.idea_back(actor, content, measure, reason)


def _lift(actor: Actor, contested: Contested, reason: str) -> None:
    user = db.session.get_one(User, contested.measure.user_id)
    persons.lift(actor, user, contested.measure, reason)


def _subject(contested: Contested) -> measures.Subject:
    assert isinstance(contested.content, Idea | Update), "a thread has a subject"
    return contested.content


def _part(actor: Actor, contested: Contested, reason: str) -> None:
    """Let the idea that was joined stand alone again."""
    merges.part(actor, _idea(contested), reason=reason)


def _join_back(actor: Actor, contested: Contested, reason: str) -> None:
    """Join what was drawn out of an idea to where it came from."""
    merges.join_back(actor, _idea(contested), reason=reason)


def _idea(contested: Contested) -> Idea:
    assert isinstance(contested.content, Idea), "what is joined or drawn out is an idea"
    return contested.content


UNDO: dict[str, Callable[[Actor, Contested, str], None]] = {
    "hide": _show_again, "refuse": _show_again, "lock": _unlock, "slow": _former_pace, "move": _back,
    "hand_over": _back, "merge": _part, "split": _join_back, "warn": _lift, "suspend": _lift, "block": _lift,
}
"""How each kind of measure is undone, inside a command, as somebody who has the charge."""
