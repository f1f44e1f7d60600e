"""What no press leads to in the tables of a forum: `check` says where it is so all the same."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import aliased

from app.core.db import db
from app.events.models.meetings import Event
from app.events.models.registrations import EventRegistration
from app.forum.models import (
    OPEN,
    SESSION,
    Forum,
    ForumGoing,
    ForumInterest,
    ForumRoom,
    ForumSlot,
    ForumTopic,
    ForumTopicHost,
)

_OTHER, _LATER = aliased(ForumTopic), aliased(ForumSlot)


def list_faults() -> list[str]:
    """Return what can't be, in words, with the number of the row that it is about."""
    return [words.format(number) for words, query in _select_faults() for number in db.session.scalars(query)]


def _select_faults() -> Iterator[tuple[str, Select[Any]]]:
    """Yield each fault with the rows that have it."""
    yield (
        "forum {} has no question",
        _select(Forum.id, Forum).join(Event, Event.id == Forum.id).where(Event.question == ""),
    )
    yield from _of_cells()
    yield from _of_others()
    yield from _of_places()


def _of_cells() -> Iterator[tuple[str, Select[Any]]]:
    topic = _select(ForumTopic.id, ForumTopic)
    in_room = topic.join(ForumRoom, ForumRoom.id == ForumTopic.room_id)
    at_hour = topic.join(ForumSlot, ForumSlot.id == ForumTopic.slot_id)
    yield "topic {} is in a room of another forum", in_room.where(ForumRoom.forum_id != ForumTopic.forum_id)
    yield "topic {} is at an hour of another forum", at_hour.where(ForumSlot.forum_id != ForumTopic.forum_id)
    yield "topic {} is at an hour that is for everybody", at_hour.where(ForumSlot.kind != SESSION)
    is_off = or_(ForumTopic.state != OPEN, ForumTopic.joined_id.is_not(None), ForumTopic.deleted_at.is_not(None))
    yield "topic {} has a room and is on the wall no more", topic.where(ForumTopic.slot_id.is_not(None), is_off)
    hour = _select(ForumSlot.id, ForumSlot).join(_LATER, _LATER.forum_id == ForumSlot.forum_id).distinct()
    is_over = _LATER.starts_after < ForumSlot.starts_after + ForumSlot.minutes
    yield "hour {} lasts beyond the next one", hour.where(_LATER.starts_after > ForumSlot.starts_after, is_over)


def _of_others() -> Iterator[tuple[str, Select[Any]]]:
    topic = _select(ForumTopic.id, ForumTopic)
    is_apart = or_(_OTHER.forum_id != ForumTopic.forum_id, _OTHER.id == ForumTopic.id)
    joined, again = (
        topic.join(_OTHER, _OTHER.id == column) for column in (ForumTopic.joined_id, ForumTopic.again_of_id)
    )
    yield "topic {} is joined to itself, or to one of another forum", joined.where(is_apart)
    is_no_first = or_(is_apart, _OTHER.again_of_id.is_not(None))
    yield "topic {} is held again for one that is not the first", again.where(is_no_first)


def _of_places() -> Iterator[tuple[str, Select[Any]]]:
    """Yield what was pitched, offered or pressed from a place at another meeting, or about a topic of one's own."""
    place = EventRegistration.event_id
    topic = _select(ForumTopic.id, ForumTopic).where(place != ForumTopic.forum_id)
    yield (
        "topic {} was pitched from a place at another meeting",
        topic.join(EventRegistration, EventRegistration.id == ForumTopic.registration_id),
    )
    host = or_(EventRegistration.id == ForumTopic.registration_id, EventRegistration.user_id == ForumTopic.author_id)
    for words, of_host, table in (
        ("has a host", "has its host twice", ForumTopicHost),
        ("interests somebody", "interests its own host", ForumInterest),
    ):
        found = _select(ForumTopic.id, ForumTopic).join(table, table.topic_id == ForumTopic.id).distinct()
        found = found.join(EventRegistration, EventRegistration.id == table.registration_id)
        yield f"topic {{}} {words} who has their place at another meeting", found.where(place != ForumTopic.forum_id)
        yield f"topic {{}} {of_host}", found.where(host)
    hour = _select(ForumSlot.id, ForumSlot).join(ForumGoing, ForumGoing.slot_id == ForumSlot.id).distinct()
    hour = hour.join(EventRegistration, EventRegistration.id == ForumGoing.registration_id)
    hour = hour.outerjoin(ForumTopic, ForumTopic.id == ForumGoing.topic_id)
    is_apart = or_(place != ForumSlot.forum_id, ForumTopic.forum_id != ForumSlot.forum_id)
    yield "somebody is at hour {} from another meeting, or at a topic of one", hour.where(is_apart)


def _select(column: Any, model: Any) -> Select[Any]:
    return select(column).select_from(model).order_by(column)
