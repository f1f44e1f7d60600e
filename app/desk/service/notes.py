"""Notes of a team on an idea: for those who moderate it, never for the public nor for whoever wrote it."""

from app.accounts.submissions import Sending
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.permits import require
from app.core.unit import command
from app.desk import policy
from app.desk.models import Note
from app.desk.queries import notes
from app.ideas.models import Idea


@command
def add(actor: Actor, idea: Idea, *, body: str, form_key: str | None = None) -> None:
    """Leave a note for the team; the same form sent twice leaves one. Raise Forbidden without the right to."""
    require(actor, policy.NOTE_WRITE, idea)
    sending = Sending(actor, "note", form_key, (body,))
    if sending.first_result():
        return
    note = Note(idea_id=idea.id, body=body, by_id=actor.own_id, at=clock.now())
    db.session.add(note)
    db.session.flush()
    sending.record(note.id)


@command
def delete(actor: Actor, idea: Idea, note: Note) -> None:
    """Take back a note that one wrote; nothing is kept of it. Raise NotFound for another's."""
    db.session.delete(notes.one(actor, idea, note.id, policy.NOTE_DELETE))
