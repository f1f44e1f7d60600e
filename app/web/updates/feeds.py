"""The feeds of updates: those of a community, and what is said under one."""

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.comments.queries import reading as comments
from app.communities import policy as communities
from app.communities.queries import Room
from app.core.actor import ANYONE
from app.updates import policy, queries
from app.updates.models import Update
from app.web.frame import feed_entries, feeds, loaders, params
from app.web.frame.feeds import Feed
from app.web.frame.filters import label
from app.web.frame.responses import lead_on
from app.web.frame.routes import public
from app.web.updates.bp import bp


@bp.get("/communities/<slug>/updates.atom")
@public(communities.READ, of=loaders.PUBLIC_COMMUNITY)
def feed(room: Room) -> Response:
    if room.slug != params.path_slug():
        return lead_on(url_for(".feed", slug=room.slug))
    return feeds.render_feed(lambda: _read_list(room))


def _read_list(room: Room) -> Feed:
    entries = list(map(feed_entries.of_update, queries.list_updates(ANYONE, room.id, size=feeds.SIZE).items))
    return Feed(
        f"community/{room.id}/updates",
        _("Travaux de la communauté %(name)s", name=label(room)),
        url_for(".index", slug=room.slug),
        "",
        entries,
    )


@bp.get("/communities/<slug>/updates/<id:update_id>.atom")
@public(policy.READ, of=loaders.PUBLIC_UPDATE)
def thread_feed(update: Update) -> Response:
    return feeds.render_feed(lambda: _read_thread(update))


def _read_thread(update: Update) -> Feed:
    """Read what was said of an update, and its own words."""
    said = [feed_entries.of_comment(comment) for comment in comments.list_latest(ANYONE, update.thread_id, feeds.SIZE)]
    whole = feed_entries.of_update(update)
    return Feed(
        f"update/{update.id}/thread", update.title, whole.url, update.excerpt, feeds.list_newest([*said, whole])
    )
