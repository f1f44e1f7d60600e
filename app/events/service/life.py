"""The life of a meeting: drafted, published, moved, cancelled, closed; hidden, shown, deleted; begun from another."""

from dataclasses import replace
from datetime import datetime

from app.accounts.submissions import Sending
from app.comments import threads
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import N_, Invalid
from app.core.permits import require
from app.core.signals import tell
from app.core.unit import command
from app.events import mails, policy, retention, seating, writing
from app.events.models.contents import EventMove
from app.events.models.meetings import CANCELLED, CLOSED, PUBLISHED, Event
from app.events.models.registrations import EventRegistration
from app.events.queries.registrations import is_coming
from app.events.service import charges, rehearsals
from app.events.signals import EventCancelled, EventChanged, EventCloned, EventMoved, EventPublished
from app.events.stored_words import get_words
from app.events.words import EventWords

SAME_TIME = N_("C'est déjà le moment de cette rencontre : choisissez-en un autre.")
ANNOUNCED = N_(
    "Une rencontre annoncée reste au calendrier jusqu'à la fin de sa date : annulez-la, et les personnes inscrites "
    "sont prévenues."
)
OUT_OF_SIGHT = N_(
    "Une rencontre masquée ne se supprime qu'après sa date : les personnes inscrites savent qu'elle est masquée, et "
    "apprendraient qu'elle est rétablie."
)
IN_THE_PAST = N_("Choisissez un moment à venir : une rencontre ne se déplace pas dans le passé.")


@command
def create(
    actor: Actor,
    words: EventWords,
    *,
    community_id: int | None,
    starts_at: datetime,
    ends_at: datetime,
    form_key: str | None = None,
) -> Event:
    """Make the draft of a meeting; the same form sent again gives the same draft."""
    require(actor, policy.CREATE)
    sending = Sending(actor, "event", form_key, (words.title, words.body))
    existing_id = sending.first_result()
    if existing_id:
        return db.session.get_one(Event, existing_id)
    writing.check_lead(actor, community_id)
    writing.check_times(starts_at, ends_at)
    event = _new(actor, words, community_id, starts_at, ends_at)
    sending.record(event.id)
    return event


def _new(actor: Actor, words: EventWords, community_id: int | None, starts_at: datetime, ends_at: datetime) -> Event:
    thread = threads.create(
        "event", words.title, community_id=community_id, author_id=actor.id, is_public=False, is_open=False
    )
    event = Event(author_id=actor.own_id, thread_id=thread.id, title=words.title, starts_at=starts_at, ends_at=ends_at)
    event.mode, event.territory_id = words.mode, words.territory_id
    writing.set_lead(event, community_id)
    writing.check_words(event, words)
    db.session.add(event)
    db.session.flush()
    writing.write_words(actor, event, words)
    return event


