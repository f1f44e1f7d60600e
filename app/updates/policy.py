from app.communities import policy as communities
from app.core.actor import Actor
from app.core.permits import Permission, is_of_another
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


def moderates_it(actor: Actor, update: Update) -> bool:
    return communities.facilitates(actor, update)


def decides_on_it(actor: Actor, update: Update) -> bool:
    """The charge of its community, or that of another when nobody but its author has it."""
    return moderates_it(actor, update) or communities.stands_in(actor, update, update.author_id)


READ = Permission("update:read", [is_public], [moderates_it, is_kept], [decides_on_it, is_kept, is_hidden])
READ_OWN = Permission("update:read_own", [is_author, is_seen, is_kept])
PUBLISH = Permission("update:publish", [communities.has_charge, communities.is_current])
EDIT = Permission("update:edit", [is_author, moderates_it, is_kept, is_shown])
DELETE = Permission("update:delete", [is_author, moderates_it, is_kept])
HIDE = Permission("update:hide", [decides_on_it, is_of_another, is_kept, is_shown])
RESTORE = Permission("update:restore", [decides_on_it, is_of_another, is_kept, is_hidden])
