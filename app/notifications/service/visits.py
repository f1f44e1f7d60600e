"""How far a person has read a thread that they follow."""
import logging

from sqlalchemy.exc import SQLAlchemyError

from app.core import clock
from app.core.actor import Actor
from app.core.dialect import put
from app.core.permits import require
from app.core.unit import command
from app.notifications import policy
from app.notifications.models import ThreadVisit
from app.notifications.queries.visits import Visit

logger = logging.getLogger(__name__)


def try_to_remember(actor: Actor, thread_id: int, visit: Visit) -> None:
    """Remember it if it can be written now: whoever reads is answered in any case."""
    try:
        remember(actor, thread_id, visit)
    except SQLAlchemyError:
        logger.warning("how far thread %s was read can't be kept now", thread_id)


@command
def remember(actor: Actor, thread_id: int, visit: Visit) -> None:
    """Keep how far this person has read a thread, once a visit as long as nothing is said meanwhile."""
    require(actor, policy.READ)
    put(ThreadVisit, "user_id", "thread_id", user_id=actor.own_id, thread_id=thread_id, since_id=visit.since_id,
        last_id=visit.last_id, at=clock.now())
