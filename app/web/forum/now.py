"""What happens now in a forum: where one said one is, all that happens at this hour, what comes next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core import clock
from app.core.errors import Conflict
from app.core.numbers import row_number
from app.events import local_time
from app.events.models.meetings import Event
from app.forms import times
from app.forms.forum import list_days
from app.forms.topics import AnnouncementForm, GoingForm
from app.forum import policy
from app.forum.models import Forum, ForumRoom, ForumSlot, ForumTopic
from app.forum.participants import Participant
from app.forum.queries import counts, layout
from app.forum.queries import topics as queries
from app.forum.service import forums as forum_service
from app.forum.service import interests
from app.web.forum import live, participants, presses, programme
from app.web.forum.bp import bp
from app.web.forum.participants import FORUM, PARTICIPANT, TOPIC
from app.web.forum.topics import BOTH, ONE
from app.web.frame.attempt import attempt
from app.web.frame.drawings import draw
from app.web.frame.form_limits import counted_by_service
from app.web.frame.responses import done, refuse, render
from app.web.frame.routes import members, public
from app.web.frame.session import me


@dataclass(frozen=True)
class HeldTopic:
    """A topic with its room, at an hour; how many are `there`, and whether the reader said so (`is_mine`)."""

    topic: ForumTopic
    room: ForumRoom
    facts: Sequence[str]
    there: int
    is_mine: bool
    is_wanted: bool


@dataclass(frozen=True)
class Hour:
    """An hour of a forum, as one reads it while it runs or before it; `left` is in minutes (None: it is to come).

    `day` is "" where it is the present one, and the only one. `chosen` is the session that the reader said that they
    are at, or else the one of this hour that they are interested in; `is_pause` that they take a pause.
    """

    slot: ForumSlot
    name: str
    day: str
    start: str
    end: str
    left: int | None
    sessions: Sequence[HeldTopic]
    chosen: HeldTopic | None
    is_pause: bool

    @property
    def passed(self) -> int:
        """Return how many minutes of it are over."""
        return self.slot.minutes - (self.left or 0)


@bp.get("/forums/<id:forum_id>/now")
@public(policy.READ, of=FORUM)
def now(forum: Forum) -> str:
    """Show the present hour of the schedule, else the next one; then those that follow. Once it is closed, none is."""
    who = live.recognise_reader(forum)
    return render("forum/now.html", "forum/_now_part.html", **_describe(who), live=live.describe(forum, "now"))


def _describe(who: Participant) -> dict[str, Any]:
    forum = who.forum
    hours = [] if forum.is_closed or forum.event.is_cancelled else _list_hours(who, clock.now())
    hour, following = (hours[0] if hours else None), hours[1:]
    return {"forum": forum, "event": forum.event, "who": who, "hour": hour, "following": following}


def _list_hours(who: Participant, moment: datetime) -> list[Hour]:
    """Return the hours that are not over, the present one first.

    Whoever has a place reads how many are there as it is now, with themselves; the public as it was last counted.
    """
    event = who.forum.event
    topics, arrangement = layout.list_with_arrangement(queries.select_readable(me(), who), who.forum.id)
    cells = arrangement.get_cells(one for one in topics if one.is_on_the_wall)
    goings, wanted = queries.list_goings(who.registration), queries.list_interests(who.registration)
    placed = sorted((one for one in topics if one.id in cells), key=lambda one: (cells[one.id][0].position, one.id))
    there = counts.count_goings(who.forum.id) if who.registration else {one.id: one.going_count for one in placed}
    slots, found = arrangement.slots, []
    has_days = len(list_days(event, slots)) > 1
    for slot in slots:
        if slot.ends_at(event) <= moment:
            continue
        sessions = [
            HeldTopic(
                topic,
                cells[topic.id][0],
                list(programme.list_facts(cells[topic.id][0])),
                there.get(topic.id, 0),
                goings.get(slot.id) == topic.id,
                topic.id in wanted,
            )
            for topic in placed
            if topic.slot_id == slot.id
        ]
        has_day = has_days or local_time.get_day_and_hour(slot.starts_at(event))[0] != clock.today()
        day = programme.name_day(slot.starts_at(event)) if has_day else ""
        found.append(_tell_hour(slot, event, moment, sessions, day=day, is_pause=goings.get(slot.id, 0) is None))
    return found


def _tell_hour(
    slot: ForumSlot, event: Event, moment: datetime, sessions: list[HeldTopic], *, day: str, is_pause: bool
) -> Hour:
    start, end = slot.starts_at(event), slot.ends_at(event)
    left = None if start > moment else -(-(end - moment) // timedelta(minutes=1))
    chosen = next((one for one in sessions if one.is_mine), None)
    if chosen is None and not is_pause:
        wanted = [one for one in sessions if one.is_wanted]
        chosen = max(wanted, key=lambda one: one.topic.people_count, default=None)
    name = programme.name_slot(slot)
    return Hour(slot, name, day, times.hour(start), times.hour(end), left, sessions, chosen, is_pause)


@bp.post(f"{ONE}/going")
@public(
    policy.GO,
    of=TOPIC,
    late=[policy.is_running_now, policy.is_topic_live],
    limit=counted_by_service("press"),
    form_on="forum.now",
)
def go(who: Participant) -> str | Response:
    """Say that one is there, or goes: what one said of that hour before is forgotten."""
    form, title, slot_id = GoingForm(), policy.get_topic(who).title, policy.get_topic(who).slot_id
    said = _("Vous y allez : « %(title)s ».", title=title)
    return _press(who, form, lambda: _go(who, row_number(form.slot.data or "") or slot_id), said)


def _go(who: Participant, slot_id: int | None) -> None:
    """Go to a topic, unless it left the hour at which its page showed it. Raise Conflict."""
    if slot_id != policy.get_topic(who).slot_id:
        raise Conflict(interests.MOVED)
    interests.go(me(), who)


@bp.post("/forums/<id:forum_id>/pause")
@public(
    policy.TAKE_PAUSE,
    of=PARTICIPANT,
    late=[policy.is_running_now],
    limit=counted_by_service("press"),
    form_on="forum.now",
)
def pause(who: Participant) -> str | Response:
    """Say that one takes a pause at an hour: nobody is told where one is."""
    form = GoingForm()
    said = _("Bonne pause. Revenez quand vous voulez, où vous voulez.")
    return _press(who, form, lambda: interests.take_pause(me(), who, row_number(form.slot.data or "")), said)


def _press(who: Participant, form: GoingForm, act: Callable[[], None], said: str) -> str | Response:
    """Do an act of one press; a script is given what its reader sees then of the present hour."""
    forum_id = who.forum.id
    url = url_for(".now", forum_id=forum_id, _anchor="now")

    def describe() -> str:
        return draw("forum/_now_part.html", **_describe(participants.get_reader(me(), forum_id)))

    return presses.do(who, form, act, url=url, said=said, draw_part=describe)


@bp.route("/forums/<id:forum_id>/announcement", methods=BOTH)
@members(policy.ANNOUNCE, of=PARTICIPANT, limit="team")
def announce(who: Participant) -> str | Response:
    """Write the line that stands on the pages that are read while the forum runs."""
    url, form = url_for(".show", forum_id=who.forum.id), AnnouncementForm(obj=who.forum)
    if not form.is_submitted():
        return render("forum/announcement.html", forum=who.forum, event=who.forum.event, form=form)
    outcome = attempt(form, lambda: forum_service.announce(me(), who, form.announcement.data or ""))
    if outcome.code:
        forum = PARTICIPANT.again(policy.ANNOUNCE).forum
        return refuse("forum/announcement.html", code=outcome.code, forum=forum, event=forum.event, form=form)
    if not form.announcement.data:
        return done(url, *outcome.describe(_("L'annonce est retirée.")))
    return done(url, *outcome.describe(_("L'annonce est affichée sur les pages du forum.")))
