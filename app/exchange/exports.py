"""A list that somebody takes away in a file: who may, how often, and the line that says it."""

from app.accounts import limits
from app.accounts.models.accesses import Access
from app.core.actor import Actor
from app.core.db import db
from app.core.permits import require
from app.core.unit import command
from app.events import policy as events
from app.events.models.meetings import Event
from app.events.service import door
from app.ideas import policy as ideas

IDEAS, EVENTS = "export", "events_file"
# What the line of a list says, and who may take that list away.
LISTS = {IDEAS: ideas.EXPORT, EVENTS: events.EXPORT}


@command
def note(actor: Actor, what: str) -> None:
    """Count a list that is about to be taken away, and write down who does. Raise TooMany past the limit."""
    require(actor, LISTS[what])
    _count(actor)
    db.session.add(Access(by_id=actor.own_id, user_id=actor.own_id, what=what))


@command
def note_people(actor: Actor, event: Event) -> None:
    """Do the same for the list of those who come to a meeting, of which there is one line a day."""
    _count(actor)
    door.note_file(actor, event)


def _count(actor: Actor) -> None:
    limits.take("export", actor)
