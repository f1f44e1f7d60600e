"""What facilitation did in figures: counts and median delays, by month and by community."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from app.communities import policy
from app.communities.queries import get_rooms
from app.core import months
from app.core.actor import Actor
from app.core.db import db
from app.figures.queries import contents
from app.figures.scope import Scope
from app.journal.models import Entry
from app.journal.queries import open_to
from app.moderation.appeals.models import Appeal
from app.moderation.cases.models import Case
from app.moderation.measures.models import KINDS, Measure


@dataclass(frozen=True)
class Event:
    """Something to count: when, in which community, of which name and, for a decision, after which delay."""

    at: datetime
    community_id: int | None
    name: str
    delay: timedelta | None = None


@dataclass
class FigureLine:
    """The figures of one month, or of one community; `counts` has the kinds of measures and the names of the rest."""

    counts: Counter[str] = field(default_factory=Counter)
    delays: dict[str, list[timedelta]] = field(default_factory=lambda: defaultdict(list))

    def add(self, event: Event) -> None:
        self.counts[event.name] += 1
        if event.delay is not None:
            self.delays[event.name].append(event.delay)

    def median(self, *names: str) -> timedelta | None:
        """Return the median delay of the events of these names, or None without any."""
        seconds = [delay.total_seconds() for name in names for delay in self.delays[name]]
        return timedelta(seconds=median(seconds)) if seconds else None


def sum_by(events: Iterable[Event], key: Callable[[Event], Any]) -> dict[Any, FigureLine]:
    """Return a line of figures for each value of `key`."""
    lines: dict[Any, FigureLine] = defaultdict(FigureLine)
    for event in events:
        lines[key(event)].add(event)
    return lines


def list_events(actor: Actor, since: datetime, community_id: int | None = None) -> list[Event]:
    """Return the events since then in the communities that the reader sees, or in one of them."""
    return [event for find in (_measures, _cases, _appeals, _answers) for event in find(actor, since, community_id)]


def _measures(actor: Actor, since: datetime, community_id: int | None) -> list[Event]:
    query = select(Entry.at, Entry.community_id, Entry.kind)
    query = query.where(Entry.at >= since, Entry.kind.in_(KINDS), open_to(actor))
    query = query.where(Entry.community_id == community_id) if community_id else query
    return [Event(*row) for row in db.session.execute(query).tuples()]


def _cases(actor: Actor, since: datetime, community_id: int | None) -> list[Event]:
    query = select(Case.opened_at, Case.decided_at, Case.state, Case.community_id)
    query = query.where(or_(Case.opened_at >= since, Case.decided_at >= since), _in_sight(actor, Case, community_id))
    events = []
    for opened_at, decided_at, state, room_id in db.session.execute(query).tuples():
        if opened_at >= since:
            events.append(Event(opened_at, room_id, "opened"))
        if decided_at and decided_at >= since:
            events.append(Event(decided_at, room_id, state, decided_at - opened_at))
    return events


def _appeals(actor: Actor, since: datetime, community_id: int | None) -> list[Event]:
    query = select(Appeal.at, Appeal.decided_at, Appeal.state, Measure.community_id)
    query = query.join(Measure, Measure.id == Appeal.measure_id)
    query = query.where(or_(Appeal.at >= since, Appeal.decided_at >= since), _in_sight(actor, Measure, community_id))
    events = []
    for at, decided_at, state, room_id in db.session.execute(query).tuples():
        if at >= since:
            events.append(Event(at, room_id, "appealed"))
        if decided_at and decided_at >= since:
            events.append(Event(decided_at, room_id, f"appeal_{state}", decided_at - at))
    return events


def _answers(actor: Actor, since: datetime, community_id: int | None) -> list[Event]:
    """Return the first answers to ideas, which the figures of participation count too: an event of each, by month."""
    found = contents.count_answers(actor, Scope(months.month_of(since), community_id=community_id))
    return [
        Event(months.start(month), int(lead) or None, "answered", None if days == "-" else timedelta(days=int(days)))
        for (month, lead, days), number in found.items()
        for _one in range(number)
    ]


def _in_sight(actor: Actor, table: Any, community_id: int | None) -> ColumnElement[bool]:
    """Match what belongs to this community or, without one, to none or to any that the reader sees."""
    column: Any = table.community_id
    if community_id:
        return column == community_id
    return or_(column.is_(None), column.in_([room.id for room in get_rooms().all if policy.READ.permits(actor, room)]))
