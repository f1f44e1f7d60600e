"""Calendars that other programs follow: all meetings, those of a community, one, and one's own."""

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.communities import policy as communities
from app.communities.queries import Room
from app.core.actor import ANYONE
from app.core.errors import NotFound
from app.events import calendar, policy
from app.events.models.meetings import Event
from app.events.queries import lists, reading
from app.events.queries.lists import EventFilters
from app.web.events import calendar_links, listing
from app.web.events.bp import bp
from app.web.frame import loaders, params
from app.web.frame.filters import label
from app.web.frame.responses import lead_on
from app.web.frame.routes import public
from app.web.frame.session import read_as_public


@bp.get("/events.ics")
@public(policy.READ, lists=reading.readable_by)
def all_calendar() -> Response:
    with read_as_public():
        address = listing.parse_filters()
        names = [_("Rencontres"), *(name for name, _url, _colour in listing.list_chips(address))]
        return render_calendar(", ".join(names), address.filters())


@bp.get("/communities/<slug>/events.ics")
@public(communities.READ, of=loaders.PUBLIC_COMMUNITY)
def community_calendar(room: Room) -> Response:
    if room.slug != params.path_slug():
        return lead_on(url_for(".community_calendar", slug=room.slug))
    with read_as_public():
        return render_calendar(_("Rencontres, %(name)s", name=label(room)), EventFilters(community=(room.id,)))


def render_calendar(name: str, filters: EventFilters) -> Response:
    """Answer with the calendar of what the public may read."""
    events = lists.list_for_calendar(ANYONE, filters)
    return answer(calendar.of_events(events, name=name, links=calendar_links.of_site()))


@bp.get("/events/<id:event_id>.ics")
@public(policy.READ, of=loaders.EVENT)
def event_calendar(event: Event) -> Response:
    """Give one meeting to keep; a team has none of a draft, nor of what it hid."""
    if not event.is_published:
        raise NotFound()
    return answer(calendar.of_event(event, method=calendar.PUBLISH, links=calendar_links.of_site()))


def answer(text: str) -> Response:
    return Response(text, content_type=calendar.KIND)


def answer_privately(text: str) -> Response:
    """Answer with a calendar that nobody keeps but the program that asked: it says whether it has changed."""
    response = answer(text)
    response.headers.update({"Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"})
    response.add_etag(weak=True)
    return response.make_conditional(request)
