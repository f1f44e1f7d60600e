"""Meetings: who follows where one stands, who comes to it, and who has a charge of it."""

from app.core import clock
from app.core.db import db
from app.events.models.contents import EventMove
from app.events.models.meetings import Event
from app.events.models.minutes import EventMinutes
from app.events.models.registrations import EventRegistration
from app.events.signals import (
    ChargeGiven,
    EventCancelled,
    EventChanged,
    EventMoved,
    EventPublished,
    MinutesPublished,
    PlacesGiven,
)
from app.notifications.service import facts, notices


def note_event(signal: EventPublished) -> None:
    """Tell whoever follows one of its communities, tags, issues or territories that a meeting is announced."""
    event = db.session.get_one(Event, signal.event_id)
    facts.note("follow.event", by=event.author_id, event_id=event.id)


def note_move(signal: EventMoved) -> None:
    """Tell whoever comes to a meeting, looks after it or follows it when it is held now, and why."""
    move = db.session.get_one(EventMove, signal.move_id)
    moment = move.starts_at.isoformat()
    facts.note("moved", by=move.by_id, event_id=move.event_id, starts_at=moment, reason=move.reason)


def note_change(signal: EventChanged) -> None:
    """Tell whoever comes to a meeting, looks after it or follows it that its place or its way to join changes."""
    facts.note("changed", by=signal.by, event_id=signal.event_id)


def note_cancelling(signal: EventCancelled) -> None:
    """Tell whoever would come to a meeting, looks after it or follows it that it is cancelled, and why."""
    event = db.session.get_one(Event, signal.event_id)
    facts.note("cancelled", by=event.cancelled_by, event_id=event.id, reason=event.cancelled_reason)


def note_minutes(signal: MinutesPublished) -> None:
    """Tell whoever was at a meeting, looks after it or follows it that its minutes can be read."""
    minutes = db.session.get_one(EventMinutes, signal.event_id)
    facts.note("minutes", by=minutes.by_id, event_id=signal.event_id)


def tell_of_charge(signal: ChargeGiven) -> None:
    """Tell a person that they have a charge of a meeting: at its door, or of its minutes."""
    key = f"{signal.event_id}-{clock.now().timestamp()}"
    if signal.by != signal.user_id:
        notices.tell(signal.user_id, f"charge.{signal.kind}", key, event_id=signal.event_id)


def tell_of_places(signal: PlacesGiven) -> None:
    """Tell the members whose turn came on the list that they have their place, beside the mail that says it."""
    for number in signal.registration_ids:
        registration = db.session.get_one(EventRegistration, number)
        key = f"{number}-{clock.now().timestamp()}"
        notices.tell(registration.user_id, "place.given", key, event_id=signal.event_id)
