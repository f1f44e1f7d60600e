"""Answers to what happened elsewhere."""

from sqlalchemy import delete, update

from app.accounts.signals import AccountClosed
from app.comments.signals import CommentsCounted
from app.communities.signals import AccountSuspended, FacilitatorRelieved, MemberRemoved
from app.core.db import db, run
from app.events import halls, mails, retention
from app.events.models.meetings import Event
from app.events.models.registrations import CANCELLED, IN, EventRegistration
from app.events.models.running import EventCharge
from app.events.queries import registrations
from app.events.service import registrations as acts
from app.events.signals import EventCancelled, EventChanged, EventMoved, MinutesPublished


def copy_comments_count(signal: CommentsCounted) -> None:
    """Copy the thread's public count beside the meeting's title."""
    if signal.kind == "event":
        run(update(Event).where(Event.thread_id == signal.thread_id).values(comments_count=signal.count))


def end_charges(signal: AccountClosed) -> None:
    """End the charges of somebody who leaves."""
    run(delete(EventCharge).where(EventCharge.user_id == signal.user_id))
    halls.withdraw_of(signal.user_id)


def end_halls(signal: AccountSuspended | FacilitatorRelieved | MemberRemoved) -> None:
    """End the halls that somebody said who may keep a door no more: what they named may be no hall."""
    halls.withdraw_of(signal.user_id)


def tell_of_move(signal: EventMoved) -> None:
    """Tell those who come, or wait, that it is held at another time."""
    mails.tell_all(db.session.get_one(Event, signal.event_id), mails.MOVED)


def tell_of_change(signal: EventChanged) -> None:
    """Tell those who come, or wait, that it is held elsewhere or joined in another way."""
    mails.tell_all(db.session.get_one(Event, signal.event_id), mails.CHANGED)


def tell_of_cancelling(signal: EventCancelled) -> None:
    """Tell those who come, or wait, that it is not held."""
    mails.tell_all(db.session.get_one(Event, signal.event_id), mails.CANCELLED)


def send_minutes(signal: MinutesPublished) -> None:
    """Send the guests who had a place the way to the minutes, as long as their address is here."""
    event = db.session.get_one(Event, signal.event_id)
    is_guest = EventRegistration.registrant_id.is_not(None)
    mails.ask(event, mails.MINUTES, is_guest, EventRegistration.state == IN)


def give_places_back(signal: AccountClosed) -> None:
    """Take somebody who leaves out of the meetings to come, and forget what they needed at all of them."""
    mine = EventRegistration.user_id == signal.user_id
    for event in registrations.lock_meetings(signal.user_id):
        registration = registrations.find_of_user(event.id, signal.user_id)
        if registration and registration.state != CANCELLED:
            acts.drop(event, registration)
    run(update(EventRegistration).where(mine).values(**retention.NOTHING, territory_id=None, wants_name_shown=False))
