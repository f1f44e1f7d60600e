"""Notes of a team on an idea: for those who moderate it, never for the public nor for whoever wrote it."""
from app.accounts import submissions
from app.core import clock
from app.core.actor import Actor
from app.core.db import db
from app.core.permits import require
from app.core.unit import command
from app.ideas.models import Idea
from app.moderation.models.desk import Note
from app.moderation.policy import desk as policy
from app.moderation.queries import notes


@command
def add(actor: Actor, idea: Idea, *, body: str, form_key: str | None = None) -> None:
    """Leave a note for the team; the same form sent twice leaves one."""
    require(actor, policy.NOTE_WRITE, idea)
    if submissions.first_result(actor, "note", form_key):
        return
    note = Note(idea_id=idea.id, body=body, by_id=actor.own_id, at=clock.now())
    db.session.add(note)
    db.session.flush()
    submissions.record(actor, "note", form_key, note.id)


@command
def delete(actor: Actor, idea: Idea, note: Note) -> None:
    """Take back a note that one wrote; nothing is kept of it."""
    db.session.delete(notes.one(actor, idea, note.id))
