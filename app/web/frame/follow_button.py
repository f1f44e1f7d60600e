"""The button that follows a thing: what a page shows of it, and where a press is sent."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from app.communities.queries import Room
from app.events.models.meetings import Event
from app.ideas.models import Idea
from app.notifications.queries import follows
from app.notifications.queries.follows import NOTHING, Following
from app.plan.models.structure import Action
from app.reference.queries import Axis, Place, TagNow
from app.updates.models import Update
from app.web.frame import links
from app.web.frame.session import me, rooms


@dataclass(frozen=True)
class FollowButton:
    """How a person follows a thing, which stands at `page`, and where they change it; a thread has levels."""

    following: Following
    page: str
    url: str
    has_levels: bool = False

    @property
    def withdrawal_url(self) -> str:
        return f"{self.url}/withdrawal"


def of_idea(idea: Idea, following: Following | None = None) -> FollowButton:
    """Return the button of an idea; `following` is given where it was read with others."""
    url = url_for("notices.follow_idea", idea_id=idea.id)
    return FollowButton(following or _find_of_thread(idea), links.idea_url(idea), url, has_levels=True)


def of_update(update: Update, following: Following | None = None) -> FollowButton:
    address: dict[str, Any] = {"slug": rooms().by_id[update.community_id].slug, "update_id": update.id}
    url = url_for("notices.follow_update", **address)
    return FollowButton(following or _find_of_thread(update), url_for("updates.show", **address), url, has_levels=True)


def of_action(action: Action, following: Following | None = None) -> FollowButton:
    url, page = url_for("notices.follow_action", action_id=action.id), url_for("plan.action", action_id=action.id)
    return FollowButton(following or _find_of_thread(action), page, url, has_levels=True)


def of_event(event: Event, following: Following | None = None) -> FollowButton:
    url = url_for("notices.follow_event", event_id=event.id)
    return FollowButton(following or _find_of_thread(event), links.event_url(event), url, has_levels=True)


def _find_of_thread(content: Idea | Update | Action | Event) -> Following:
    return follows.of_thread(me(), content.thread) if me().is_someone else NOTHING


def of_room(room: Room, following: Following | None = None) -> FollowButton:
    return FollowButton(
        following or _find_of_room(room),
        url_for("communities.show", slug=room.slug),
        url_for("notices.follow_community", slug=room.slug),
    )


def _find_of_room(room: Room) -> Following:
    return follows.of_community(me(), room.id) if me().is_someone else NOTHING


def of_issue(issue: Axis, following: Following | None = None) -> FollowButton:
    return FollowButton(
        following or _find_of_place("issue", issue.id),
        url_for("reference.issue", slug=issue.slug),
        url_for("notices.follow_issue", slug=issue.slug),
    )


def of_place(place: Place, following: Following | None = None) -> FollowButton:
    found = following or _find_of_place("territory", place.id)
    return FollowButton(
        found, url_for("reference.territory", code=place.code), url_for("notices.follow_territory", code=place.code)
    )


def _find_of_place(kind: str, target_id: int) -> Following:
    return follows.of_place(me(), kind, target_id) if me().is_someone else NOTHING


def of_tag(tag: TagNow) -> FollowButton:
    return of_tag_at(tag.slug, follows.of_tag(me(), tag.ids) if me().is_someone else NOTHING)


def of_tag_at(slug: str, following: Following) -> FollowButton:
    return FollowButton(following, url_for("reference.tag", slug=slug), url_for("notices.follow_tag", slug=slug))
