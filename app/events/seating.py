"""The places of a meeting and its waiting list, moved under its lock: its columns follow each who comes or goes."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import ColumnElement, select, update

from app.core import clock
from app.core.db import db, run
from app.core.signals import tell
from app.events import mails, places
from app.events.models.meetings import PUBLISHED, Event
from app.events.models.registrations import IN, WAITING, EventRegistration
from app.events.places import Party
from app.events.queries import registrations
from app.events.signals import PlacesGiven

IN_PERSON, ONLINE = PLACES = ("in_person", "online")


def count_free(event: Event, mode: str) -> int | None:
    """Count the places that are free (None: without limit; less than 0: so many people too many).

    There is none of a way to join it that is offered no more; who has one keeps it.
    """
    if event.mode not in (mode, "hybrid"):
        return 0
    return places.count_free(getattr(event, f"capacity_{mode}"), getattr(event, f"taken_{mode}"))


@contextmanager
def settling(event: Event) -> Iterator[None]:
    """Change a meeting or who comes to it, under its lock; then give what came free to those who wait.

    Whatever may free a place stands inside: somebody leaves, a party is smaller, there are more places, the date moves.
    What came free while it was hidden is given when it is shown again.
    """
    before = {mode: count_free(event, mode) if _is_held(event) else 0 for mode in PLACES}
    yield
    for mode in PLACES:
        _settle(event, mode, before[mode])


def _settle(event: Event, mode: str, before: int | None) -> None:
    free = count_free(event, mode)
    if not _is_held(event) or not getattr(event, f"waiting_{mode}") or (free is not None and free <= 0):
        return
    db.session.flush()
    waiting = registrations.list_waiting(event.id, mode)
    if places.moves_by_itself(event.starts_at, clock.now()):
        _admit(event, places.choose_next(waiting, free))
    else:
        mails.ask_each(event, mails.FREE, places.choose_told(waiting, before, free))


def _is_held(event: Event) -> bool:
    return event.status == PUBLISHED and event.is_published and not event.is_past


def _admit(event: Event, choice: places.Choice) -> None:
    if not choice.admitted:
        return
    for numbers in mails.in_parts(choice.admitted):
        query = select(EventRegistration).where(EventRegistration.id.in_(numbers))
        for registration in db.session.scalars(query.order_by(EventRegistration.rank)):
            leave(event, registration)
            let_in(event, registration)
    for numbers in mails.in_parts(choice.passed_over):
        _pass_over(EventRegistration.id.in_(numbers))
    db.session.flush()
    mails.ask_each(event, mails.PROMOTED, choice.admitted)
    tell(PlacesGiven(event.id, tuple(choice.admitted)))


def _pass_over(*which: ColumnElement[bool]) -> None:
    """Note that somebody behind them got a place before them, for their page to say why."""
    first_time = (*which, EventRegistration.passed_over_at.is_(None))
    run(update(EventRegistration).where(*first_time).values(passed_over_at=clock.now()))


def join(event: Event, registration: EventRegistration) -> None:
    """Give the next rank to whoever comes, and a place if they fit; else they wait."""
    event.last_rank += 1
    registration.rank, registration.passed_over_at = event.last_rank, None
    registration.confirmed_at, registration.cancelled_at = clock.now(), None
    registration.state_before = None
    if not take(event, registration):
        wait(event, registration)
    db.session.flush()
    mails.ask_each(event, mails.PLACE if registration.state == IN else mails.WAIT, [registration.id])


def take(event: Event, registration: EventRegistration) -> bool:
    """Let somebody in who stands outside of the list, if their party fits; return whether it did."""
    if not fits(event, registration.mode, registration.party):
        return False
    let_in(event, registration)
    if getattr(event, f"waiting_{registration.mode}"):
        wait_too = registrations.is_waiting(event.id, registration.mode)
        _pass_over(*wait_too, EventRegistration.rank < registration.rank)
    return True


def fits(event: Event, mode: str, size: int) -> bool:
    """Tell whether so many people more have a place."""
    return bool(places.choose_next([Party(0, size)], count_free(event, mode)).admitted)


def let_in(event: Event, registration: EventRegistration) -> None:
    registration.state = IN
    _move(event, "taken", registration.mode, registration.party)


def wait(event: Event, registration: EventRegistration) -> None:
    registration.state = WAITING
    _move(event, "waiting", registration.mode, registration.party)


def leave(event: Event, registration: EventRegistration) -> None:
    """Take a registration out of the places, or out of the list, that it counts in."""
    counters = {IN: "taken", WAITING: "waiting"}
    if registration.state in counters:
        _move(event, counters[registration.state], registration.mode, -registration.party)


def _move(event: Event, counter: str, mode: str, number: int) -> None:
    name = f"{counter}_{mode}"
    setattr(event, name, getattr(event, name) + number)
