"""The picture of a page, for whatever shows a link to it: its address, named by a version, and its answer."""

from dataclasses import dataclass
from typing import Any

from flask import current_app, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.communities.queries import Room
from app.events.models.meetings import Event
from app.ideas.models import Idea
from app.web.frame import description, event_words, link_picture, links, locale, stations, words
from app.web.frame.filters import label
from app.web.frame.flood_guard import limiter
from app.web.frame.link_picture import Card
from app.web.frame.session import rooms

# In seconds, for the address of a version. No more: what is hidden tomorrow shall not be kept by others for a year.
WEEK = 7 * 24 * 3600
# A picture costs ten pages to paint; a program that shows links asks for one at a time.
LIMIT = "120 per minute"


@dataclass(frozen=True)
class Picture:
    """`url` is absolute, `alt` says what is on it; all are of one size."""

    url: str
    alt: str
    width: int = link_picture.WIDTH
    height: int = link_picture.HEIGHT


def build_picture(card: Card, endpoint: str, **address: Any) -> Picture:
    """Return the picture of a card, which `endpoint` answers with."""
    path = url_for(endpoint, **address, lang=locale.get_language(), v=card.version)
    return Picture(links.absolute_url(path), _("%(title)s, sur %(site)s", title=card.title, site=card.site_name))


def render_picture(card: Card) -> Response:
    """Answer with the PNG of a card, which other sites may show too."""
    response = Response(link_picture.paint(card), content_type="image/png")
    is_named = request.args.get("v") == card.version
    response.headers["Cache-Control"] = f"public, max-age={WEEK}" if is_named else "public, no-cache"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.set_etag(card.version)
    return response.make_conditional(request)


def of_site() -> Card:
    return Card(_("Ce que vous vivez ici peut changer la région."), _site_name())


def of_room(room: Room) -> Card:
    return Card(
        label(room), _site_name(), _("Communauté de pratique"), room.colour, description.get_description(room).summary
    )


def of_idea(idea: Idea, last_status: str | None) -> Card:
    """Return the card of an idea; `last_status` is the last one before it was archived or withdrawn."""
    room = rooms().by_id.get(idea.community_id or 0)
    kicker = " · ".join([str(words.KINDS[idea.kind]), *([label(room)] if room else [])])
    line = stations.get_stations(idea.status, last_status, idea.kind)
    return Card(
        idea.title,
        _site_name(),
        kicker,
        room.colour if room else "neutral",
        stations=tuple((str(station.label), station.state) for station in line.stations),
    )


def of_event(event: Event) -> Card:
    """Return the card of a meeting: who calls to it, what it is, when and where."""
    room = rooms().by_id.get(event.community_id or 0)
    off = _("Rencontre annulée") if event.is_cancelled else _("Rencontre")
    kicker = " · ".join([off, *([label(room)] if room else [])])
    colour = room.colour if room and not event.is_cancelled else "neutral"
    when = f"{event_words.tell_when(event)}. {event_words.tell_place(event)}."
    return Card(event.title, _site_name(), kicker, colour, when)


def _site_name() -> str:
    return str(current_app.config["SITE_NAME"])


limited = limiter.limit(LIMIT)
