"""The report of a forum in words, as its page and its files say it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.core.small_counts import LEAST
from app.events.queries.attendance import Attendance, count_came, get_attendance
from app.forms import times
from app.forms.forum import list_days
from app.forms.notes import KINDS
from app.forum.models import SESSION, Forum, ForumSlot, ForumTopic
from app.ideas.models import IN_PLAN
from app.notes.models import JOINED, NEW, OFFERED, PublishedLine
from app.notes.queries.report import ForumReport, Session, get_report
from app.web.choices import counted
from app.web.choices.counted import CountedChoice
from app.web.forum import programme, wall
from app.web.frame import links
from app.web.frame.filters import host
from app.web.frame.locale import format_date_day
from app.web.notes import fates
from app.web.notes.fates import Fate

FROM_PAPER = _l("L'équipe en a recopié une partie d'une feuille de la séance.")


@dataclass(frozen=True)
class Figure:
    """A number of the report under its name: `key` is what the files call it."""

    key: str
    label: str
    words: str
    value: int


@dataclass(frozen=True)
class Reach:
    """How many of the things said came so far; the words go after the number, `key` is what the files call it."""

    key: str
    count: int
    words: str


@dataclass(frozen=True)
class HourLine:
    """An hour of the programme: when, what it was; of sessions, how many. `lang` is that of a title that was typed."""

    start: str
    name: str
    lang: str
    sessions: str

    @property
    def words(self) -> str:
        """Return what it was, at its shortest: « 5 séances »."""
        return self.name if self.lang or not self.sessions else self.sessions

    @property
    def more(self) -> str:
        """Return how many sessions it had, beside its title."""
        return self.sessions if self.lang else ""


@dataclass(frozen=True)
class SaidLine:
    """A line in words; of an action, for when. `fate` is what it has become today, None where it has no place yet."""

    row: PublishedLine
    kind: str
    due: str
    fate: Fate | None


@dataclass(frozen=True)
class SessionWords:
    """A session: where and when, who held it, how many were there, its notes and their corrections.

    `from_paper` says that the team copied some of them from a sheet, "" where it copied none.
    """

    topic: ForumTopic
    cell: str
    host: str
    people: str
    people_count: int | None
    text: str
    from_paper: str
    lines: Sequence[SaidLine]
    corrections: Sequence[tuple[datetime, str]]
    starts_at: datetime
    room: str


@dataclass(frozen=True)
class NotHeld:
    """A topic that was pitched and not held: why; `url` is that of the topic that it was joined to."""

    topic: ForumTopic
    reason: str
    url: str = ""


@dataclass(frozen=True)
class ReportWords:
    """The whole report: `way` is how far what was said has come, `ends` the lines that stop, with why."""

    forum: Forum
    figures: Sequence[Figure]
    complete_at: datetime
    hours: Sequence[HourLine]
    sessions: Sequence[SessionWords]
    not_held: Sequence[NotHeld]
    way: Sequence[Reach]
    choice: CountedChoice | None

    @property
    def ends(self) -> list[SaidLine]:
        return [line for session in self.sessions for line in session.lines if line.fate and line.fate.is_end]


def describe(forum: Forum) -> ReportWords:
    found = get_report(forum)
    became = fates.describe(found.lines, forum.id)
    sessions = [_describe_session(forum, session, became) for session in found.sessions]
    return ReportWords(
        forum,
        list(_list_figures(forum, found)),
        forum.phase_at,
        [_describe_hour(forum, found, slot) for slot in found.arrangement.slots],
        sessions,
        _list_not_held(found),
        _list_way(found, became.values()),
        counted.describe(forum),
    )


def _list_way(found: ForumReport, became: Collection[Fate]) -> list[Reach]:
    """Return how many of the things said came how far, as the reader may read it, without what none came to."""
    lines, held = found.lines, len(found.sessions)
    ideas = sum(line.fate in (NEW, JOINED, OFFERED) for line in lines)
    planned, achieved = (sum(one.status in those for one in became) for those in (IN_PLAN, ("achieved",)))
    ends, left = sum(one.is_end for one in became), sum(line.fate is None for line in lines)
    sessions = ngettext("%(num)s séance", "%(num)s séances", held)
    said = ngettext("chose dite, dans %(sessions)s", "choses dites, dans %(sessions)s", len(lines), sessions=sessions)
    way = [
        Reach("said", len(lines), said),
        Reach(
            "ideas",
            ideas,
            ngettext("devenue une idée, ou dite sous une", "devenues une idée, ou dites sous une", ideas),
        ),
        Reach("in_plan", planned, _("au plan d'action")),
        Reach("achieved", achieved, ngettext("a donné un résultat", "ont donné un résultat", achieved)),
        Reach("ended", ends, ngettext("s'arrête, et on dit pourquoi", "s'arrêtent, et on dit pourquoi", ends)),
        Reach("left", left, ngettext("attend encore sa place", "attendent encore leur place", left)),
    ]
    return [one for one in way if one.count]


def _list_figures(forum: Forum, found: ForumReport) -> Iterator[Figure]:
    """Yield the numbers of a forum, without those that nobody noted, and without how many came where they were few."""
    event, attendance = forum.event, get_attendance(forum.event)
    registered, came = event.taken_in_person + event.taken_online, _count_came(forum, attendance)
    towns = sum(place is not None for place in attendance.places.shown)
    if registered:
        yield Figure("registered", _("Inscriptions"), str(registered), registered)
    if came >= LEAST:
        yield Figure("came", _("Présences"), str(came), came)
    held = len(found.sessions)
    yield Figure("pitched", _("Sujets proposés"), str(found.pitched_count), found.pitched_count)
    yield Figure("sessions", _("Séances tenues"), str(held), held)
    if towns:
        words = _("%(num)s et d'autres", num=towns) if attendance.places.others else str(towns)
        yield Figure("municipalities", _("Municipalités"), words, towns)


def _count_came(forum: Forum, attendance: Attendance) -> int:
    """Count who came: as the minutes say it, else as the door noted it."""
    said = count_came(forum.event)
    return attendance.arrived if said is None else said


def _describe_hour(forum: Forum, found: ForumReport, slot: ForumSlot) -> HourLine:
    count = sum(session.slot.id == slot.id for session in found.sessions)
    start = slot.starts_at(forum.event)
    has_days = len(list_days(forum.event, found.arrangement.slots)) > 1
    hour = f"{programme.name_day(start)}, {times.hour(start)}" if has_days else times.hour(start)
    sessions = ngettext("%(num)s séance", "%(num)s séances", count) if slot.kind == SESSION else ""
    return HourLine(hour, programme.name_slot(slot), forum.event.lang if slot.title else "", sessions)


def _describe_session(forum: Forum, session: Session, became: Mapping[int, Fate]) -> SessionWords:
    count = session.notes.people_there if session.notes else None
    return SessionWords(
        session.topic,
        wall.tell_cell(forum.event, session.room, session.slot),
        host(session.topic),
        "" if count is None else ngettext("%(num)s personne", "%(num)s personnes", count),
        count,
        session.notes.text if session.notes else "",
        str(FROM_PAPER) if session.notes and session.notes.from_paper else "",
        [_describe_line(line, became) for line in session.lines],
        [(one.at, one.reason) for one in session.corrections],
        session.slot.starts_at(forum.event),
        session.room.name,
    )


def _describe_line(line: PublishedLine, became: Mapping[int, Fate]) -> SaidLine:
    due = format_date_day(line.due_on) if line.due_on else ""
    fate = became.get(line.id)
    return SaidLine(line, str(KINDS[line.kind]), due, replace(fate, author_url="") if fate else None)


def session_address(session: SessionWords) -> str:
    """Return the absolute address of the notes of a session."""
    topic = session.topic
    return absolute(url_for("notes.show", forum_id=topic.forum_id, topic_id=topic.id))


def absolute(path: str) -> str:
    """Return the absolute address of a page, "" for none."""
    return links.absolute_url(path) if path else ""


def _list_not_held(found: ForumReport) -> list[NotHeld]:
    titles = {topic.id: topic.title for topic in (*found.others, *(session.topic for session in found.sessions))}
    return [_describe_not_held(topic, titles.get(topic.joined_id or 0, "")) for topic in found.others]


def _describe_not_held(topic: ForumTopic, joined: str) -> NotHeld:
    if topic.is_joined and joined:
        url = url_for("forum.topic", forum_id=topic.forum_id, topic_id=topic.joined_id)
        return NotHeld(topic, _("Joint à « %(title)s ».", title=joined), url)
    if topic.is_joined:
        return NotHeld(topic, _("Joint à un autre sujet."))
    if topic.is_withdrawn:
        return NotHeld(topic, _("Retiré du mur."))
    return NotHeld(topic, _("Resté au mur, sans salle ni heure."))
