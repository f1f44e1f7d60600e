"""Answers to what happened elsewhere: a forum that closes publishes what was written in it; names go with people."""

from sqlalchemy import delete, select, update

from app.core.db import db, run
from app.events import mails
from app.events.models.meetings import Event
from app.events.models.registrations import EventRegistration, Registrant
from app.events.signals import GuestRenamed, GuestsForgotten, PlacesForgotten, PlaceTakenOver
from app.forum.models import CLOSED, ForumTopic
from app.forum.signals import ForumEmptied, PhaseMoved
from app.notes import publishing
from app.notes.models import (
    ForumReview,
    NoteClash,
    NoteCorrection,
    NoteLine,
    NoteText,
    NoteVersion,
    PublishedLine,
    PublishedNotes,
    SessionNotes,
)
from app.notes.queries import outcomes
from app.notes.signals import ReviewEnded


def publish_closed(signal: PhaseMoved) -> None:
    """Have the public read what nobody had published yet."""
    if signal.phase == CLOSED:
        publishing.copy_all(signal.forum_id)


def tell_guests(signal: ReviewEnded) -> None:
    """Write to the guests who were there, at the address that they left, what became of what was said."""
    has_address = select(Registrant.id).where(Registrant.email.is_not(None))
    event = db.session.get_one(Event, signal.forum_id)
    guests = [one.registration_id for one in outcomes.list_hearers(event) if one.user_id is None]
    for ids in mails.in_parts(guests):
        mails.ask(
            event, mails.REVIEWED, EventRegistration.id.in_(ids), EventRegistration.registrant_id.in_(has_address)
        )


def remove_notes(signal: ForumEmptied) -> None:
    """Delete what was written in the sessions of a forum that is emptied."""
    topics = select(ForumTopic.id).where(ForumTopic.forum_id == signal.forum_id)
    run(update(NoteLine).where(NoteLine.topic_id.in_(topics)).values(replaces_id=None, first_id=None))
    run(delete(ForumReview).where(ForumReview.forum_id == signal.forum_id))
    for model in (
        NoteCorrection,
        PublishedLine,
        PublishedNotes,
        NoteLine,
        NoteClash,
        NoteVersion,
        NoteText,
        SessionNotes,
    ):
        run(delete(model).where(model.topic_id.in_(topics)))


def give_to_account(signal: PlaceTakenOver) -> None:
    """Have what a guest wrote be their account's, which is named there from then on."""
    for model in (NoteVersion, NoteLine):
        mine = update(model).where(model.registration_id == signal.registration_id)
        run(mine.values(user_id=signal.user_id, name=""))


def rename_guest(signal: GuestRenamed) -> None:
    """Name a guest anew with what they wrote, which the forum alone reads."""
    for model in (NoteVersion, NoteLine):
        mine = update(model).where(model.registration_id == signal.registration_id, model.user_id.is_(None))
        run(mine.values(name=signal.name))


def forget_places(signal: PlacesForgotten) -> None:
    """Forget from which place something was written, and by which guest: its words stay."""
    for model in (NoteVersion, NoteLine):
        mine = update(model).where(model.registration_id.in_(signal.registration_ids))
        run(mine.values(registration_id=None, name=""))


def forget_guests(signal: GuestsForgotten) -> None:
    """Take the name of guests off what they wrote."""
    for model in (NoteVersion, NoteLine):
        run(update(model).where(model.registration_id.in_(signal.registration_ids)).values(name=""))
