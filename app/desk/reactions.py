"""Answers to what happened elsewhere."""

from sqlalchemy import delete, select

from app.accounts.signals import AccountClosed
from app.core.db import db, run
from app.desk.models import Assignment, Note
from app.ideas.models import Idea
from app.moderation.measures.models import Measure
from app.moderation.signals import MeasureTaken


def forget_waiting(signal: AccountClosed) -> None:
    """Delete the assignments and notes on the ideas that never appeared, once their author leaves."""
    ideas = select(Idea.id).where(Idea.author_id == signal.user_id, Idea.status == "pending")
    for table in (Assignment, Note):
        run(delete(table).where(table.idea_id.in_(ideas)))


def release_moved(signal: MeasureTaken) -> None:
    """Delete the assignment of an idea once another community leads it: the former team has it no more."""
    measure = db.session.get_one(Measure, signal.measure_id)
    if measure.idea_id and measure.kind in ("move", "hand_over"):
        run(delete(Assignment).where(Assignment.idea_id == measure.idea_id))
