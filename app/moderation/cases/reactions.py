"""Answers to what happened elsewhere: what a team decided, or has to, outlives what it was about."""

from sqlalchemy import select

from app.core.db import db
from app.core.errors import N_, Conflict
from app.forum.models import ForumTopic
from app.forum.signals import ForumRemoved
from app.moderation.cases.models import Case
from app.moderation.measures.models import Measure

JUDGED = N_(
    "Un sujet de ce forum a été signalé ou masqué, et ce qui en est décidé doit rester lisible : le forum ne se retire "
    "plus. Annulez plutôt la rencontre."
)


def keep_judged_topics(signal: ForumRemoved) -> None:
    """Refuse that topics go which are about to be judged, or were. Raise Conflict."""
    topics = select(ForumTopic.id).where(ForumTopic.forum_id == signal.forum_id)
    for table in (Case, Measure):
        if db.session.scalar(select(table.id).where(table.topic_id.in_(topics)).limit(1)):
            raise Conflict(JUDGED)
