"""What a page lets its reader have read: their notices of what it shows, and how far they are in its thread.

What it shows is told by its route (`shows`), and by the views that show many things (`note_shown`). The bell of the
page counts the notices that it leaves. They are marked once the page is made, with the visit of its thread, in one
transaction; a page that had none to mark writes nothing. Nor does one that a browser fetches ahead or as a part of
another page, one that was only asked for its headers, or one that is not answered.
"""

from collections.abc import Callable, Collection, Iterable
from typing import Any

from flask import after_this_request, current_app, g, request
from werkzeug.wrappers import Response

from app.notifications.queries import notices as queries
from app.notifications.queries.page_notices import Sight
from app.notifications.queries.visits import Visit
from app.notifications.service import follows as service
from app.web.frame.session import me, rooms


def note_shown(page: str, ids: Iterable[int]) -> None:
    """Note that the page shows these things; the views call it before they render."""
    _shown().setdefault(page, set()).update(ids)


def _shown() -> dict[str, set[int]]:
    if "shown" not in g:
        g.shown = {}
    found: dict[str, set[int]] = g.shown
    return found


def count_unread() -> int:
    """Return the number of notices that the reader has not read, but those that this page shows; once per request."""
    if "unread" not in g:
        sight = _find_sight() if _is_read() else {}
        g.unread, notice_ids = queries.count_unread_beside(me(), sight) if sight else (queries.count_unread(me()), [])
        _mark(notice_ids)
    return int(g.unread)


def _find_sight() -> Sight:
    """Return what this page shows, by its route and by its view."""
    view: Any = current_app.view_functions.get(request.endpoint or "")
    page = getattr(view, "shows", "")
    if page:
        value = (request.view_args or {})[view.loader.parts[-1]]
        note_shown(page, [value] if isinstance(value, int) else [room.id for room in rooms().all if room.slug == value])
    return {page: ids for page, ids in _shown().items() if ids}


def _is_read() -> bool:
    """Tell whether somebody reads this page: it was asked for whole, and not ahead of them."""
    purpose = request.headers.get("Sec-Purpose") or request.headers.get("Purpose", "")
    return request.method == "GET" and me().is_someone and not purpose.startswith("prefetch") and _is_opened()


def _is_opened() -> bool:
    """Tell whether the browser opens a page, or our scripts ask for a part of one: no picture, frame or script does."""
    asked_for, sender = request.headers.get("Sec-Fetch-Dest", "document"), request.headers.get("Sec-Fetch-Site")
    return asked_for == "document" or (asked_for == "empty" and sender == "same-origin")


def mark_seen(count: int, notice_ids: Collection[int]) -> None:
    """Mark these notices, of `count` that were not read; the bell counts the others, or more than it can."""
    is_read = _is_read()
    g.unread = count - len(notice_ids) if is_read and count <= queries.MOST else count
    if is_read:
        _mark(notice_ids)


def _mark(notice_ids: Collection[int]) -> None:
    """Mark notices that this page shows as read, once it is made."""
    if notice_ids:
        _remember("read_ids", notice_ids)


def note_visit(present: Visit) -> None:
    """Keep how far the reader is in a thread, once the page is made."""
    if not present.is_known and _is_read():
        _remember("visit", present)


def _remember(name: str, value: Visit | Collection[int]) -> None:
    if "visit" not in g and "read_ids" not in g:
        after_this_request(_make_writer())
    setattr(g, name, value)


def _make_writer() -> Callable[[Response], Response]:
    actor = me()

    def write(response: Response) -> Response:
        if response.status_code == 200:
            service.try_to_remember(actor, g.get("visit"), g.get("read_ids", ()))
        return response

    return write
