"""Undoing a measure that still has an effect: how each kind is undone, for the team and for the judge of an appeal."""

from collections.abc import Callable

from app.accounts.models.people import User
from app.comments.models import Comment, Thread
from app.contents.models import Content
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import N_, Conflict
from app.core.permits import require
from app.core.unit import command
from app.events.models.meetings import Event
from app.ideas.models import Idea
from app.moderation.appeals import policy
from app.moderation.appeals.models import ContestedMeasure
from app.moderation.appeals.queries import measures as queries
from app.moderation.measures.models import Measure
from app.moderation.measures.service import contents, members
from app.moderation.measures.service.record import record_on_content
from app.moderation.merges import service as merges
from app.moderation.moves.service import moves
from app.plan.models.structure import Action
from app.updates.models import Update

OVER = N_("Cette mesure n'a plus d'effet : elle a été annulée, ou autre chose a été décidé depuis.")


@command(also=lambda _actor, _content, measure: [find_beside(measure)])
def undo(actor: Actor, content: Content | None, measure: Measure, *, reason: str) -> None:
    """Undo a measure, which is given with its content (None when it is on a person).

    Raise NotFound or Forbidden without the right to, Conflict where it has no effect any more.
    """
    contested_measure = queries.get_contested_measure(actor, measure.id, policy.MEASURE_READ)
    assert contested_measure.content is content, "a measure is undone with its own content"
    if not contested_measure.has_effect:
        raise Conflict(OVER)
    require(actor, policy.MEASURE_UNDO, contested_measure)
    apply(actor, measure, reason)


def find_beside(measure: Measure) -> Idea | Comment | Thread | None:
    """Return what undoing a measure changes beside its content, so that the command locks it with the rest."""
    data = measure.data or {}
    if measure.kind in ("merge", "split"):
        return db.session.get(Idea, data["into" if measure.kind == "merge" else "from"])
    if measure.kind == "move" and measure.comment_id:
        return db.session.get(Comment, data["parent"] or 0) or db.session.get(Thread, data["from"])
    return None


def apply(actor: Actor, measure: Measure, reason: str) -> None:
    """Undo a measure, inside the command that required the permission."""
    UNDO[measure.kind](actor, queries.get_contested_measure(actor, measure.id, policy.MEASURE_READ), reason)


def _show_again(actor: Actor, contested_measure: ContestedMeasure, reason: str) -> None:
    """Undo a hiding; what was refused waits again."""
    content = contested_measure.content
    assert content is not None, "what was hidden is a content"
    contents.OWNERS[type(content)].restore(actor, content)
    record_on_content(actor, "restore", content, reason, undoes_id=contested_measure.measure.id)


def _unlock(actor: Actor, contested_measure: ContestedMeasure, reason: str) -> None:
    subject = _subject(contested_measure)
    contents.open_again(actor, subject)
    record_on_content(actor, "unlock", subject, reason, undoes_id=contested_measure.measure.id)


def _restore_pace(actor: Actor, contested_measure: ContestedMeasure, reason: str) -> None:
    data = contested_measure.measure.data or {}
    contents.slow(
        actor,
        _subject(contested_measure),
        minutes=data["before"],
        reason=reason,
        thread_reason=data["before_reason"],
        undoes_id=contested_measure.measure.id,
    )


def _move_back(actor: Actor, contested_measure: ContestedMeasure, reason: str) -> None:
    content, measure = contested_measure.content, contested_measure.measure
    if isinstance(content, Comment):
        moves.move_branch_back(actor, content, measure, reason)
    else:
        assert isinstance(content, Idea), "what is moved is an idea or a comment"
        moves.move_idea_back(actor, content, measure, reason)


def _lift(actor: Actor, contested_measure: ContestedMeasure, reason: str) -> None:
    user = db.session.get_one(User, contested_measure.measure.user_id)
    members.lift(actor, user, contested_measure.measure, reason)


def _subject(contested_measure: ContestedMeasure) -> contents.Subject:
    assert isinstance(contested_measure.content, Idea | Update | Action | Event), "a thread has a subject"
    return contested_measure.content


def _part(actor: Actor, contested_measure: ContestedMeasure, reason: str) -> None:
    """Let the idea that was joined stand alone again."""
    merges.part(actor, _idea(contested_measure), reason=reason)


def _join_back(actor: Actor, contested_measure: ContestedMeasure, reason: str) -> None:
    """Join what was drawn out of an idea to where it came from."""
    merges.join_back(actor, _idea(contested_measure), reason=reason)


def _idea(contested_measure: ContestedMeasure) -> Idea:
    assert isinstance(contested_measure.content, Idea), "what is joined or drawn out is an idea"
    return contested_measure.content


UNDO: dict[str, Callable[[Actor, ContestedMeasure, str], None]] = {
    "hide": _show_again,
    "refuse": _show_again,
    "lock": _unlock,
    "slow": _restore_pace,
    "move": _move_back,
    "hand_over": _move_back,
    "merge": _part,
    "split": _join_back,
    "warn": _lift,
    "suspend": _lift,
    "block": _lift,
}
"""How each kind of measure is undone, inside a command, as somebody who has the charge."""
