"""How long dots that nobody counted have an owner: as long as a meeting knows its guests."""

from datetime import timedelta

from sqlalchemy import ColumnElement, delete, func, or_, select

from app.choices.models import ChoiceCandidate, ChoiceDot
from app.choices.service import ballots
from app.core import clock
from app.core.db import db, run
from app.core.unit import command
from app.events.models.meetings import Event
from app.events.retention import GUESTS_FOR, PATIENCE


@command
def purge() -> None:
    """Erase the dots of choices that were never counted, when the meeting forgets its guests."""
    due = select(ChoiceCandidate.choice_id).join(ChoiceDot, ChoiceDot.candidate_id == ChoiceCandidate.id)
    found = db.session.scalars(due.where(_since(GUESTS_FOR)).distinct().order_by(ChoiceCandidate.choice_id)).all()
    if not found:
        return
    run(delete(ChoiceDot).where(_since(GUESTS_FOR)))
    for choice_id in found:
        ballots.fold(choice_id)


def _since(age: timedelta) -> ColumnElement[bool]:
    moment = clock.now() - age
    query = select(ChoiceCandidate.id).join(Event, Event.id == ChoiceCandidate.choice_id)
    return ChoiceDot.candidate_id.in_(query.where(or_(Event.ends_at < moment, Event.deleted_at < moment)))


def count_overdue() -> int:
    """Count what should have been erased a day ago: `check` says so."""
    return db.session.scalar(select(func.count()).select_from(ChoiceDot).where(_since(GUESTS_FOR + PATIENCE))) or 0
