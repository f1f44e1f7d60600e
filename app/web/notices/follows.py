"""Following things, and the page of all that a person follows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask import abort
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.comments.models import Thread
from app.communities import policy as communities
from app.core.actor import Actor
from app.core.permits import Permission
from app.events import policy as events_policy
from app.events.models.meetings import Event
from app.events.queries import reading as event_queries
from app.forms.notices import FollowForm
from app.forms.places import place_name
from app.ideas import policy as ideas_policy
from app.ideas.models import Idea
from app.ideas.queries import reading
from app.notifications import policy
from app.notifications.queries import follows as queries
from app.notifications.queries.follows import NOTHING, FollowedPlaces, Following
from app.notifications.service import follows as service
from app.plan import policy as plan_policy
from app.plan.models.structure import Action
from app.plan.queries import actions as action_queries
from app.reference import policy as reference
from app.reference.queries import TagNow
from app.updates import policy as updates_policy
from app.updates import queries as update_queries
from app.updates.models import Update
from app.web.frame import destination, follow_button, loaders, locale
from app.web.frame.filters import label
from app.web.frame.follow_button import FollowButton
from app.web.frame.params import id_param
from app.web.frame.responses import done, render
from app.web.frame.routes import Loader, members
from app.web.frame.session import me
from app.web.notices.bp import bp
from app.web.notices.contents import Content

CHOSEN = Following("all", "chosen")
BUTTONS: dict[type, Callable[[Any, Following], FollowButton]] = {
    Idea: follow_button.of_idea,
    Update: follow_button.of_update,
    Action: follow_button.of_action,
    Event: follow_button.of_event,
}


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
    listing = queries.list_threads(me(), before=id_param("after"))
    groups = [(_("Discussions"), _list_threads(me(), listing.items))]
    if listing.is_first:
        found = queries.get_followed_places(me())
        groups = [(_("Communautés"), _list_rooms(found)), (_("Thèmes et lieux"), _list_places(me(), found)), *groups]
    return render("notices/follows.html", listing=listing, groups=groups)


def _list_rooms(found: FollowedPlaces) -> list[FollowLine]:
    return [
        FollowLine(f"community-{room.id}", label(room), locale.get_language(), follow_button.of_room(room, following))
        for room, following in found.communities
    ]


def _list_places(actor: Actor, found: FollowedPlaces) -> list[FollowLine]:
    here = locale.get_language()
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
        for tag in queries.list_tags(actor)
    ]
    return issues + places + tags


def _list_threads(actor: Actor, found: Sequence[tuple[Thread, Following]]) -> list[FollowLine]:
    """Return the discussions whose subject this person may read now."""
    of_ideas, of_updates, of_actions, of_events = (
        [thread.id for thread, _of in found if thread.kind == kind] for kind in ("idea", "update", "action", "event")
    )
    ideas = reading.get_ideas(actor, (), of_ideas) if of_ideas else {}
    updates = update_queries.get_updates(actor, (), of_updates) if of_updates else {}
    actions = action_queries.get_actions(actor, (), of_actions) if of_actions else {}
    events = event_queries.get_events(actor, (), of_events) if of_events else {}
    contents: list[Content] = [*ideas.values(), *updates.values(), *actions.values(), *events.values()]
    by_thread = {content.thread_id: content for content in contents}
    return [_describe(by_thread[thread.id], following) for thread, following in found if thread.id in by_thread]


def _describe(content: Content, following: Following) -> FollowLine:
    lang = "fr" if isinstance(content, Action) else content.lang
    return FollowLine(f"thread-{content.thread_id}", content.title, lang, BUTTONS[type(content)](content, following))


class Kind(NamedTuple):
    """What can be followed: its name, where its page stands, how it is read there, and its button.

    `row` is the kind that a follow is stored under: what has a thread is followed by it.
    """

    name: str
    place: str
    read: Permission
    of: Loader
    button: Callable[[Any, Following], FollowButton]
    row: str

    def follow(self, thing: Any) -> Response:
        level, back = _read_level() if self.row == "thread" else "all", self._find_way_back(thing)
        service.follow(me(), self.row, self._row_id(thing), level)
        return done(back, _("Vous suivez les étapes.") if level == "steps" else _("C'est suivi."))

    def withdraw(self, thing: Any) -> Response:
        back = self._find_way_back(thing)
        service.withdraw(me(), self.row, self._row_id(thing))
        return done(back, _("Vous ne suivez plus cela."))

    def _row_id(self, thing: Any) -> int:
        return int(thing.thread_id if self.row == "thread" else thing.id)

    def _find_way_back(self, thing: Any) -> str:
        """Return the address of the page where the button was pressed, and of the button."""
        return destination.get_goal() or f"{self.button(thing, NOTHING).page}#follow"


def _draw_tag_button(tag: TagNow, following: Following) -> FollowButton:
    return follow_button.of_tag_at(tag.slug, following)


IDEA, UPDATE, ACTION, EVENT = (
    "/ideas/<id:idea_id>",
    "/communities/<slug>/updates/<id:update_id>",
    "/plan/actions/<id:action_id>",
    "/events/<id:event_id>",
)
KINDS = [
    Kind("idea", IDEA, ideas_policy.READ, loaders.IDEA, follow_button.of_idea, "thread"),
    Kind("update", UPDATE, updates_policy.READ, loaders.UPDATE, follow_button.of_update, "thread"),
    Kind("action", ACTION, plan_policy.READ_ACTION, loaders.ACTION, follow_button.of_action, "thread"),
    Kind("event", EVENT, events_policy.READ, loaders.EVENT, follow_button.of_event, "thread"),
    Kind("community", "/communities/<slug>", communities.READ, loaders.COMMUNITY, follow_button.of_room, "community"),
    Kind("tag", "/tags/<slug>", reference.READ, loaders.TAG, _draw_tag_button, "tag"),
    Kind("issue", "/issues/<slug>", reference.READ, loaders.ISSUE, follow_button.of_issue, "issue"),
    Kind("territory", "/territories/<code>", reference.READ, loaders.TERRITORY, follow_button.of_place, "territory"),
]


def _read_level() -> str:
    form = FollowForm()
    if not form.validate():
        abort(400)
    return str(form.level.data)


def _add_routes(kind: Kind) -> None:
    declare = members(kind.read, of=kind.of, limit="mark")
    bp.post(f"{kind.place}/follow", endpoint=f"follow_{kind.name}")(declare(kind.follow))
    bp.post(f"{kind.place}/follow/withdrawal", endpoint=f"unfollow_{kind.name}")(declare(kind.withdraw))


for one in KINDS:
    _add_routes(one)
