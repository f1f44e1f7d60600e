"""The gestures that the tests of measures repeat."""
from sqlalchemy import inspect, select

from app.accounts.models.people import User
from app.appeals import policy
from app.appeals.queries import measures as queries
from app.appeals.service import undo as undoing
from app.comments.models import Comment, Thread
from app.core.db import db
from app.ideas.models import Idea
from app.journal.models import Entry
from app.measures.models import Measure
from app.notifications.models import Notice
from app.operations import recount

WHY = "Une raison claire"


def last():
    db.session.rollback()
    return db.session.scalars(select(Measure).order_by(Measure.id.desc()).limit(1)).one()


def undo(actor, measure=None, reason=WHY):
    """Undo a measure (the last one) as its page would."""
    contested = queries.one(actor, (measure or last()).id, policy.MEASURE_READ)
    undoing.undo(actor, contested.content, contested.measure, reason=reason)


def user_of(actor):
    return db.session.get_one(User, actor.id)


def rows(*models):
    """Return every column of every row of these tables (of threads, ideas and comments by default)."""
    db.session.rollback()
    return {
        (model.__name__, *inspect(row).identity): {
            column.key: getattr(row, column.key) for column in inspect(model).column_attrs}
        for model in models or (Thread, Idea, Comment) for row in db.session.scalars(select(model))}


def told(kind):
    """Return the notices of a kind by whom they are for."""
    db.session.rollback()
    return {notice.user_id: notice for notice in db.session.scalars(select(Notice).where(Notice.kind == kind))}


def lines():
    db.session.rollback()
    return [(entry.kind, entry.reason, entry.facts.get("on")) for entry in db.session.scalars(select(Entry).order_by(Entry.id))]


def differences():
    db.session.rollback()
    return recount.differences()
