"""The moment of an idea: what its reader was told of it last, for as long as the visit in which they read it."""

from sqlalchemy import or_, select

from app.core import clock
from app.core.actor import Actor
from app.core.db import NOW, db
from app.notifications.models import Notice
from app.notifications.queries.visits import LASTS

# By what a person is to an idea.
OF_AUTHOR = ("measure.publish", "status", "linked.author", "chain.author")
OF_OTHERS = (
    "follow.step",
    "linked.supporter",
    "linked.follower",
    "chain.supporter",
    "chain.follower",
)
# Among how many of the last things that they were told.
LAST = 200


def list_recent(actor: Actor, idea_id: int, kinds: tuple[str, ...]) -> list[Notice]:
    """Return what a person was told of an idea and has not read before this visit, the last first."""
    last = select(Notice.id).where(Notice.user_id == actor.id).order_by(Notice.id.desc()).limit(LAST).subquery()
    is_new = or_(Notice.read_at.is_(None), Notice.read_at > clock.now() - LASTS)
    query = select(Notice).where(Notice.id.in_(select(last.c.id)), Notice.idea_id == idea_id, Notice.kind.in_(kinds))
    return list(db.session.scalars(query.where(Notice.at <= NOW, is_new).order_by(Notice.id.desc()).limit(5)))
