"""What moved since the reader was last here: at the top of the first page, as long as they have not read it."""

from markupsafe import Markup

from app.notifications.queries import notices as queries
from app.web.frame.drawings import draw
from app.web.frame.read_state import count_unread
from app.web.frame.session import me
from app.web.notices import notice_view
from app.web.notices.groups import group_by_subject

# How many things are shown, and of how many notices they are chosen.
MOST, READ = 3, 20


def render_unread() -> Markup:
    """Return the last things that the reader was told and has not read, those that moved on their journey first."""
    if not me().is_someone or not count_unread():
        return Markup()
    groups = group_by_subject(
        notice_view.build_views(me(), queries.list_notices(me(), is_unread=True, size=READ).items)
    )
    shown = sorted(groups, key=lambda group: not group.has_moved)[:MOST]
    return draw("notices/_since.html", groups=shown)
