"""Meetings built straight in the tables: at a moment, where and about what a test says."""

from datetime import datetime, timedelta
from typing import Any

from app.comments import threads
from app.core import clock
from app.core.db import db
from app.core.unit import unit
from app.events.models.meetings import (
    Event,
    EventCommunity,
    EventFeature,
    EventIssue,
    EventOrganisation,
    EventTag,
    EventTerritory,
)
from tests.support.make import Make

FILED: dict[str, Any] = {
    "communities": EventCommunity.community_id,
    "issues": EventIssue.issue_id,
    "tags": EventTag.tag_id,
    "territories": EventTerritory.territory_id,
    "organisations": EventOrganisation.organisation_id,
    "features": EventFeature.feature,
}


def event_in(make: Make, *, days: float = 7, hours: float = 2, room: Any = None, **columns: Any) -> Event:
    """Store a meeting that begins so many days from now (before: in the past) and lasts some hours.

    `room` is the community that leads it (None: the region); the names of `FILED` place it.
    """
    placed = {name: columns.pop(name, ()) for name in FILED}
    starts_at = columns.pop("starts_at", None) or clock.now() + timedelta(days=days)
    defaults: dict[str, Any] = {
        "title": "Se loger près de son travail",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=hours),
        "mode": "online",
        "status": "published",
        "excerpt": "On parle de ce qui manque.",
        "published_at": clock.now(),
        "community_id": room.id if room else None,
        "is_private": room.is_private if room else False,
        "other_ids": sorted(placed["communities"]),
    }
    with unit():
        values = defaults | columns
        values.setdefault("author_id", make.user().id)
        event = Event(thread_id=_thread(values), **values)
        db.session.add(event)
        db.session.flush()
        db.session.add_all(_place(event, FILED[name], value) for name, values in placed.items() for value in values)
    return event


def _thread(values: dict[str, Any]) -> int:
    is_public = values["status"] != "draft" and not values.get("hidden_at") and not values.get("deleted_at")
    return threads.create(
        "event",
        values["title"],
        community_id=values["community_id"],
        author_id=values["author_id"],
        is_public=is_public,
        is_open=is_public,
    ).id


def _place(event: Event, column: Any, value: Any) -> Any:
    return column.class_(**{"event_id": event.id, column.key: value})


def at(text: str) -> datetime:
    """Return a moment of the region: at("2027-02-18 18:30")."""
    return datetime.fromisoformat(text).replace(tzinfo=clock.ZONE)
