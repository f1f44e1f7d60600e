"""Whom a meeting is told to: once who follows where it stands; then who comes, looks after it or follows it."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Select, func, select, union

from app.core.db import db
from app.events.models.meetings import CLOSED, Event, EventCommunity, EventIssue, EventTag, EventTerritory
from app.events.models.registrations import IN, WAITING, EventRegistration
from app.events.models.running import EventCharge
from app.notifications.models import Fact
from app.notifications.queries import recipients
from app.notifications.queries.recipients import STEPS, Audience
from app.reference.models import Tag, Territory


def _of_event(fact: Fact) -> Audience | None:
    """A meeting is announced: who follows its communities, tags, issues or territories; nobody once it has begun."""
    event = _event(fact)
    if not event.is_published or event.is_cancelled or event.has_begun:
        return None
    rooms = union(select(Event.community_id).where(Event.id == event.id), _places(EventCommunity.community_id, event))
    places = [select(Event.territory_id).where(Event.id == event.id), _places(EventTerritory.territory_id, event)]
    around = select(Territory.parent_id).where(Territory.id.in_(union(*places)), Territory.parent_id.is_not(None))
    paths = [
        recipients.select_members(fact, rooms),
        recipients.select_followers(fact, "community", rooms),
        recipients.select_followers(fact, "tag", _tags(event)),
        recipients.select_followers(fact, "issue", _places(EventIssue.issue_id, event)),
        recipients.select_followers(fact, "territory", union(*places, around)),
    ]
    return Audience(event, paths, (event.author_id,), by=("member", "community", "tag", "issue", "territory"))


def _places(column: Any, event: Event) -> Select[Any]:
    """Select where a meeting is placed on an axis."""
    return select(column).where(column.class_.event_id == event.id)


def _tags(event: Event) -> Select[Any]:
    """Select the tags of a meeting with all that answer as one with them."""
    now = func.coalesce(Tag.merged_into, Tag.id)
    own = select(now).join(EventTag, EventTag.tag_id == Tag.id).where(EventTag.event_id == event.id)
    return select(Tag.id).where(now.in_(own.correlate(None)))


def _of_change(fact: Fact) -> Audience | None:
    """A meeting is moved or changes, while it is still to come: who asked for a place, looks after it or follows it."""
    event = _event(fact)
    return None if event.is_cancelled or event.is_past else _of_all(fact, event, (IN, WAITING))


def _of_cancelling(fact: Fact) -> Audience | None:
    """A meeting is cancelled: who asked for a place, looks after it or follows it."""
    event = _event(fact)
    return _of_all(fact, event, (IN, WAITING)) if event.is_cancelled else None


def _of_minutes(fact: Fact) -> Audience | None:
    """The minutes of a meeting are published: who had a place there, looked after it or follows it."""
    event = _event(fact)
    return _of_all(fact, event, (IN,)) if event.status == CLOSED else None


def _of_all(fact: Fact, event: Event, states: tuple[str, ...]) -> Audience | None:
    """Return the paths to whoever comes, looks after a meeting or follows it; silence is about its talk alone."""
    if not event.is_published:
        return None
    coming = _select(EventRegistration, EventRegistration.user_id, event).where(
        EventRegistration.user_id.is_not(None), EventRegistration.state.in_(states)
    )
    in_charge = _select(EventCharge, EventCharge.user_id, event)
    author = select(Event.author_id, Event.thread_id).where(Event.id == event.id)
    chosen, said, _support = recipients.select_talkers(fact, [event.thread_id], STEPS)
    roles = ("coming", "team", "team", "follower", "follower")
    kinds = [f"{fact.kind}.{role}" for role in roles]
    return Audience(event, [coming, in_charge, author, chosen, said], kinds=kinds, despite_silence=True)


def _select(table: Any, who: Any, event: Event) -> Select[Any]:
    return select(who, Event.thread_id).join(Event, Event.id == table.event_id).where(Event.id == event.id)


def _event(fact: Fact) -> Event:
    return db.session.get_one(Event, fact.event_id)


AUDIENCES: Mapping[str, Callable[[Fact], Audience | None]] = {
    "follow.event": _of_event,
    "moved": _of_change,
    "changed": _of_change,
    "cancelled": _of_cancelling,
    "minutes": _of_minutes,
}
