"""Appeals: the person concerned asks once that somebody else look at a measure again; granting undoes it."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, or_, select

from app.accounts.signals import AccountClosed
from app.comments.models import Comment
from app.communities.queries import is_private
from app.contents.models import Content
from app.core import clock
from app.core.actor import Actor
from app.core.db import db, run
from app.core.errors import N_, Conflict
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command
from app.ideas.models import Idea
from app.journal import service as journal
from app.moderation.appeals import policy
from app.moderation.appeals.models import Appeal, ContestedMeasure
from app.moderation.appeals.queries import appeals as queries
from app.moderation.appeals.service import undo
from app.moderation.measures.models import Measure
from app.moderation.signals import AppealJudged, AppealMade

ONCE = N_("Vous avez déjà demandé un nouvel examen de cette mesure : une fois suffit, et elle sera lue.")
TOO_LATE = N_("Cette mesure n'a plus d'effet, ou le délai de 30 jours pour demander un nouvel examen est passé.")
JUDGED = N_("Cette demande a été jugée entre-temps. Relisez la réponse qui a été donnée.")
NO_UNDO = N_("Cette mesure ne peut pas être annulée d'ici. Annulez-la d'abord à sa place, puis accueillez la demande.")


@command
def appeal(actor: Actor, measure: Measure, *, words: str) -> Appeal:
    """Ask that a measure be looked at again: the person concerned, once, within the time there is.

    Raise NotFound where it concerns somebody else, Conflict for a second time or too late.
    """
    contested_measure = queries.get_measure(actor, measure.id, policy.MEASURE_FOLLOW)
    if contested_measure.appeal:
        raise Conflict(ONCE)
    if not policy.MEASURE_APPEAL.permits(actor, contested_measure):
        raise Conflict(TOO_LATE)
    appeal = Appeal(measure_id=measure.id, user_id=actor.id, words=words, at=clock.now(), state="open")
    db.session.add(appeal)
    db.session.flush()
    tell(AppealMade(appeal.id))
    _record(contested_measure, "open", "")
    return appeal


def _rows_of_undoing(_actor: Actor, _content: Content | None, appeal: Appeal) -> Iterable[Any]:
    """Return what granting an appeal changes, to be locked: the measure, and what undoing it changes."""
    measure = queries.get_measure_of_appeal(appeal)
    return measure, undo.find_beside(measure)


@command(also=_rows_of_undoing)
def grant(actor: Actor, content: Content | None, appeal: Appeal, *, reason: str) -> None:
    """Find the person right: the measure is undone, if it still has an effect.

    Raise NotFound or Forbidden without the right to, Conflict where it is judged, or can't be undone from here.
    """
    contested_measure = _reread(actor, appeal)
    if not _can_undo(actor, contested_measure):
        raise Conflict(NO_UNDO)
    has_effect = contested_measure.has_effect
    _judge(actor, contested_measure, "granted", reason)
    if has_effect:
        undo.apply(actor, contested_measure.measure, reason)


def _can_undo(actor: Actor, contested_measure: ContestedMeasure) -> bool:
    """Tell whether an appeal can be granted: this person may undo the measure, or it has no effect any more."""
    return policy.may_put_it_back(actor, contested_measure) or not contested_measure.has_effect


@command(also=lambda _actor, _content, appeal: [queries.get_measure_of_appeal(appeal)])
def refuse(actor: Actor, content: Content | None, appeal: Appeal, *, reason: str) -> None:
    """Leave the measure as it is, and say why.

    Raise NotFound or Forbidden without the right to, Conflict where it is judged.
    """
    _judge(actor, _reread(actor, appeal), "refused", reason)


def _reread(actor: Actor, appeal: Appeal) -> ContestedMeasure:
    """Read an appeal anew and ask whether this person may judge it.

    Its measure is locked too: a colleague who undoes it from the list waits, or is waited for.
    """
    contested_measure = queries.get_appealed_measure(actor, appeal.id, policy.APPEAL_READ)
    if appeal.state != "open":
        raise Conflict(JUDGED)
    require(actor, policy.APPEAL_JUDGE, contested_measure)
    return contested_measure


def _judge(actor: Actor, contested_measure: ContestedMeasure, state: str, reason: str) -> None:
    appeal = contested_measure.appeal
    assert appeal is not None, "what is judged is an appeal"
    appeal.state, appeal.reason = state, reason
    appeal.decided_at, appeal.decided_by = clock.now(), actor.id
    db.session.flush()
    tell(AppealJudged(appeal.id))
    _record(contested_measure, state, reason)


def _record(contested_measure: ContestedMeasure, state: str, reason: str) -> None:
    """Put an appeal in the journal, without the words of its author."""
    community_id = contested_measure.community_id
    journal.record(
        "appeal",
        reason=reason,
        community_id=community_id,
        is_private=is_private(community_id),
        state=state,
        measure=contested_measure.measure.kind,
    )


def forget_appeals(signal: AccountClosed) -> None:
    """Forget what a person who leaves asked about a text of theirs that never appeared; what was judged stays."""
    ideas = select(Idea.id).where(Idea.author_id == signal.user_id, Idea.status == "pending")
    comments = select(Comment.id).where(Comment.author_id == signal.user_id, Comment.status == "pending")
    measures = select(Measure.id).where(or_(Measure.idea_id.in_(ideas), Measure.comment_id.in_(comments)))
    run(delete(Appeal).where(Appeal.measure_id.in_(measures), Appeal.state == "open"))
