"""What a team wrote to itself about an idea; only a permission on the idea leads here."""

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.accounts.models.people import User
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.permits import Permission
from app.desk.models import Note
from app.desk.policy import NOTE_READ
from app.ideas.models import Idea
from app.ideas.queries.reading import IDEA

MOST = 100


def list_notes(actor: Actor, idea: Idea) -> Sequence[Note]:
    """Return the last notes on an idea, from the first, to those who may read them; to others, none."""
    if not NOTE_READ.permits(actor, idea):
        return []
    return db.session.scalars(_select_last(), {IDEA.key: idea.id}).all()[::-1]


@cache
def _select_last() -> Select[tuple[Note]]:
    with_author = joinedload(Note.by).load_only(User.name, User.closed_at)
    return select(Note).where(Note.idea_id == IDEA).options(with_author).order_by(Note.id.desc()).limit(MOST)


def get_note(actor: Actor, idea: Idea, note_id: int, permission: Permission) -> Note:
    """Return a note on an idea whose notes this person may read. Raise NotFound."""
    note = db.session.scalar(select(Note).where(Note.id == note_id, Note.idea_id == idea.id))
    if note is None or not NOTE_READ.permits(actor, idea) or not permission.permits(actor, note):
        raise NotFound()
    return note
