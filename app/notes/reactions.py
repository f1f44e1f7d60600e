"""Answers to what happened elsewhere: a forum that closes publishes what was written in it; names go with people."""

from sqlalchemy import delete, select, update

from app.core.db import db, run
from app.events import mails
from app.events.models.meetings import Event
from app.events.models.registrations import EventRegistration, Registrant
from app.events.signals import GuestsForgotten, PlacesForgotten
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
from app.notes.queries.review import was_there
from app.notes.signals import ReviewEnded


def publish_closed(signal: PhaseMoved) -> None:
    """Have the public read what nobody had published yet."""
    if signal.phase == CLOSED:
        publishing.copy_all(signal.forum_id)


def tell_guests(signal: ReviewEnded) -> None:
    """Write to the guests who were there, at the address that they left, what became of what was said."""
    has_address = select(Registrant.id).where(Registrant.email.is_not(None))
    event = db.session.get_one(Event, signal.forum_id)
    mails.ask(event, mails.REVIEWED, was_there(), EventRegistration.registrant_id.in_(has_address))


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


def forget_places(signal: PlacesForgotten) -> None:
    """Forget from which place something was written, and by which guest: its words stay."""
    for model in (NoteVersion, NoteLine):
        mine = update(model).where(model.registration_id.in_(signal.registration_ids))
        run(mine.values(registration_id=None, name=""))


def forget_guests(signal: GuestsForgotten) -> None:
    """Take the name of guests off what they wrote."""
    for model in (NoteVersion, NoteLine):
        run(update(model).where(model.registration_id.in_(signal.registration_ids)).values(name=""))
