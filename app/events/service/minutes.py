"""The minutes of a meeting: kept as a draft, published, which closes the meeting, and corrected with a reason."""

from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import N_, Invalid
from app.core.permits import require
from app.core.signals import tell
from app.core.text import markdown
from app.core.text.plain import has_visible
from app.core.unit import command
from app.events import policy
from app.events.minutes_words import DecisionWords, MinutesWords
from app.events.models.contents import LED_TO
from app.events.models.meetings import Event
from app.events.models.minutes import EventDecision, EventMinutes, EventMinutesVersion
from app.events.queries.details import get_subjects
from app.events.service import life
from app.events.signals import MinutesCorrected, MinutesPublished
from app.events.stored_minutes import get_words
from app.events.subjects import set_subjects
from app.plan.queries.concerns import Concerns, format_concerns, parse_concerns

MOST_DECISIONS, LARGEST = 20, 100_000
EMPTY = N_("Écrivez le compte rendu, ou au moins une décision.")
NOT_BEGUN = N_("Cette rencontre n'a pas encore commencé : gardez le brouillon, et publiez-le après.")
NO_REASON = N_("Dites en quelques mots ce que vous corrigez.")


@command
def save_draft(actor: Actor, event: Event, words: MinutesWords) -> None:
    """Keep the minutes as they are typed, for those who write them; nobody else reads them."""
    require(actor, policy.WRITE_MINUTES, event)
    if not event.is_closed and words != get_words(actor, event):
        _get_or_add(actor, event).draft = words.to_draft()


@command
def publish(actor: Actor, event: Event, words: MinutesWords) -> None:
    """Publish the minutes, which closes the meeting; published before, it changes nothing."""
    require(actor, policy.WRITE_MINUTES, event)
    row = _get_or_add(actor, event)
    if row.published_at is not None:
        return
    _refuse_empty(words)
    if not event.has_begun:
        raise Invalid(NOT_BEGUN)
    row.published_at, row.by_id, row.draft = clock.now(), actor.own_id, {}
    life.close(actor, event)
    _write(actor, event, words, 1, "")
    tell(MinutesPublished(event.id))


@command
def correct(actor: Actor, event: Event, words: MinutesWords, *, reason: str) -> None:
    """Publish another text of the minutes, with the reason; the former ones stay readable.

    Words that are those of the text that is shown change nothing.
    """
    require(actor, policy.WRITE_MINUTES, event)
    row = db.session.get_one(EventMinutes, event.id)
    if words == get_words(actor, event):
        return
    _refuse_empty(words)
    if not has_visible(reason):
        raise Invalid(NO_REASON, "reason")
    row.number += 1
    _write(actor, event, words, row.number, reason)
    tell(MinutesCorrected(event.id, row.number))


def _get_or_add(actor: Actor, event: Event) -> EventMinutes:
    row = db.session.get(EventMinutes, event.id)
    if row is None:
        row = EventMinutes(event_id=event.id, by_id=actor.own_id)
        db.session.add(row)
    return row


def _refuse_empty(words: MinutesWords) -> None:
    if not has_visible(words.body) and not words.decisions:
        raise Invalid(EMPTY, "body")


def _write(actor: Actor, event: Event, words: MinutesWords, number: int, reason: str) -> None:
    """Write a text of the minutes, what was decided and what it led to, and how many came."""
    html = markdown.render(words.body)
    version = EventMinutesVersion(event_id=event.id, number=number, body=words.body, body_html=html, reason=reason)
    version.renderer, version.by_id, version.at = markdown.VERSION, actor.own_id, clock.now()
    db.session.add(version)
    event.came_in_person, event.came_online = words.came_in_person, words.came_online
    present = get_subjects(actor, event.id)[LED_TO]
    before = Concerns(present.ideas, present.actions)
    lines = [words.led_to]
    for position, one in enumerate(words.decisions):
        found = parse_concerns(actor, one.leads_to, before, field=f"decisions-{position}-leads_to")
        db.session.add(_decision(event, number, position, one, found))
        lines.append(format_concerns(found))
    set_subjects(actor, event.id, "\n".join(lines), LED_TO)


def _decision(event: Event, number: int, position: int, words: DecisionWords, found: Concerns) -> EventDecision:
    row = EventDecision(event_id=event.id, number=number, position=position, text=words.text)
    row.who, row.due = words.who, words.due
    row.idea_id = found.ideas[0].id if found.ideas else None
    row.action_id = found.actions[0].id if found.actions else None
    return row
