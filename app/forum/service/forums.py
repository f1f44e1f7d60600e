"""Every act on a forum: made of a meeting, arranged, moved on and back, taken back."""

from sqlalchemy import delete, select

from app.core import clock
from app.core.actor import Actor
from app.core.db import db, run
from app.core.errors import N_, Conflict, Invalid
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command
from app.events.models.meetings import Event
from app.forum import arranging, policy
from app.forum.models import (
    MARKETPLACE,
    PHASES,
    SESSION,
    SESSIONS,
    Forum,
    ForumFold,
    ForumGoing,
    ForumInterest,
    ForumRoom,
    ForumSlot,
    ForumTopic,
    ForumTopicHost,
)
from app.forum.participants import Participant, list_rows
from app.forum.queries.forums import find_rehearsal, get_arrangement
from app.forum.signals import ForumEmptied, ForumRemoved, PhaseMoved
from app.forum.words import ForumWords
from app.search.index import index_sync

ALREADY = N_("Cette rencontre est déjà un Forum ouvert : le voici.")
NEXT_TO_IT = N_("Un forum passe d'une étape à la suivante, ou revient à celle d'avant.")
NO_HOURS = N_("Ajoutez d'abord au moins une salle et une plage de séances : il n'y a nulle part où placer un sujet.")
LATE = N_("Quelqu'un vient de changer l'étape. Regardez où en est le forum avant d'appuyer de nouveau.")


@command
def create(actor: Actor, event: Event, words: ForumWords) -> Forum:
    """Make a meeting a forum. Raise Conflict where it is one."""
    require(actor, policy.CREATE, event)
    if db.session.get(Forum, event.id):
        raise Conflict(ALREADY)
    event.question = words.question
    forum = Forum(id=event.id, phase_by=actor.own_id)
    db.session.add(forum)
    db.session.flush()
    arranging.write(forum.id, words)
    return forum


@command
def edit(actor: Actor, forum: Forum, words: ForumWords) -> None:
    """Write another question, other rooms, other hours; the same words change nothing. Raise Invalid."""
    require(actor, policy.ARRANGE, forum)
    forum.event.question = words.question
    arranging.write(forum.id, words)


@command
def shift(actor: Actor, forum: Forum, slot_id: int, minutes: int, *, seen: str) -> int:
    """Begin an hour and all that follow it so many minutes later, or earlier; return how many hours moved.

    `seen` names the hours that the page showed. Raise Conflict where they changed since, and Invalid where it would
    begin before the hour that stands before it ends.
    """
    require(actor, policy.ARRANGE, forum)
    return arranging.shift(forum.id, slot_id, minutes, seen=seen)


@command
def move_phase(actor: Actor, forum: Forum, phase: str, *, seen: str) -> None:
    """Go on to the next phase, or back to the one before; `seen` is the phase that the page showed.

    Raise Conflict where somebody was faster, or where there is nowhere to place a topic yet.
    """
    require(actor, policy.MOVE_PHASE, forum)
    if seen != forum.phase:
        raise Conflict(LATE)
    if phase not in (forum.next_phase, forum.former_phase):
        raise Invalid(NEXT_TO_IT)
    if PHASES.index(phase) > PHASES.index(forum.phase) and not arranging.is_ready(forum.id):
        raise Conflict(NO_HOURS)
    if forum.event.is_rehearsal and (forum.phase, phase) == (MARKETPLACE, SESSIONS):
        _begin_first_session(forum)
    forum.phase, forum.phase_at, forum.phase_by = phase, clock.now(), actor.own_id
    tell(PhaseMoved(forum.id, phase))


def _begin_first_session(forum: Forum) -> None:
    """Move a rehearsal so that its first session begins now: whoever tries it alone does not wait for the hour."""
    event, slots = forum.event, get_arrangement(forum.id).slots
    first = next(slot for slot in slots if slot.kind == SESSION)
    later = clock.now().replace(second=0, microsecond=0) - first.starts_at(event)
    event.starts_at, event.ends_at = event.starts_at + later, event.ends_at + later


@command(also=list_rows)
def announce(actor: Actor, who: Participant, words: str) -> None:
    """Write the line that stands on the pages that are read while a forum runs; an empty one takes it off."""
    require(actor, policy.ANNOUNCE, who)
    who.forum.announcement = words


def list_rehearsal(_actor: Actor, forum: Forum, *_words: object) -> list[Forum | None]:
    """Return the rehearsal of a forum, if there is one, for an act that changes it too."""
    return [find_rehearsal(forum.id)]


@command(also=list_rehearsal)
def remove(actor: Actor, forum: Forum) -> None:
    """Take a forum back, before anybody came, with its rehearsal: what is left is the meeting.

    Raise Conflict where one of its topics was reported or hidden: what was decided of it stays.
    """
    require(actor, policy.REMOVE, forum)
    tell(ForumRemoved(forum.id))
    empty(forum.id)
    forum.event.question = ""
    db.session.delete(forum)


def empty(forum_id: int) -> None:
    """Delete the topics of a forum with all that hangs on them, its rooms and its hours, inside a command."""
    tell(ForumEmptied(forum_id))
    topics = select(ForumTopic.id).where(ForumTopic.forum_id == forum_id)
    index_sync.mark_changed("topic", db.session.scalars(topics))
    for of_topic in (ForumInterest, ForumGoing, ForumTopicHost):
        run(delete(of_topic).where(of_topic.topic_id.in_(topics)))
    hours = select(ForumSlot.id).where(ForumSlot.forum_id == forum_id)
    run(delete(ForumGoing).where(ForumGoing.slot_id.in_(hours)))
    for model in (ForumFold, ForumTopic, ForumRoom, ForumSlot):
        run(delete(model).where(model.forum_id == forum_id))
