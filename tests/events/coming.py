"""Meetings of these tests, and who comes to them."""

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from app.comments import threads
from app.core import clock
from app.core.actor import ANYONE, Actor
from app.core.db import db
from app.core.unit import command, unit
from app.events import mails, seating
from app.events.models.meetings import Event
from app.events.models.registrations import IN, WAITING, EventMail, EventRegistration
from app.events.queries import registrations
from app.events.service import registrations as service
from app.events.service.registrations import Guest, Wishes
from app.reference.queries import get_catalogue
from tests.support.make import Make

IN_PERSON, ONLINE = Wishes("in_person"), Wishes("online")


def new_event(make: Make, **columns: Any) -> Event:
    """Return a meeting to come, in ten days, as publishing would have left it."""
    start = columns.get("starts_at") or clock.now() + timedelta(days=10)
    title = columns.pop("title", "Se loger près de son travail")
    with unit():
        thread = threads.create(
            "event",
            title,
            community_id=columns.get("community_id"),
            author_id=columns.get("author_id"),
            is_public=True,
            is_open=True,
        )
        event = Event(
            **{
                "title": title,
                "thread_id": thread.id,
                "author_id": columns.get("author_id") or make.user().id,
                "starts_at": start,
                "ends_at": start + timedelta(hours=2),
                "status": "published",
                "published_at": clock.now(),
                "mode": "hybrid",
                "place": "Bibliothèque, salle du bas",
                "territory_id": get_catalogue().place_at("68055").id,
                "room_url": "https://rencontre.example.org/salle-secrete",
            }
            | columns
        )
        db.session.add(event)
    return event


def guest(n: int | str) -> Guest:
    return Guest(f"invite-{n}@example.org", f"Invité {n}", "fr", "privacy", "2026-11-30")


def come(make: Make, event: Event, wishes: Wishes = IN_PERSON) -> EventRegistration:
    """Register a new member."""
    return service.come(make.actor(), event, wishes)


def confirm(event: Event, person: Guest, wishes: Wishes = IN_PERSON) -> EventRegistration:
    """Register a guest who confirms."""
    registration = service.expect(event, person, wishes)
    keep(registration, wishes)
    return registration


def keep(registration: EventRegistration, wishes: Wishes, actor: Actor = ANYONE) -> None:
    """Send the form of a registration, as its page does."""
    found = registrations.find_registration(registration.id)
    assert found is not None
    service.keep(actor, found, wishes)


def cancel(registration: EventRegistration, actor: Actor = ANYONE) -> None:
    found = registrations.find_registration(registration.id)
    assert found is not None
    service.cancel(actor, found)


@command
def change(event: Event, **columns: Any) -> None:
    """Change columns of a meeting as its team would, and let in who may then come."""
    with seating.settling(event):
        for name, value in columns.items():
            setattr(event, name, value)


def states(event: Event) -> list[str]:
    """Return where each registration is, in the order in which they came."""
    query = select(EventRegistration.state).where(EventRegistration.event_id == event.id)
    return list(db.session.scalars(query.order_by(EventRegistration.rank, EventRegistration.id)))


def told(kind: str) -> list[int]:
    """Return the registrations that a mail of this kind waits for."""
    query = select(EventMail.registration_id).where(EventMail.kind == kind, EventMail.written_at.is_(None))
    return sorted(db.session.scalars(query))


def write_all() -> list[tuple[int, str]]:
    """Note every mail that waits as written; return what they were."""
    with unit():
        rows = [row for key in mails.list_unwritten() if (row := mails.claim(key))]
        for row in rows:
            row.written_at = clock.now()
        return sorted((row.registration_id, row.kind) for row in rows)


def count_again(event: Event) -> dict[str, int]:
    """Count who has a place and who waits, from the registrations."""
    rows = db.session.execute(
        select(EventRegistration.state, EventRegistration.mode, func.sum(EventRegistration.party))
        .where(EventRegistration.event_id == event.id, EventRegistration.state.in_((IN, WAITING)))
        .group_by(EventRegistration.state, EventRegistration.mode)
    )
    names = {IN: "taken", WAITING: "waiting"}
    empty = {f"{name}_{mode}": 0 for name in names.values() for mode in seating.PLACES}
    return empty | {f"{names[state]}_{mode}": number for state, mode, number in rows}


def columns_of(event: Event) -> dict[str, int]:
    """Return the same numbers, as the meeting has them."""
    db.session.expire(event)
    return {name: getattr(event, name) for name in count_again(event)}
