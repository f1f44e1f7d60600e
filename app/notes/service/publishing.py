"""Giving the notes of a session to the public to read."""

from app.core.actor import Actor
from app.core.errors import N_, Conflict
from app.core.permits import require
from app.core.unit import command
from app.forum import policy as forum
from app.forum.participants import Participant
from app.notes import policy, publishing
from app.notes.service.rows import list_rows

EMPTY = N_("Rien n'est encore écrit de cette séance : il n'y a rien à publier.")


@command(also=list_rows)
def publish(actor: Actor, who: Participant) -> None:
    """Have the public read the notes as they are now. Raise Conflict where nothing was written."""
    require(actor, policy.PUBLISH, who)
    if not publishing.copy(forum.get_topic(who).id, actor.own_id if actor.is_someone else None):
        raise Conflict(EMPTY)
