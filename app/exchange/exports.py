"""A list that somebody takes away in a file: who may, how often, and the line that says it."""

from app.accounts import limits
from app.accounts.models.accesses import Access
from app.core.actor import Actor
from app.core.db import db
from app.core.permits import require
from app.core.unit import command
from app.ideas import policy


@command
def note(actor: Actor) -> None:
    """Count a list of ideas that is about to be taken away, and write down who does. Raise TooMany past the limit."""
    require(actor, policy.EXPORT)
    limits.take("export", actor)
    db.session.add(Access(by_id=actor.own_id, user_id=actor.own_id, what="export"))
