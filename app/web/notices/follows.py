"""Following things, and the page of all that a person follows."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.comments.models import Thread
from app.communities import policy as communities
from app.communities.queries import Room
from app.core.actor import Actor
from app.forms.notices import FollowForm
from app.forms.places import place_name
from app.ideas import policy as ideas_law
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.notifications import policy
from app.notifications.queries import follows as queries
from app.notifications.queries.follows import NOTHING, Following, Places
from app.notifications.service import follows as service
from app.plan import policy as plan_law
from app.plan.models.structure import Action
from app.plan.queries import actions as plan
from app.reference import policy as axes
from app.reference.queries import Axis, Place, TagNow
from app.updates import policy as updates_law
from app.updates import queries as news
from app.updates.models import Update
from app.web.frame import destination, follow_button, loaders, locale
from app.web.frame.filters import label
from app.web.frame.follow_button import FollowButton
from app.web.frame.params import number
from app.web.frame.routes import members
from app.web.frame.session import me
from app.web.frame.support import done, render
from app.web.notices.bp import bp

CHOSEN = Following("all", "chosen")


@dataclass(frozen=True)
class FollowLine:
    """A line of the page of all that one follows; `anchor` tells it apart from the others."""

    anchor: str
    title: str
    lang: str
    button: FollowButton

    @property
    def fields(self) -> dict[str, str]:
        """Return what brings a press back to this line."""
        return {"next": f"{locale.this_page()}#follow-{self.anchor}"}


@bp.get("/follows")
@members(policy.READ)
def follows() -> str:
    listing = queries.threads(me(), before=number("after"))
    groups = [(_("Discussions"), _list_threads(me(), listing.items))]
    if listing.is_first:
        found = queries.places(me())
        groups = [(_("Communautés"), _list_rooms(found)), (_("Thèmes et lieux"), _list_places(me(), found)), *groups]
    return render("notices/follows.html", listing=listing, groups=groups)


def _list_rooms(found: Places) -> list[FollowLine]:
    return [
        FollowLine(f"community-{room.id}", label(room), locale.language(), follow_button.of_room(room, following))
        for room, following in found.communities
    ]


def _list_places(actor: Actor, found: Places) -> list[FollowLine]:
    here = locale.language()
    issues = [
        FollowLine(f"issue-{issue.id}", label(issue), here, follow_button.of_issue(issue, CHOSEN))
        for issue in found.issues
    ]
    places = [
        FollowLine(f"territory-{place.id}", place_name(place), here, follow_button.of_place(place, CHOSEN))
        for place in found.territories
    ]
    tags = [
        FollowLine(f"tag-{tag.id}", tag.name, here, follow_button.of_tag_at(tag.slug, CHOSEN))
        for tag in queries.tags(actor)
    ]
    return issues + places + tags


def _list_threads(actor: Actor, found: Sequence[tuple[Thread, Following]]) -> list[FollowLine]:
    """Return the discussions whose subject this person may read now."""
    of_ideas, of_updates, of_actions = (
        [thread.id for thread, _of in found if thread.kind == kind] for kind in ("idea", "update", "action")
    )
    ideas = reading.some(actor, (), of_ideas) if of_ideas else {}
    updates = news.some(actor, (), of_updates) if of_updates else {}
    actions = plan.some(actor, (), of_actions) if of_actions else {}
    contents: list[Idea | Update | Action] = [*ideas.values(), *updates.values(), *actions.values()]
    by_thread = {content.thread_id: content for content in contents}
    return [_describe(by_thread[thread.id], following) for thread, following in found if thread.id in by_thread]


def _describe(content: Idea | Update | Action, following: Following) -> FollowLine:
    lang = "fr" if isinstance(content, Action) else content.lang
    if isinstance(content, Idea):
        button = follow_button.of_idea(content, following)
    elif isinstance(content, Action):
        button = follow_button.of_action(content, following)
    else:
        button = follow_button.of_update(content, following)
    return FollowLine(f"thread-{content.thread_id}", content.title, lang, button)


@bp.post("/ideas/<id:idea_id>/follow")
@members(ideas_law.READ, of=loaders.IDEA, limit="mark")
def follow_idea(idea: Idea) -> Response:
    return _follow_thread(idea.thread_id, follow_button.of_idea(idea, NOTHING))


@bp.post("/ideas/<id:idea_id>/follow/withdrawal")
@members(ideas_law.READ, of=loaders.IDEA, limit="mark")
def unfollow_idea(idea: Idea) -> Response:
    return _withdraw("thread", idea.thread_id, follow_button.of_idea(idea, NOTHING))


@bp.post("/communities/<slug>/updates/<id:update_id>/follow")
@members(updates_law.READ, of=loaders.UPDATE, limit="mark")
def follow_update(update: Update) -> Response:
    return _follow_thread(update.thread_id, follow_button.of_update(update, NOTHING))


@bp.post("/communities/<slug>/updates/<id:update_id>/follow/withdrawal")
@members(updates_law.READ, of=loaders.UPDATE, limit="mark")
def unfollow_update(update: Update) -> Response:
    return _withdraw("thread", update.thread_id, follow_button.of_update(update, NOTHING))


@bp.post("/plan/actions/<id:action_id>/follow")
@members(plan_law.READ_ACTION, of=loaders.ACTION, limit="mark")
def follow_action(action: Action) -> Response:
    return _follow_thread(action.thread_id, follow_button.of_action(action, NOTHING))


@bp.post("/plan/actions/<id:action_id>/follow/withdrawal")
@members(plan_law.READ_ACTION, of=loaders.ACTION, limit="mark")
def unfollow_action(action: Action) -> Response:
    return _withdraw("thread", action.thread_id, follow_button.of_action(action, NOTHING))


@bp.post("/communities/<slug>/follow")
@members(communities.READ, of=loaders.COMMUNITY, limit="mark")
def follow_community(room: Room) -> Response:
    return _follow("community", room.id, follow_button.of_room(room, NOTHING))


@bp.post("/communities/<slug>/follow/withdrawal")
@members(communities.READ, of=loaders.COMMUNITY, limit="mark")
def unfollow_community(room: Room) -> Response:
    return _withdraw("community", room.id, follow_button.of_room(room, NOTHING))


@bp.post("/tags/<slug>/follow")
@members(axes.READ, of=loaders.TAG, limit="mark")
def follow_tag(tag: TagNow) -> Response:
    return _follow("tag", tag.id, follow_button.of_tag_at(tag.slug, NOTHING))


@bp.post("/tags/<slug>/follow/withdrawal")
@members(axes.READ, of=loaders.TAG, limit="mark")
def unfollow_tag(tag: TagNow) -> Response:
    return _withdraw("tag", tag.id, follow_button.of_tag_at(tag.slug, NOTHING))


@bp.post("/issues/<slug>/follow")
@members(axes.READ, of=loaders.ISSUE, limit="mark")
def follow_issue(issue: Axis) -> Response:
    return _follow("issue", issue.id, follow_button.of_issue(issue, NOTHING))


@bp.post("/issues/<slug>/follow/withdrawal")
@members(axes.READ, of=loaders.ISSUE, limit="mark")
def unfollow_issue(issue: Axis) -> Response:
    return _withdraw("issue", issue.id, follow_button.of_issue(issue, NOTHING))


@bp.post("/territories/<code>/follow")
@members(axes.READ, of=loaders.TERRITORY, limit="mark")
def follow_territory(place: Place) -> Response:
    return _follow("territory", place.id, follow_button.of_place(place, NOTHING))


@bp.post("/territories/<code>/follow/withdrawal")
@members(axes.READ, of=loaders.TERRITORY, limit="mark")
def unfollow_territory(place: Place) -> Response:
    return _withdraw("territory", place.id, follow_button.of_place(place, NOTHING))


def _follow_thread(thread_id: int, button: FollowButton) -> Response:
    form = FollowForm()
    if not form.validate():
        abort(400)
    return _follow("thread", thread_id, button, form.level.data)


def _follow(kind: str, target_id: int, button: FollowButton, level: str = "all") -> Response:
    service.follow(me(), kind, target_id, level)
    return _return(button, _("Vous suivez les étapes.") if level == "steps" else _("C'est suivi."))


def _withdraw(kind: str, target_id: int, button: FollowButton) -> Response:
    service.withdraw(me(), kind, target_id)
    return _return(button, _("Vous ne suivez plus cela."))


def _return(button: FollowButton, message: str) -> Response:
    """Go back to the page where the button was pressed, and to the button."""
    return done(destination.goal() or f"{button.page}#follow", message)
