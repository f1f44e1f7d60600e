"""Who has a desk, and what they do there: give work to one another, keep notes and replies, say how far they read."""

from app.communities.policy import facilitates, has_any_charge, has_charge
from app.core.actor import Actor
from app.core.permits import Permission, is_of_another
from app.desk.models import Note
from app.ideas import policy as ideas
from app.moderation.cases.policy import case_is_of_another, is_open_case


def wrote_note(actor: Actor, note: Note) -> bool:
    return note.by_id == actor.id


READ = Permission("desk:read", [has_any_charge])
MARK_READ = Permission("desk:mark_read", [has_charge])
KEEP_REPLIES = Permission("reply:keep", [has_charge])
ASSIGN = Permission("desk:assign", [ideas.moderates_it, is_of_another, ideas.was_submitted, ideas.is_kept])
ASSIGN_CASE = Permission("case:assign", [facilitates, case_is_of_another, is_open_case])
# Whoever wrote the idea does not read what the team says of it among itself, even when they have the charge of it.
NOTE_READ = Permission("note:read", [ideas.moderates_it, ideas.is_not_author, ideas.was_submitted, ideas.is_kept])
NOTE_WRITE = Permission("note:write", [ideas.moderates_it, ideas.is_not_author, ideas.was_submitted, ideas.is_kept])
NOTE_DELETE = Permission("note:delete", [wrote_note])
