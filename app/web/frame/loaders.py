"""The loaders that several nouns share."""

from typing import Any

from app.accounts import queries as accounts
from app.accounts.models.people import User
from app.comments.queries import reading as comments
from app.communities import queries as communities
from app.core.actor import ANYONE, Actor
from app.core.errors import NotFound
from app.core.permits import Permission, require
from app.events import policy as events_policy
from app.events.models.meetings import Event
from app.events.queries import reading as events
from app.forum.queries import topics
from app.ideas import policy as ideas_policy
from app.ideas.models import Idea
from app.ideas.queries import reading as ideas
from app.ideas.queries import tags
from app.plan import policy as plan_policy
from app.plan.models.structure import Action
from app.plan.queries import actions, bulletins, plans
from app.reference import queries as reference
from app.reference.queries import Axis, Place, TagNow
from app.reference.service import build_tag_slug
from app.updates import policy as updates_policy
from app.updates import queries as updates
from app.updates.models import Update
from app.web.frame.routes import Loader
from app.web.frame.session import rooms


def get_own_account(actor: Actor, permission: Permission) -> User:
    """Return the account of the actor: no part of the address names it."""
    return accounts.get_user(actor, actor.id or 0, permission)


def get_update(actor: Actor, slug: str, update_id: int, permission: Permission) -> Update:
    """Return an update under the slug of its own community, present or former. Raise NotFound."""
    update, room = updates.get_update(actor, update_id, permission), rooms().by_slug.get(slug)
    if room is None or room.id != update.community_id:
        raise NotFound()
    return update


def get_issue(actor: Actor, slug: str, permission: Permission) -> Axis:
    """Return the issue of a slug, present or former. Raise NotFound."""
    issue = reference.get_catalogue().issue_at(slug)
    if issue is None or not permission.permits(actor, issue):
        raise NotFound()
    return issue


def get_territory(actor: Actor, code: str, permission: Permission) -> Place:
    territory = reference.get_catalogue().place_at(code)
    if territory is None or not permission.permits(actor, territory):
        raise NotFound()
    return territory


def get_tag(actor: Actor, slug: str, permission: Permission) -> TagNow:
    """Return the tag of a slug, present or former, that an idea bears which the actor may read. Raise NotFound."""
    tag = tags.find_tag(actor, slug) if slug == build_tag_slug(slug) else None
    if tag is None or not permission.permits(actor, tag):
        raise NotFound()
    return tag


def get_idea_by_thread(actor: Actor, idea_id: int, permission: Permission) -> Idea:
    """Return an idea whose thread the permission is about. Raise Forbidden, not NotFound, for a reader of it."""
    return _with_thread(actor, ideas.get_idea(actor, idea_id, ideas_policy.READ), permission)


def get_update_by_thread(actor: Actor, slug: str, update_id: int, permission: Permission) -> Update:
    """Return an update whose thread the permission is about. Raise Forbidden, not NotFound, for a reader of it."""
    return _with_thread(actor, get_update(actor, slug, update_id, updates_policy.READ), permission)


def get_action_by_thread(actor: Actor, action_id: int, permission: Permission) -> Action:
    """Return an action whose thread the permission is about. Raise Forbidden, not NotFound, for a reader of it."""
    return _with_thread(actor, actions.get_action(actor, action_id, plan_policy.READ_ACTION), permission)


def get_event_by_thread(actor: Actor, event_id: int, permission: Permission) -> Event:
    """Return a meeting whose thread the permission is about. Raise Forbidden, not NotFound, for a reader of it."""
    return _with_thread(actor, events.get_event(actor, event_id, events_policy.READ), permission)


def _with_thread(actor: Actor, content: Any, permission: Permission) -> Any:
    require(actor, permission, content.thread)
    return content


def publicly(loader: Loader) -> Loader:
    """Return a loader of what the public reads: it finds nothing more for whoever asks."""
    return Loader(lambda _actor, *address: loader.find(ANYONE, *address), *loader.parts)


IDEA = Loader(ideas.get_idea, "idea_id")
COMMENT = Loader(comments.get_comment, "comment_id")
UPDATE = Loader(get_update, "slug", "update_id")
PLAN = Loader(plans.get_plan, "plan_id")
ACTION = Loader(actions.get_action, "action_id")
BULLETIN = Loader(bulletins.get_bulletin, "bulletin_id")
EVENT = Loader(events.get_event, "event_id")
TOPIC = Loader(topics.get_topic, "topic_id")
COMMUNITY = Loader(communities.get_room, "slug")
ACCOUNT = Loader(accounts.get_user, "user_id")
OWN_ACCOUNT = Loader(get_own_account)
ISSUE = Loader(get_issue, "slug")
TERRITORY = Loader(get_territory, "code")
TAG = Loader(get_tag, "slug")
IDEA_BY_THREAD = Loader(get_idea_by_thread, "idea_id")
UPDATE_BY_THREAD = Loader(get_update_by_thread, "slug", "update_id")
ACTION_BY_THREAD = Loader(get_action_by_thread, "action_id")
EVENT_BY_THREAD = Loader(get_event_by_thread, "event_id")
PUBLIC_IDEA, PUBLIC_UPDATE, PUBLIC_ACTION, PUBLIC_COMMUNITY, PUBLIC_EVENT = map(
    publicly, (IDEA, UPDATE, ACTION, COMMUNITY, EVENT)
)
