"""The service mails of a meeting, before they are written: a row says that a registration is to be told, of which date.

Who asks for one writes the row in the transaction of what happened; the worker writes the mail, and notes it on the row
in the transaction that puts it in the outbox. So a worker that is killed anywhere has written one, or will.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, String, cast, delete, exists, literal, null, select, update

from app.core import clock, dialect, jobs
from app.core.db import Moment, db, run
from app.core.mail import Outgoing, is_waiting
from app.core.unit import command
from app.events.models.meetings import PUBLISHED, Event
from app.events.models.registrations import CONFIRM, IN, UNCONFIRMED, EventMail, EventRegistration
from app.events.queries.reading import is_published
from app.events.queries.registrations import is_coming

JOB = "event_mails"
# A place at once, a wait, a place that came later, one for whoever presses first.
PLACE, WAIT, PROMOTED, FREE = "in", "waiting", "place", "free"
# A place given back by its person, by the team, or for who may read the meeting no more. Nothing that is told later to
# who comes reaches them: it is told whatever becomes of the meeting, until its end.
GIVEN_BACK = DROPPED, RELEASED, OUT = "dropped", "released", "out"
# What happened to the meeting, or comes near.
MOVED, CHANGED, CANCELLED, REMINDER = "moved", "changed", "cancelled", "reminder"
HIDDEN, SHOWN = "hidden", "shown"
# What came of it, to guests: members are told as they chose.
MINUTES = "minutes"
# What became of what was said there, to the guests who were there.
REVIEWED = "reviewed"
REMINDER_HOUR = time(9)
LONGEST_NOTICE = timedelta(days=9)
# How long what waits at an address stays for its next letter, where two have just left for it.
NEXT_LETTER = timedelta(hours=1)
# How many numbers a statement names.
AT_ONCE = 500
COLUMNS = ("registration_id", "kind", "starts_at", "at", "written_at")
# How the outbox names a registration, in Python and in SQL.
ABOUT = "registration:"
# How it names what waits at an address, told in one letter of several registrations.
SEVERAL = "registrations"
_NAME = literal(ABOUT) + cast(EventRegistration.id, String)


class MailKey(NamedTuple):
    registration_id: int
    kind: str
    starts_at: datetime


def ask(event: Event, kind: str, *which: ColumnElement[bool]) -> None:
    """Have these registrations told, within the command of what happened; who was told of the same before, again."""
    mine = (EventMail.kind == kind, EventMail.starts_at == event.starts_at)
    ids = _select_ids(event, *which)
    run(update(EventMail).where(*mine, EventMail.registration_id.in_(ids)).values(written_at=None, at=clock.now()))
    _add(event, kind, *which)


def ask_each(event: Event, kind: str, ids: Iterable[int]) -> None:
    """Have the registrations of these numbers told."""
    for numbers in in_parts(ids):
        ask(event, kind, EventRegistration.id.in_(numbers))


def in_parts(ids: Iterable[int]) -> Iterator[list[int]]:
    """Share numbers out among statements: the engines take so many values in one, and no more."""
    numbers = list(ids)
    for start in range(0, len(numbers), AT_ONCE):
        yield numbers[start : start + AT_ONCE]


def _select_ids(event: Event, *which: ColumnElement[bool]) -> Any:
    return select(EventRegistration.id).where(EventRegistration.event_id == event.id, *which)


def ask_later(event: Event, registration_id: int) -> None:
    """Have an address told within the hour what waits there; asked for again, what is owed already keeps its time."""
    at = clock.now() + NEXT_LETTER
    mine = (EventMail.kind == CONFIRM, EventMail.registration_id == registration_id, EventMail.written_at.is_not(None))
    run(update(EventMail).where(*mine, EventMail.starts_at == event.starts_at).values(written_at=None, at=at))
    _add(event, CONFIRM, EventRegistration.id == registration_id, at=at)


def _add(event: Event, kind: str, *which: ColumnElement[bool], at: datetime | None = None) -> None:
    words = (literal(kind), literal(event.starts_at, Moment), literal(at or clock.now(), Moment), null())
    rows = select(EventRegistration.id, *words).where(EventRegistration.event_id == event.id, *which)
    dialect.insert_each(EventMail, COLUMNS, rows)
    jobs.enqueue(JOB)


def list_unwritten() -> Sequence[MailKey]:
    """Return the mails that are due, the first asked for first."""
    is_due = (EventMail.written_at.is_(None), EventMail.at <= clock.now())
    query = select(EventMail.registration_id, EventMail.kind, EventMail.starts_at).where(*is_due)
    return [MailKey(*row) for row in db.session.execute(query.order_by(EventMail.at).limit(500))]


def claim(key: MailKey) -> EventMail | None:
    """Take a mail for the command that writes it; None when another worker did."""
    query = select(EventMail).where(
        EventMail.registration_id == key.registration_id,
        EventMail.kind == key.kind,
        EventMail.starts_at == key.starts_at,
        EventMail.written_at.is_(None),
    )
    found: EventMail | None = db.session.scalar(dialect.lock(query).execution_options(populate_existing=True))
    return found


def note_written(ids: Iterable[int], kind: str = CONFIRM) -> None:
    """Note that a letter of a kind told of these registrations, whichever it was written for, and for which date."""
    mine = (EventMail.kind == kind, EventMail.registration_id.in_(list(ids)), EventMail.written_at.is_(None))
    run(update(EventMail).where(*mine).values(written_at=clock.now()))


def put_off(row: EventMail) -> None:
    """Have a mail looked at again within the hour."""
    row.at = clock.now() + NEXT_LETTER


def drop(row: EventMail) -> None:
    """Forget a mail that has nothing left to tell."""
    db.session.delete(row)


def name_registration(registration_id: int) -> str:
    """Name a registration to the outbox, whose letters go with it."""
    return f"{ABOUT}{registration_id}"


def tell_all(event: Event, kind: str, *which: ColumnElement[bool]) -> None:
    """Take back what has not left for those who come, and tell them how things stand now, unless it is over."""
    if not event.is_past:
        ask(event, kind, is_coming(), *which)
        forget_outgoing(event, is_coming())


def has_letter() -> ColumnElement[bool]:
    """Match the registrations of which a letter has not left."""
    return exists().where(Outgoing.about == _NAME, is_waiting())


def forget_outgoing(event: Event, *which: ColumnElement[bool]) -> None:
    """Take back the letters about a meeting that have not left: what comes after says how things stand now.

    That of who has yet to confirm stays.
    """
    names = select(_NAME).where(EventRegistration.event_id == event.id, EventRegistration.state != UNCONFIRMED, *which)
    run(delete(Outgoing).where(Outgoing.about.in_(names), is_waiting()).execution_options(synchronize_session=False))


def get_reminder_time(event: Event) -> datetime | None:
    """Return when who comes is reminded: at 9 o'clock, so many days before; None where nobody is."""
    if event.reminder is None:
        return None
    day = event.starts_at.astimezone(clock.ZONE).date() - timedelta(days=event.reminder)
    return datetime.combine(day, REMINDER_HOUR, clock.ZONE)


