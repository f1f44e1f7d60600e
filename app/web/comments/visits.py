"""Coming back to a thread that one follows: what is new there, and where to begin."""
from collections.abc import Sequence

from flask import after_this_request, request
from werkzeug.wrappers import Response

from app.comments.models import Thread
from app.notifications.queries import visits as queries
from app.notifications.queries.follows import Following
from app.notifications.queries.visits import Visit
from app.notifications.service import visits as service
from app.web.frame.session import me


def list_new(thread: Thread, following: Following) -> Sequence[int]:
    """Return the comments that are new to the reader, if they follow the thread, the first first.

    How far they have read is kept once the page is made.
    """
    if not following.is_on or not thread.comments_count:
        return ()
    visit = queries.find(me(), thread.id)
    if not visit.is_known and request.method == "GET" and not _is_ahead():
        _remember(thread.id, visit)
    return visit.new_ids


def _is_ahead() -> bool:
    """Tell whether a browser fetches the page before anybody asked for it."""
    return request.headers.get("Sec-Purpose", "").startswith("prefetch")


def _remember(thread_id: int, visit: Visit) -> None:
    actor = me()

    @after_this_request
    def remember(response: Response) -> Response:
        if response.status_code == 200:
            service.try_to_remember(actor, thread_id, visit)
        return response
