"""The gestures that the tests of measures repeat."""

from sqlalchemy import inspect, select

from app.comments.models import Comment, Thread
from app.core.db import db
from app.ideas.models import Idea
from app.journal.models import Entry
from app.moderation.appeals import policy
from app.moderation.appeals.queries import measures as queries
from app.moderation.appeals.service import undo as undo_service
from app.moderation.measures.models import Measure
from app.operations import recount
from tests.support.rows import last

WHY = "Une raison claire"


def last_measure():
    return last(Measure)


def undo(actor, measure=None, reason=WHY):
    """Undo a measure (the last one) as its page would."""
    contested_measure = queries.get_contested_measure(actor, (measure or last_measure()).id, policy.MEASURE_READ)
    undo_service.undo(actor, contested_measure.content, contested_measure.measure, reason=reason)


def rows(*models):
    """Return every column of every row of these tables (of threads, ideas and comments by default)."""
    db.session.rollback()
    return {
        (model.__name__, *inspect(row).identity): {
            column.key: getattr(row, column.key) for column in inspect(model).column_attrs
        }
        for model in models or (Thread, Idea, Comment)
        for row in db.session.scalars(select(model))
    }


def lines():
    db.session.rollback()
    return [
        (entry.kind, entry.reason, entry.facts.get("on"))
        for entry in db.session.scalars(select(Entry).order_by(Entry.id))
    ]


def differences():
    db.session.rollback()
    return recount.list_differences()
