"""The minutes of a meeting: kept as a draft, published, which closes the meeting, and corrected with a reason."""

from collections.abc import Sequence

from sqlalchemy import delete

from app.core import clock
from app.core.actor import Actor
from app.core.db import db, run
from app.core.errors import N_, Invalid
from app.core.permits import require
from app.core.signals import tell
from app.core.text import markdown
from app.core.text.plain import has_visible
from app.core.unit import command
from app.events import policy
from app.events.minutes_words import DecisionWords, MinutesWords
from app.events.models.contents import LED_TO, EventSubject
from app.events.models.meetings import CLOSED, Event
from app.events.models.minutes import EventDecision, EventMinutes, EventMinutesVersion
from app.events.queries import minutes as queries
from app.events.signals import MinutesCorrected, MinutesPublished
from app.plan.queries.concerns import Concerns, parse_concerns

MOST_DECISIONS, LARGEST = 30, 100_000
EMPTY = N_("Écrivez le compte rendu, ou au moins une décision.")
NOT_BEGUN = N_("Cette rencontre n'a pas encore commencé : gardez le brouillon, et publiez-le après.")
NO_REASON = N_("Dites en quelques mots ce que vous corrigez.")


@command
def save_draft(actor: Actor, event: Event, words: MinutesWords) -> None:
    """Keep the minutes as they are typed, for those who write them; nobody else reads them."""
    require(actor, policy.WRITE_MINUTES, event)
    row = _get_or_add(actor, event)
    if row.published_at is None:
        row.draft = words.to_draft()


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
    event.status, event.closed_at = CLOSED, clock.now()
    _write(actor, event, words, 1, "")
    tell(MinutesPublished(event.id))


@command
def correct(actor: Actor, event: Event, words: MinutesWords, *, reason: str) -> None:
    """Publish another text of the minutes, with the reason; the former ones stay readable.

    Words that are those of the text that is shown change nothing.
    """
    require(actor, policy.WRITE_MINUTES, event)
    row = db.session.get_one(EventMinutes, event.id)
    if words == queries.get_words(actor, event):
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
    """Write a text of the minutes, what was decided and what it led to."""
    html = markdown.render(words.body)
    db.session.add(
        EventMinutesVersion(
            event_id=event.id,
            number=number,
            body=words.body,
            body_html=html,
            renderer=markdown.VERSION,
            reason=reason,
            by_id=actor.own_id,
            at=clock.now(),
        )
    )
    event.came_in_person, event.came_online = words.came_in_person, words.came_online
    before = queries.get_led_to(actor, event.id)
    led_to = parse_concerns(actor, words.led_to, before, field="led_to")
    for position, one in enumerate(words.decisions):
        found = _find_lead(actor, one, position, before)
        for idea in found.ideas:
            led_to.add(idea, None)
        for action in found.actions:
            led_to.add(None, action)
        db.session.add(_decision(event, number, position, one, found))
    _keep_led_to(actor, event, led_to)


def _find_lead(actor: Actor, words: DecisionWords, position: int, before: Concerns) -> Concerns:
    """Find the idea or the action that a decision names. Raise Invalid where it names none."""
    return parse_concerns(actor, words.leads_to, before, field=f"decisions-{position}-leads_to")


def _decision(event: Event, number: int, position: int, words: DecisionWords, found: Concerns) -> EventDecision:
    ideas: Sequence[int] = [one.id for one in found.ideas]
    actions: Sequence[int] = [one.id for one in found.actions]
    return EventDecision(
        event_id=event.id,
        number=number,
        position=position,
        text=words.text,
        who=words.who,
        due=words.due,
        idea_id=ideas[0] if ideas else None,
        action_id=actions[0] if actions else None,
    )


def _keep_led_to(actor: Actor, event: Event, wanted: Concerns) -> None:
    """Keep what the meeting led to; what this person may not read stays."""
    present = queries.get_led_to(actor, event.id)
    mine = (EventSubject.event_id == event.id, EventSubject.role == LED_TO)
    for column, before, after in (
        (EventSubject.idea_id, present.ideas, wanted.ideas),
        (EventSubject.action_id, present.actions, wanted.actions),
    ):
        ids, kept = [one.id for one in before], [one.id for one in after]
        run(delete(EventSubject).where(*mine, column.in_([one for one in ids if one not in kept])))
        db.session.add_all(
            EventSubject(event_id=event.id, role=LED_TO, **{column.key: one}) for one in kept if one not in ids
        )
