"""The feed of meetings to come, with the filters of their list."""

from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core.actor import ANYONE
from app.events import policy
from app.events.queries import lists, reading
from app.web.events import listing
from app.web.events.bp import bp
from app.web.frame import feed_entries, feeds
from app.web.frame.feeds import Feed
from app.web.frame.routes import public


@bp.get("/events.atom")
@public(policy.READ, lists=reading.readable_by)
def feed() -> Response:
    return feeds.render_feed(_read_list)


def _read_list() -> Feed:
    """Read what was announced, the last first."""
    address = listing.parse_filters()
    events, pairs = lists.list_announced(ANYONE, address.filters(), size=feeds.SIZE), address.pairs()
    title = ", ".join([_("Rencontres"), *(name for name, _url, _colour in listing.list_chips(address))])
    url = listing.events_url(pairs)
    return Feed(url.strip("/"), title, url, "", list(map(feed_entries.of_event, events)), pairs)
