"""Correcting published notes once the forum is closed, or withdrawing a line of them: everybody reads why.

The words of before stay, for the coordination.
"""

from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import N_, Conflict, Invalid
from app.core.permits import require
from app.core.signals import tell
from app.core.text.plain import clean_text, has_visible
from app.core.unit import command
from app.forum import policy as forum
from app.forum.participants import Participant
from app.notes import policy
from app.notes.models import NoteCorrection, PublishedLine, PublishedNotes
from app.notes.queries import lines as queries
from app.notes.queries.report import list_corrections
from app.notes.service.rows import list_rows
from app.notes.signals import LineCorrected

NO_REASON = N_("Dites en quelques mots ce que vous corrigez.")
NO_WORDS = N_("Écrivez la ligne : pour l'ôter toute, il y a « Retirer cette ligne » dans les notes.")
CHANGED = N_("Quelqu'un vient de corriger ces mots. Les voici : relisez-les avant de corriger à votre tour.")


@command(also=list_rows)
def correct_text(actor: Actor, who: Participant, text: str, *, reason: str, seen: int) -> None:
    """Write another text in published notes; `seen` is how many corrections the page showed.

    The same text changes nothing. Raise Conflict where somebody corrected meanwhile, and Invalid without a reason.
    """
    require(actor, policy.CORRECT, who)
    topic_id = forum.get_topic(who).id
    notes = queries.find_published(topic_id) or PublishedNotes(topic_id=topic_id)
    text = clean_text(text)
    if text == (notes.text or ""):
        return
    _check(topic_id, reason, seen)
    former, notes.text = notes.text or "", text
    db.session.add(notes)
    db.session.flush()
    _keep(actor, topic_id, former, reason)


@command(also=list_rows)
def correct_line(
    actor: Actor, who: Participant, line_id: int, text: str, *, holder: str | None = None, reason: str, seen: int
) -> None:
    """Write a published line in other words, or who carries it (None: nobody asked): it is the same line.

    Raise as `correct_text` does, and NotFound.
    """
    require(actor, policy.CORRECT, who)
    topic_id = forum.get_topic(who).id
    line = queries.get_published_line(topic_id, line_id)
    holder = line.holder if holder is None else holder
    if (text, holder) == (line.text, line.holder):
        return
    if not has_visible(text):
        raise Invalid(NO_WORDS, "text")
    _check(topic_id, reason, seen)
    former, line.text, line.holder = _tell_former(line), text, holder
    _keep(actor, topic_id, former, reason, line_id)
    tell(LineCorrected(line_id, text))


@command(also=list_rows)
def withdraw_line(actor: Actor, who: Participant, line_id: int, *, reason: str) -> None:
    """Have nobody read a published line any more, here or in what is being written; a second time changes nothing.

    Raise NotFound, and Invalid without a reason.
    """
    require(actor, policy.WITHDRAW_LINE, who)
    topic_id = forum.get_topic(who).id
    line = queries.get_published_line(topic_id, line_id)
    if line.is_withdrawn:
        return
    if not has_visible(reason):
        raise Invalid(NO_REASON, "reason")
    for row in queries.list_rows_of(topic_id, line_id):
        row.removed_at = row.removed_at or clock.now()
    former, line.text, line.holder = _tell_former(line), "", ""
    _keep(actor, topic_id, former, reason, line_id)


def _tell_former(line: PublishedLine) -> str:
    return "\n".join(filter(None, [line.text, line.holder]))


def _check(topic_id: int, reason: str, seen: int) -> None:
    if not has_visible(reason):
        raise Invalid(NO_REASON, "reason")
    if len(list_corrections([topic_id])[topic_id]) != seen:
        raise Conflict(CHANGED)


def _keep(actor: Actor, topic_id: int, former: str, reason: str, line_id: int | None = None) -> None:
    db.session.add(
        NoteCorrection(topic_id=topic_id, line_id=line_id, former=former, reason=reason, corrected_by=actor.own_id)
    )
