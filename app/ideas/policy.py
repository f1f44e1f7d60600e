"""Who may do what with an idea: the page of law."""
from app.communities import policy as communities
from app.core.actor import Actor
from app.core.permits import Permission, is_confirmed
from app.ideas.models import NEXT, OPEN, Idea


def is_public(_actor: Actor, idea: Idea) -> bool:
    return idea.is_public


def is_author(actor: Actor, idea: Idea) -> bool:
    return actor.is_someone and idea.author_id == actor.id


def is_kept(_actor: Actor, idea: Idea) -> bool:
    return not idea.is_deleted


def is_draft(_actor: Actor, idea: Idea) -> bool:
    return idea.is_draft


def was_submitted(_actor: Actor, idea: Idea) -> bool:
    return not idea.is_draft


def is_shown(_actor: Actor, idea: Idea) -> bool:
    return not idea.is_hidden


def is_hidden(_actor: Actor, idea: Idea) -> bool:
    return idea.is_hidden


def is_open(_actor: Actor, idea: Idea) -> bool:
    return idea.is_open


def has_next(_actor: Actor, idea: Idea) -> bool:
    return bool(NEXT.get(idea.status))


def is_living(_actor: Actor, idea: Idea) -> bool:
    """Not yet out of the way: a draft, or in a status that is open."""
    return idea.status in ("draft", "pending", *OPEN)


def moderates_it(actor: Actor, idea: Idea) -> bool:
    return communities.facilitates(actor, idea)


READ = Permission("idea:read", [is_public], [is_author, is_kept], [moderates_it, was_submitted, is_kept])
WRITE = Permission("idea:write", [is_confirmed])
EDIT = Permission("idea:edit", [is_author, is_confirmed, is_kept, is_shown, is_living])
PUBLISH = Permission("idea:publish", [is_author, is_confirmed, is_draft, is_kept])
DISCARD = Permission("idea:discard", [is_author, is_draft, is_kept])
WITHDRAW = Permission("idea:withdraw", [is_author, is_confirmed, is_open])
ANSWER = Permission("idea:answer", [moderates_it, is_public, has_next])
SUPPORT = Permission("idea:support", [is_confirmed, is_open])
HIDE = Permission("idea:hide", [moderates_it, was_submitted, is_kept, is_shown])
RESTORE = Permission("idea:restore", [moderates_it, was_submitted, is_kept, is_hidden])
