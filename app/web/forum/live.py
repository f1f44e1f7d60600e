"""What the pages of a forum ask for again while people read them, and what they say of when they were read.

It is what anybody is shown, and nothing of whoever asks: their places, marks and presses stand on their page alone.
"""

from dataclasses import dataclass

from flask import after_this_request, url_for
from werkzeug.wrappers import Response

from app.core import clock
from app.core.actor import ANYONE
from app.forms import times
from app.forum import policy
from app.forum.models import Forum
from app.forum.participants import Participant
from app.web.forum import participants
from app.web.frame.locale import get_language
from app.web.frame.responses import is_htmx
from app.web.frame.session import me


@dataclass(frozen=True)
class Live:
    """How a page asks for itself again: at `address`, without cookies where everybody may read it (`is_open`).

    `is_held` says that nothing changes under the reader, who is choosing; `read_at` is the hour of this page, "" where
    it is not the day of the forum.
    """

    address: str
    is_open: bool
    is_held: bool
    read_at: str


def describe(
    forum: Forum, endpoint: str, *, is_open: bool = True, is_held: bool = False, topic_id: int | None = None
) -> Live | None:
    """Return how a page asks for itself again; None where nothing changes any more."""
    is_open = is_open and policy.is_public(ANYONE, forum)
    if is_htmx() and not is_open:
        after_this_request(_keep_nowhere)
    if forum.is_closed or forum.event.is_cancelled:
        return None
    address = url_for(f".{endpoint}", forum_id=forum.id, topic_id=topic_id, lang=get_language())
    return Live(address, is_open, is_held, tell_hour(forum))


def _keep_nowhere(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer


def recognise_reader(forum: Forum) -> Participant:
    """Return who reads a page of a forum; nobody where a page that is open asks for what everybody is shown."""
    return Participant(forum) if is_htmx() else participants.recognise(me(), forum)


def tell_hour(forum: Forum) -> str:
    """Return the hour of a page, for its reader to know how old it is; "" where it is not the day of the forum."""
    event, now = forum.event, clock.now()
    is_day = event.starts_at - policy.DOORS_OPEN <= now < event.ends_at + policy.DOORS_OPEN
    return times.hour(now) if is_day else ""
