"""Who reads a content, of whichever kind, and who decides on it; cases and measures ask here."""

from typing import Protocol

from app.accounts import policy as accounts
from app.accounts.models.people import Profile
from app.comments import policy as comments
from app.comments.models import Comment
from app.communities import policy as communities
from app.contents.models import Content, container_of
from app.core.actor import Actor
from app.core.permits import Permission
from app.events import policy as events
from app.events.models.meetings import Event
from app.forum import policy as forums
from app.forum.models import ForumTopic
from app.ideas import policy as ideas
from app.ideas.models import Idea
from app.plan import policy as plan
from app.plan.models.progress import Bulletin
from app.plan.models.structure import Action
from app.updates import policy as updates
from app.updates.models import Update

CONTENT_READ: dict[type, Permission] = {
    Idea: ideas.READ,
    Comment: comments.READ,
    Update: updates.READ,
    Action: plan.READ_ACTION,
    Bulletin: plan.READ_BULLETIN,
    Event: events.READ,
    ForumTopic: forums.READ_TOPIC,
    Profile: accounts.READ_PROFILE,
}
CONTENT_READ_OWN: dict[type, Permission] = {
    Idea: ideas.READ_OWN,
    Comment: comments.READ_OWN,
    Update: updates.READ_OWN,
    Action: plan.READ_OWN_ACTION,
    Bulletin: plan.READ_OWN_BULLETIN,
    Event: events.READ_OWN,
    ForumTopic: forums.READ_OWN_TOPIC,
    Profile: accounts.READ_OWN_PROFILE,
}
CONTENT_RESTORE: dict[type, Permission] = {
    Idea: ideas.RESTORE,
    Comment: comments.RESTORE,
    Update: updates.RESTORE,
    Action: plan.RESTORE_ACTION,
    Bulletin: plan.RESTORE_BULLETIN,
    Event: events.RESTORE,
    ForumTopic: forums.RESTORE_TOPIC,
    Profile: accounts.RESTORE_PROFILE,
}
CONTENT_HIDE: dict[type, Permission] = {
    Idea: ideas.HIDE,
    Comment: comments.HIDE,
    Update: updates.HIDE,
    Action: plan.HIDE_ACTION,
    Bulletin: plan.HIDE_BULLETIN,
    Event: events.HIDE,
    ForumTopic: forums.HIDE_TOPIC,
    Profile: accounts.HIDE_PROFILE,
}


class Concerning(Protocol):
    """A case or a measure: it concerns whoever wrote the content, or the person whom it is on."""

    @property
    def concerned_id(self) -> int | None: ...


def reads_it(actor: Actor, content: Content) -> bool:
    return CONTENT_READ[type(content)].permits(actor, content)


def reads_own(actor: Actor, content: Content) -> bool:
    return CONTENT_READ_OWN[type(content)].permits(actor, content)


def wrote_it(actor: Actor, content: Content) -> bool:
    return actor.is_someone and content.author_id == actor.id


def did_not_write_it(actor: Actor, content: Content) -> bool:
    return not wrote_it(actor, content)


def is_concerned(actor: Actor, decision: Concerning) -> bool:
    return actor.is_someone and decision.concerned_id == actor.id


def is_not_concerned(actor: Actor, decision: Concerning) -> bool:
    return not is_concerned(actor, decision)


def stands_in(actor: Actor, content: Content | None) -> bool:
    """They decide on it for want of anybody but its author; a profile stands in no community."""
    if content is None or isinstance(content, Profile):
        return False
    return communities.stands_in(actor, container_of(content), content.author_id)


READ = Permission("content:read", [reads_it])
READ_OWN = Permission("content:read_own", [reads_own])
