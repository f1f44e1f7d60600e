"""Answers to what happened elsewhere: a ballot goes with its place; no forum closes before its choice is counted."""

from sqlalchemy import or_, select, update

from app.accounts.signals import AccountClosed
from app.choices.models import ChoiceCandidate
from app.choices.queries import choices as queries
from app.choices.service import ballots, choices
from app.core.db import db, run
from app.core.errors import N_, Conflict
from app.events.models.registrations import EventRegistration
from app.events.signals import EventCancelled, GuestsForgotten, MinutesPublished, PlaceGivenBack, PlacesForgotten
from app.forum.models import CLOSED
from app.forum.signals import ForumEmptied, ForumRemoved, PhaseMoved
from app.notes.models import NoteLine
from app.notes.signals import LineCorrected

UNCOUNTED = N_(
    "Le choix de la convergence n'est pas compté : les pastilles y portent encore le nom de qui les a posées. "
    "Fermez-le et comptez-le, ou retirez-le si personne n'en a posé."
)
CHOSEN = N_(
    "Ce forum a un choix, et ce qui y est posé doit rester : il ne se retire plus. Annulez plutôt la rencontre."
)


def forget_places(signal: PlacesForgotten | GuestsForgotten) -> None:
    """Forget the ballots of places that are deleted, or whose guest is."""
    ballots.forget(signal.registration_ids)


def empty_place(signal: PlaceGivenBack) -> None:
    """Forget the ballot of a place that is given back: taken again, it begins anew."""
    ballots.forget([signal.registration_id])


def forget_account(signal: AccountClosed) -> None:
    """Forget the ballots of somebody who leaves."""
    query = select(EventRegistration.id).where(EventRegistration.user_id == signal.user_id)
    ballots.forget(db.session.scalars(query).all())


def keep_uncounted(signal: PhaseMoved) -> None:
    """Refuse that a forum closes while ballots have their owners. Raise Conflict."""
    if signal.phase == CLOSED:
        _refuse_uncounted(signal.forum_id)


def keep_uncounted_open(signal: MinutesPublished) -> None:
    """Refuse minutes, which close the whole meeting, while ballots have their owners. Raise Conflict."""
    _refuse_uncounted(signal.event_id)


def _refuse_uncounted(forum_id: int) -> None:
    choice = queries.find_choice(forum_id)
    if choice and not choice.is_counted:
        raise Conflict(UNCOUNTED)


def keep_chosen(signal: ForumRemoved) -> None:
    """Refuse that a forum goes in which something was chosen. Raise Conflict."""
    if queries.find_choice(signal.forum_id):
        raise Conflict(CHOSEN)


def remove_uncounted(signal: EventCancelled) -> None:
    """Delete the choice of a meeting that is not held: nobody will count it, and its ballots have their owners."""
    choice = queries.find_choice(signal.event_id)
    if choice and not choice.is_counted:
        choices.erase(choice.id)


def correct_words(signal: LineCorrected) -> None:
    """Write the corrected words of a line where one chose it, under whichever of its rows: they may hold a name."""
    rows = select(NoteLine.id).where(or_(NoteLine.id == signal.line_id, NoteLine.first_id == signal.line_id))
    run(update(ChoiceCandidate).where(ChoiceCandidate.line_id.in_(rows)).values(text=signal.text))


def remove_choice(signal: ForumEmptied) -> None:
    """Delete the choice of a forum that is emptied, with all that was placed in it."""
    choices.erase(signal.forum_id)
