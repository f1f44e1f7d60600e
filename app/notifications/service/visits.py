"""How far a person has read a thread that they follow."""
from app.core import clock
from app.core.actor import Actor
from app.core.dialect import put
from app.core.permits import require
from app.core.unit import command
from app.notifications import policy
from app.notifications.models import ThreadVisit
from app.notifications.queries.visits import Visit


@command
def remember(actor: Actor, thread_id: int, visit: Visit) -> None:
    """Keep how far this person has read a thread, once a visit as long as nothing is said meanwhile."""
    require(actor, policy.READ)
    put(ThreadVisit, "user_id", "thread_id", user_id=actor.own_id, thread_id=thread_id, since_id=visit.since_id,
        last_id=visit.last_id, at=clock.now())
