"""What a person has read: how far in a thread that they follow, and which of their notices."""

import logging
from collections.abc import Collection

from sqlalchemy import update
from sqlalchemy.exc import SQLAlchemyError

from app.core import clock
from app.core.actor import Actor
from app.core.db import run
from app.core.dialect import put
from app.core.permits import require
from app.core.unit import command
from app.notifications import policy
from app.notifications.models import Notice, ThreadVisit
from app.notifications.queries.visits import Visit

logger = logging.getLogger(__name__)


def try_to_remember(actor: Actor, visit: Visit | None, notice_ids: Collection[int]) -> None:
    """Remember it if it can be written now: whoever reads is answered in any case."""
    try:
        remember(actor, visit, notice_ids)
    except SQLAlchemyError:
        logger.warning(
            "what was read of thread %s, and %s notices, can't be kept now",
            visit.thread_id if visit else None,
            len(notice_ids),
        )


@command
def remember(actor: Actor, visit: Visit | None, notice_ids: Collection[int] = ()) -> None:
    """Keep how far this person has read a thread, once a visit as long as nothing is said meanwhile, and what notices.

    These are the notices that they were shown: one that came since is still to be read.
    """
    require(actor, policy.READ)
    now = clock.now()
    if visit:
        put(
            ThreadVisit,
            "user_id",
            "thread_id",
            user_id=actor.own_id,
            thread_id=visit.thread_id,
            since_id=visit.since_id,
            last_id=visit.last_id,
            at=now,
        )
    if notice_ids:
        mine = (Notice.id.in_(notice_ids), Notice.user_id == actor.id, Notice.read_at.is_(None))
        run(update(Notice).where(*mine).values(read_at=now))
