"""Who may do what with a Forum ouvert: the page of law. A forum is the meeting's: who runs it runs the forum."""

from app.core.actor import Actor
from app.core.permits import Permission
from app.events import policy as events
from app.forum.models import Forum


def is_public(actor: Actor, forum: Forum) -> bool:
    return events.is_public(actor, forum.event)


def runs_it(actor: Actor, forum: Forum) -> bool:
    return events.runs_it(actor, forum.event)


def is_hidden_from_most(actor: Actor, forum: Forum) -> bool:
    """Its meeting is hidden, and this person decides on it."""
    return events.decides_on_it(actor, forum.event) and forum.event.is_hidden


def is_own(actor: Actor, forum: Forum) -> bool:
    """They wrote the meeting, which they read whatever becomes of it."""
    return events.READ_OWN.permits(actor, forum.event)


def is_kept(_actor: Actor, forum: Forum) -> bool:
    return not forum.event.is_deleted


def is_shown(_actor: Actor, forum: Forum) -> bool:
    return not forum.event.is_hidden


def is_not_cancelled(_actor: Actor, forum: Forum) -> bool:
    """Its meeting is held, or was."""
    return not forum.event.is_cancelled


def was_published(_actor: Actor, forum: Forum) -> bool:
    """Its meeting was published: people may come."""
    return not forum.event.is_draft


def is_open(_actor: Actor, forum: Forum) -> bool:
    """Neither it nor its meeting is closed: from then on it is only read."""
    return not forum.is_closed and not forum.event.is_closed


def is_to_come(_actor: Actor, forum: Forum) -> bool:
    return not forum.has_begun


READ = Permission("forum:read", [is_public], [runs_it, is_kept], [is_hidden_from_most, is_kept], [is_own])
CREATE = Permission(
    "forum:create", [events.runs_it, events.is_kept, events.is_shown, events.is_not_closed, events.is_not_cancelled]
)
ARRANGE = Permission("forum:arrange", [runs_it, is_kept, is_shown, is_not_cancelled, is_open])
MOVE_PHASE = Permission("forum:move_phase", [runs_it, is_kept, is_shown, is_not_cancelled, is_open, was_published])
REMOVE = Permission("forum:remove", [runs_it, is_kept, is_shown, is_to_come])