@command
def edit(
    actor: Actor,
    event: Event,
    words: EventWords,
    *,
    community_id: int | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> Event:
    """Write other words; who leads it and when it is are for a draft alone. The same words change nothing."""
    require(actor, policy.EDIT, event)
    team = _get_team(event)
    if event.is_draft:
        _edit_draft(actor, event, community_id, starts_at or event.starts_at, ends_at or event.ends_at)
    before = _announced(event)
    with seating.settling(event):
        is_changed = writing.write_words(actor, event, words)
    if is_changed:
        event.edited_at = clock.now()
        if _announced(event) != before:
            note_change(event)
            _tell_of_change(actor, event, before)
    _keep_thread(event)
    if _get_team(event) != team:
        rehearsals.follow(event)
    return event


def _get_team(event: Event) -> tuple[int | None, list[int]]:
    """Return the communities that run a meeting: the one that leads it, and the others that it concerns."""
    return event.community_id, event.other_ids


def _tell_of_change(actor: Actor, event: Event, before: tuple[object, ...]) -> None:
    """Tell those who come where it is held now, or how it is joined; another title needs no mail, nor what is off."""
    if policy.is_on(actor, event) and _where(_announced(event)) != _where(before):
        db.session.flush()
        tell(EventChanged(event.id, actor.own_id))


def _where(announced: tuple[object, ...]) -> tuple[object, ...]:
    return announced[1:5]


def _edit_draft(actor: Actor, event: Event, community_id: int | None, starts_at: datetime, ends_at: datetime) -> None:
    if community_id != event.community_id:
        writing.check_lead(actor, community_id)
        writing.set_lead(event, community_id)
    writing.check_times(starts_at, ends_at)
    event.starts_at = _keep_seconds(event.starts_at, starts_at)
    event.ends_at = _keep_seconds(event.ends_at, ends_at)


def _keep_seconds(stored: datetime, typed: datetime) -> datetime:
    """Return what was typed, or what is stored where that is the same minute: a form has no seconds."""
    return stored if stored.replace(second=0, microsecond=0) == typed else typed


def _announced(event: Event) -> tuple[object, ...]:
    """Return what calendars and those who come must hear of, when it changes."""
    return (event.title, event.mode, event.place, event.territory_id, event.room_url, event.starts_at, event.ends_at)


def note_change(event: Event) -> None:
    """Number a change of time, place or state, by which calendars know the newest."""
    event.changed_at = clock.now()
    if not event.is_draft:
        event.sequence += 1


@command
def publish(actor: Actor, event: Event) -> None:
    """Put a meeting in the calendar; one that is over takes no registration, and nobody is called to it."""
    require(actor, policy.PUBLISH, event)
    writing.check_times(event.starts_at, event.ends_at)
    event.published_at = clock.now()
    event.takes_registrations = not event.has_begun
    note_change(event)
    event.status = PUBLISHED
    _keep_thread(event)
    tell(EventPublished(event.id))


@command
def move(actor: Actor, event: Event, *, starts_at: datetime, ends_at: datetime, reason: str) -> EventMove:
    """Hold a meeting at another time, for a reason that all may read; the former time stays readable."""
    require(actor, policy.MOVE, event)
    writing.check_times(starts_at, ends_at)
    if (starts_at, ends_at) == (event.starts_at, event.ends_at):
        raise Invalid(SAME_TIME, "starts_on")
    if starts_at <= clock.now():
        raise Invalid(IN_THE_PAST, "starts_on")
    former = {"former_starts_at": event.starts_at, "former_ends_at": event.ends_at}
    step = EventMove(
        event_id=event.id, starts_at=starts_at, ends_at=ends_at, reason=reason, by_id=actor.own_id, **former
    )
    step.at = clock.now()
    db.session.add(step)
    with seating.settling(event):
        event.starts_at, event.ends_at = starts_at, ends_at
    note_change(event)
    db.session.flush()
    tell(EventMoved(event.id, step.id))
    return step


@command
def cancel(actor: Actor, event: Event, *, reason: str) -> None:
    """Say that a meeting is not held, and why; its page stays."""
    require(actor, policy.CANCEL, event)
    event.cancelled_at, event.cancelled_by, event.cancelled_reason = clock.now(), actor.own_id, reason
    note_change(event)
    event.status = CANCELLED
    db.session.flush()
    tell(EventCancelled(event.id))


@command
def close(actor: Actor, event: Event) -> None:
    """Close a meeting, once the account of it is published: it is only read from then on."""
    require(actor, policy.CLOSE, event)
    event.status, event.closed_at = CLOSED, clock.now()


@command
def delete(actor: Actor, event: Event) -> None:
    """Take a meeting back, and the talk under it with it; its charges end, and who came as a guest is forgotten.

    Nobody could ask for that later: no page of it can be read. One that was announced is cancelled, or hidden, and
    stays until its end: deleted, it would tell nobody. Raise Invalid.
    """
    require(actor, policy.DELETE, event)
    if event.is_announced:
        raise Invalid(OUT_OF_SIGHT if event.is_hidden else ANNOUNCED)
    event.delete(actor.own_id)
    note_change(event)
    mails.forget_outgoing(event)
    retention.empty_meeting(event.id)
    charges.end_all(event.id)
    _keep_thread(event)


@command
def hide(actor: Actor, event: Event, *, reason: str) -> None:
    """Take a meeting out of sight: those who come hear of it, and of nothing else that it says."""
    require(actor, policy.HIDE, event)
    event.hide(actor.own_id, reason)
    note_change(event)
    _tell_of_hiding(event)
    _keep_thread(event)


def _tell_of_hiding(event: Event) -> None:
    """Tell those who come; of a cancelled one that it is cancelled, where the letter that says so has not left.

    Of a closed one the way to its minutes is told to guests who did not have it, once it is shown again.
    """
    if event.status == PUBLISHED:
        mails.tell_all(event, mails.HIDDEN)
    elif event.is_cancelled:
        mails.tell_all(event, mails.CANCELLED, mails.has_letter())
    elif event.is_closed:
        mails.ask(event, mails.MINUTES, EventRegistration.registrant_id.is_not(None), is_coming(), mails.has_letter())
    # Of what is over, whose letters are taken back too.
    mails.forget_outgoing(event, is_coming())


@command
def restore(actor: Actor, event: Event) -> None:
    """Show a meeting again, and tell those who come, who heard that it was hidden."""
    require(actor, policy.RESTORE, event)
    with seating.settling(event):
        event.show()
    note_change(event)
    if event.status == PUBLISHED:
        mails.tell_all(event, mails.SHOWN)
    _keep_thread(event)


@command
def clone(
    actor: Actor,
    event: Event,
    *,
    starts_at: datetime,
    ends_at: datetime,
    form_key: str | None = None,
    takes_rest: bool = False,
) -> Event:
    """Make the draft of another meeting from the words of this one, at other dates: no person goes with them.

    `takes_rest`: of a forum, the topics that were not held are on the wall of the next one.
    """
    require(actor, policy.CLONE, event)
    sending = Sending(actor, "event clone", form_key)
    existing_id = sending.first_result()
    if existing_id:
        return db.session.get_one(Event, existing_id)
    writing.check_times(starts_at, ends_at)
    writing.check_lead(actor, event.community_id)
    words = get_words(actor, event)
    new_questions = tuple(replace(question, id=0) for question in words.questions)
    words = replace(words, questions=new_questions, opens_at=None)
    draft = _new(actor, words, event.community_id, starts_at, ends_at)
    tell(EventCloned(draft.id, event.id, actor.own_id, takes_rest))
    sending.record(draft.id)
    return draft


def _keep_thread(event: Event) -> None:
    """Keep what the thread knows of its meeting in step, and its privacy with that of its community."""
    writing.set_lead(event, event.community_id)
    threads.sync(
        event.thread_id,
        title=event.title,
        community_id=event.community_id,
        is_public=event.is_published,
        is_open=event.is_published,
    )
