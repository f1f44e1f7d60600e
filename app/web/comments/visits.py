"""Coming back to a thread that one follows: what is new there, and where to begin."""

from collections.abc import Sequence

from app.comments.models import Thread
from app.notifications.queries import visits as queries
from app.notifications.queries.follows import Following
from app.web.frame import read_state
from app.web.frame.session import me


def list_new(thread: Thread, following: Following) -> Sequence[int]:
    """Return the comments that are new to the reader, if they follow the thread, the oldest first.

    How far they have read is kept once the page is made.
    """
    if not following.is_on or not thread.comments_count:
        return ()
    visit = queries.get_visit(me(), thread.id)
    read_state.note_visit(visit)
    return visit.new_ids
