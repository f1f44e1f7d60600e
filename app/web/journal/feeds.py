"""The feed of the public journal, with the filters of its page."""

from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core.actor import ANYONE
from app.journal import policy, queries
from app.web.frame import feeds, locale
from app.web.frame.drawings import draw
from app.web.frame.feeds import Feed, FeedEntry
from app.web.frame.routes import public
from app.web.journal import lines
from app.web.journal.bp import bp
from app.web.journal.lines import JournalLine


@bp.get("/journal.atom")
@public(policy.READ_LINE, lists=queries.open_to)
def feed() -> Response:
    return feeds.render_feed(_read)


def _read() -> Feed:
    began_at, _last = queries.get_ends()
    active, filters = lines.read_filters(lines.list_months(began_at))
    found = lines.build_lines(ANYONE, list(queries.list_entries(ANYONE, filters, size=feeds.SIZE).items))
    page = url_for(".index", **dict[str, Any](active))
    return Feed(page.strip("/"), _("Journal public"), page, "", list(map(_entry, found)), list(active.items()))


def _entry(line: JournalLine) -> FeedEntry:
    entry = line.entry
    place = url_for(".index", after=entry.id + 1, _anchor=f"line-{entry.id}")
    return FeedEntry(
        f"journal/{entry.id}",
        line.sentence,
        place,
        current_app.config["SITE_NAME"],
        draw("journal/_feed_line.html", line=line),
        entry.at,
        entry.at,
        locale.get_language(),
    )