def ask_reminders() -> int:
    """Have who comes to a meeting reminded of it once its time has come; return of how many meetings."""
    return sum([_remind(event) for event in _list_near()])


def _list_near() -> Sequence[Event]:
    """Return the meetings whose reminder is due, and which somebody has not had."""
    now = clock.now()
    soon = (Event.starts_at > now, Event.starts_at < now + LONGEST_NOTICE)
    query = select(Event).where(is_published(), *soon, Event.status == PUBLISHED, Event.reminder.is_not(None))
    return [event for event in db.session.scalars(query.order_by(Event.starts_at, Event.id)) if _is_due(event)]


def _is_due(event: Event) -> bool:
    at = get_reminder_time(event)
    if at is None or at > clock.now() or at >= event.starts_at:
        return False
    return db.session.scalar(_select_ids(event, *_has_had_none(event, at)).limit(1)) is not None


@command
def _remind(event: Event) -> bool:
    """Ask for the reminders of a meeting, read again: one that was cancelled, hidden or moved has none now."""
    at = get_reminder_time(event)
    if at is None or at > clock.now() or event.has_begun or event.status != PUBLISHED or not event.is_published:
        return False
    _add(event, REMINDER, *_has_had_none(event, at))
    return True


def _has_had_none(event: Event, at: datetime) -> tuple[ColumnElement[bool], ...]:
    """Match who has a place since before the reminder, and did not get it for this date."""
    had = exists().where(
        EventMail.registration_id == EventRegistration.id,
        EventMail.kind == REMINDER,
        EventMail.starts_at == event.starts_at,
    )
    return (EventRegistration.state == IN, EventRegistration.confirmed_at < at, ~had)
