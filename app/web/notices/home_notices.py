"""What moved since the reader was last here: at the top of the first page, as long as they have not read it."""

from collections.abc import Sequence

from markupsafe import Markup

from app.core import clock, versions
from app.notifications.models import Notice
from app.notifications.queries import notices as queries
from app.web.frame import locale
from app.web.frame.drawings import draw
from app.web.frame.read_state import mark_seen
from app.web.frame.session import me
from app.web.notices.groups import list_latest

# How many things are shown, and of how many notices they are chosen.
MOST, READ = 3, 20


def render_unread() -> Markup:
    """Return the last things that the reader was told and has not read, those that moved on their journey first.

    It is drawn for them alone, once until a content changes, their rights do or they are told more.
    """
    notices, count = queries.list_unread(me(), READ)
    mark_seen(count, ())
    if not notices:
        return Markup()
    told = tuple((one.id, one.at) for one in notices)
    name = ("since", me(), locale.get_language(), clock.today(), told)
    return versions.get_or_load(name, lambda: _draw(notices))


def _draw(notices: Sequence[Notice]) -> Markup:
    return draw("notices/_since.html", news=list_latest(me(), notices, MOST))
