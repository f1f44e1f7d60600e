from app.communities import policy as communities
from app.core.actor import Actor
from app.core.permits import Permission
from app.updates.models import Update


def is_public(actor: Actor, update: Update) -> bool:
    return update.is_public and communities.sees(actor, update)


def is_author(actor: Actor, update: Update) -> bool:
    return actor.is_someone and update.author_id == actor.id


def is_seen(actor: Actor, update: Update) -> bool:
    """An update is the word of its community: whoever left a private one no longer reads what they wrote for it."""
    return communities.sees(actor, update)


def is_kept(_actor: Actor, update: Update) -> bool:
    return not update.is_deleted


def is_shown(_actor: Actor, update: Update) -> bool:
    return not update.is_hidden


def is_hidden(_actor: Actor, update: Update) -> bool:
    return update.is_hidden


def is_not_own_judge(actor: Actor, update: Update) -> bool:
    """Whoever wrote it does not undo what a colleague decided; they appeal, as anybody does."""
    return update.author_id != actor.id or update.hidden_by == actor.id


def moderates_it(actor: Actor, update: Update) -> bool:
    return communities.facilitates(actor, update)


READ = Permission("update:read", [is_public], [is_author, is_seen, is_kept], [moderates_it, is_kept])
PUBLISH = Permission("update:publish", [communities.has_charge, communities.is_current])
EDIT = Permission("update:edit", [is_author, moderates_it, is_kept, is_shown])
DELETE = Permission("update:delete", [is_author, moderates_it, is_kept])
HIDE = Permission("update:hide", [moderates_it, is_kept, is_shown])
RESTORE = Permission("update:restore", [moderates_it, is_kept, is_hidden, is_not_own_judge])
