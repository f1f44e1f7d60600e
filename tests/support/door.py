"""A meeting and who comes to it, as rows, for what is tried at its door."""

from datetime import timedelta
from typing import Any

from app.accounts.models.people import User
from app.core import clock
from app.events.models.meetings import Event
from app.events.models.registrations import EventRegistration, Registrant
from app.events.models.running import EventCharge
from tests.support.make import Make


def meeting(make: Make, **columns: Any) -> Event:
    """Return a published meeting that began ten minutes ago; `community` leads it (None: the region)."""
    community = columns.pop("community", None)
    room = make.room(community) if community else None
    now = clock.now()
    title = columns.pop("title", "Rencontre sur le transport")
    thread = make.thread("event", title, community=community)
    usual = {
        "author_id": make.user().id,
        "starts_at": now - timedelta(minutes=10),
        "ends_at": now + timedelta(hours=3),
        "mode": "in_person",
        "place": "Salle communautaire",
        "territory_id": 1,
        "status": "published",
        "published_at": now - timedelta(days=20),
    }
    found: Event = make.add(
        Event(title=title, thread_id=thread.id, community_id=room.id if room else None, **usual | columns)
    )
    return found


def comes(make: Make, event: Event, who: User | str, code: str = "", **columns: Any) -> EventRegistration:
    """Register a member, or a guest by their name, whose place is theirs unless `columns` say otherwise."""
    person: dict[str, Any] = (
        {"user_id": who.id} if isinstance(who, User) else {"registrant_id": _guest(make, event, who)}
    )
    usual = {
        "mode": "in_person",
        "state": "in",
        "code": code or f"AA{make._next():04}".replace("0", "Z").replace("1", "Y"),
    }
    found: EventRegistration = make.add(EventRegistration(event_id=event.id, **person, **usual | columns))
    return found


def _guest(make: Make, event: Event, name: str) -> int:
    guest: Registrant = make.add(Registrant(event_id=event.id, name=name, email=f"guest{make._next()}@example.org"))
    return guest.id


def keep_door(make: Make, event: Event, user: User) -> User:
    """Give a person the charge of the door of a meeting."""
    make.add(EventCharge(event_id=event.id, user_id=user.id, kind="door", given_by=event.author_id))
    return user
