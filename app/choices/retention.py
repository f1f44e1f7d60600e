"""How long dots that nobody counted have an owner, and paper a typist: as long as a meeting knows its guests."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import or_, select

from app.choices.models import Choice, ChoiceCandidate, ChoiceDot, ChoiceFold, ChoicePaper
from app.choices.service import ballots, choices
from app.core import clock, dialect
from app.core.db import db
from app.core.unit import command
from app.events.models.meetings import Event
from app.events.retention import GUESTS_FOR, PATIENCE


@command
def purge() -> None:
    """Erase the dots of choices that nobody counted, and who typed their paper, when a meeting forgets its guests."""
    due = _list_due(GUESTS_FOR)
    dialect.lock_rows(Choice.__table__, due)
    for choice_id in due:
        choices.forget_people(choice_id)
        ballots.fold(choice_id)


def _list_due(age: timedelta) -> Sequence[int]:
    moment = clock.now() - age
    dots = select(ChoiceDot).join(ChoiceCandidate, ChoiceCandidate.id == ChoiceDot.candidate_id)
    is_left = or_(
        dots.where(ChoiceCandidate.choice_id == Choice.id).exists(),
        select(ChoicePaper.choice_id).where(ChoicePaper.choice_id == Choice.id).exists(),
        select(ChoiceFold.choice_id).where(ChoiceFold.choice_id == Choice.id).exists(),
    )
    query = select(Choice.id).join(Event, Event.id == Choice.id).where(is_left)
    query = query.where(or_(Event.ends_at < moment, Event.deleted_at < moment))
    return db.session.scalars(query.order_by(Choice.id)).all()


def count_overdue() -> int:
    """Count the choices of which it should have been erased a day ago: `check` says so."""
    return len(_list_due(GUESTS_FOR + PATIENCE))
