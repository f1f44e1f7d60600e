"""The feed of a community: its ideas, its work and its meetings to come."""

from flask import url_for
from werkzeug.wrappers import Response

from app.communities import policy
from app.communities.queries import Room
from app.core.actor import ANYONE
from app.events.queries import lists as events
from app.events.queries.lists import EventFilters
from app.ideas.queries import lists, rows
from app.updates import queries as updates
from app.web.communities.bp import bp
from app.web.frame import description, feed_entries, feeds, loaders, params
from app.web.frame.feeds import Feed
from app.web.frame.filters import label
from app.web.frame.responses import lead_on
from app.web.frame.routes import public


@bp.get("/communities/<slug>.atom")
@public(policy.READ, of=loaders.PUBLIC_COMMUNITY)
def feed(room: Room) -> Response:
    if room.slug != params.path_slug():
        return lead_on(url_for(".feed", slug=room.slug))
    return feeds.render_feed(lambda: _read_feed(room))


def _read_feed(room: Room) -> Feed:
    ideas = lists.list_ideas(ANYONE, lists.Filters(community=(room.id,)), size=feeds.SIZE).items
    entries = [
        *map(feed_entries.of_idea, rows.list_whole(ideas)),
        *map(feed_entries.of_update, updates.list_updates(ANYONE, room.id, size=feeds.SIZE).items),
        *map(feed_entries.of_event, events.list_announced(ANYONE, EventFilters(community=(room.id,)), size=feeds.SIZE)),
    ]
    return Feed(
        f"community/{room.id}",
        label(room),
        url_for(".show", slug=room.slug),
        description.get_description(room).description,
        feeds.list_newest(entries),
    )
