"""The wall on a screen of the hall: the present hour, the rooms by pages, one topic large while it is pitched.

It asks for itself again every ten seconds, so that it names hosts and nobody else, and nothing that is one reader's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.actor import ANYONE
from app.events import local_time
from app.forms import times
from app.forms.forum import list_days
from app.forum import policy
from app.forum.models import BEFORE, CLOSED, CONVERGENCE, MARKETPLACE, Forum, ForumSlot, ForumTopic
from app.forum.queries.layout import Layout, get_layout
from app.web.forum import addresses, programme, topic_lines
from app.web.forum.bp import bp
from app.web.forum.participants import FORUM
from app.web.forum.programme import RoomLine
from app.web.forum.topic_lines import HourHead, TopicLine
from app.web.frame.locale import get_language
from app.web.frame.params import id_param
from app.web.frame.responses import render
from app.web.frame.routes import public

# What one page of the screen shows.
ROOMS, HOURS, TOPICS = 6, 3, 10


@dataclass(frozen=True)
class Page:
    """A page of the wall: some rooms at the hours around the present one, or topics that have no room yet."""

    title: str
    hours: Sequence[HourHead] = ()
    rows: Sequence[tuple[RoomLine, Sequence[TopicLine | None]]] = ()
    topics: Sequence[TopicLine] = ()


@bp.get("/forums/<id:forum_id>/projector")
@public(policy.READ, of=FORUM)
def project(forum: Forum) -> str:
    """Show the wall; `?topic=` shows one topic large, `?page=` begins at a page, where no script turns them."""
    wall, asked = get_layout(forum.id), id_param("topic")
    topic = None if forum.is_closed else wall.find(asked)
    pages = [] if topic or forum.phase in (BEFORE, CONVERGENCE, CLOSED) else _list_pages(forum, wall)
    number = min(id_param("page") or 1, max(len(pages), 1))
    return render(
        "forum/projector.html",
        "forum/_beam.html",
        forum=forum,
        event=forum.event,
        short=addresses.describe_short(forum),
        address=url_for(".project", forum_id=forum.id, lang=get_language(), topic=asked),
        is_public=policy.is_public(ANYONE, forum),
        topic=topic_lines.describe_topic(topic) if topic else None,
        pages=pages,
        number=number,
        following=number % max(len(pages), 1) + 1,
        hours=[] if forum.is_closed or forum.event.is_cancelled else list(_tell_hours(forum, wall)),
    )


def _tell_hours(forum: Forum, wall: Layout) -> Iterator[str]:
    """Yield what happens now by the schedule, and what comes next."""
    now, event = clock.now(), forum.event
    for slot in wall.slots:
        if slot.starts_at(event) <= now < slot.ends_at(event):
            name = programme.name_slot(slot)
            yield _("En ce moment : %(name)s, jusqu'à %(hour)s", name=name, hour=times.hour(slot.ends_at(event)))
    coming = next((slot for slot in wall.slots if slot.starts_at(event) > now), None)
    if coming:
        is_other_day = local_time.get_day_and_hour(coming.starts_at(event))[0] != clock.today()
        yield _("Ensuite : %(slot)s", slot=programme.tell_slot(coming, event, has_days=is_other_day))


def _list_pages(forum: Forum, wall: Layout) -> list[Page]:
    """Return the rooms, some a page; while the marketplace is open, the topics that have no room yet, too."""
    slots, now, total = _list_near(forum, wall), clock.now(), len(wall.rooms)
    has_days = len(list_days(forum.event, wall.slots)) > 1
    heads = [
        topic_lines.describe_hour(slot, forum, has_days=has_days, is_now=_is_now(slot, forum, now)) for slot in slots
    ]
    found = []
    for first in range(0, total, ROOMS):
        rooms = wall.rooms[first : first + ROOMS]
        values = {"first": first + 1, "last": first + len(rooms), "total": total}
        name = _("Salles %(first)s à %(last)s sur %(total)s", **values) if total > ROOMS else _("Les salles")
        found.append(Page(name, heads, topic_lines.list_rows(wall, forum, rooms, slots)))
    others = sorted(wall.others, key=lambda topic: -topic.people_count) if forum.phase == MARKETPLACE else []
    for first in range(0, len(others), TOPICS):
        found.append(Page(_("Au mur, sans salle encore"), topics=_describe(others[first : first + TOPICS])))
    return found


def _describe(topics: Sequence[ForumTopic]) -> list[TopicLine]:
    return [topic_lines.describe_topic(topic) for topic in topics]


def _is_now(slot: ForumSlot, forum: Forum, now: Any) -> bool:
    return slot.starts_at(forum.event) <= now < slot.ends_at(forum.event)


def _list_near(forum: Forum, wall: Layout) -> list[ForumSlot]:
    """Return the hours of sessions from the present one on, and those before it where there are few."""
    sessions, now = wall.session_slots, clock.now()
    over = sum(slot.ends_at(forum.event) <= now for slot in sessions)
    start = max(0, min(over, len(sessions) - HOURS))
    return sessions[start : start + HOURS]
