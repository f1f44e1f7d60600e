"""From an address to a forum, and what it is made of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import contains_eager

from app.communities.cached_statements import cached_statement, reader_parameters
from app.core.actor import Actor
from app.core.db import db
from app.core.errors import NotFound
from app.core.permits import Permission
from app.events.models.meetings import Event
from app.events.queries import reading as events
from app.forum.models import Forum, ForumRoom, ForumSlot, ForumTopic


@dataclass(frozen=True)
class Arrangement:
    """The rooms of a forum in their order, and its hours, the first first."""

    rooms: Sequence[ForumRoom]
    slots: Sequence[ForumSlot]

    def get_cells(self, topics: Iterable[ForumTopic]) -> dict[int, tuple[ForumRoom, ForumSlot]]:
        """Map those of these topics that have a room to it and to their hour."""
        rooms, slots = {room.id: room for room in self.rooms}, {slot.id: slot for slot in self.slots}
        return {
            topic.id: (rooms[topic.room_id], slots[topic.slot_id])
            for topic in topics
            if topic.room_id in rooms and topic.slot_id in slots
        }


def get_forum(actor: Actor, forum_id: int, permission: Permission) -> Forum:
    """Return a forum with its meeting. Raise NotFound where it is absent or forbidden, without telling which."""
    rows = db.session.scalars(_select_one(actor), reader_parameters(actor, event=forum_id))
    forum: Forum | None = rows.unique().one_or_none()
    if forum is None or not permission.permits(actor, forum):
        raise NotFound()
    return forum


@cached_statement
def _select_one(actor: Actor) -> Select[tuple[Forum]]:
    query = select(Forum).join(Event, Event.id == Forum.id).options(contains_eager(Forum.event))
    return query.where(Event.id == events.EVENT, or_(events.readable_by(actor), events.own_of(actor)))


def find_rehearsal(forum_id: int) -> Forum | None:
    """Return the rehearsal of a forum that is there now, with its meeting."""
    query = select(Forum).join(Event, Event.id == Forum.id).options(contains_eager(Forum.event))
    found: Forum | None = db.session.scalar(query.where(Event.rehearses_id == forum_id, Event.deleted_at.is_(None)))
    return found


def is_no_forum(actor: Actor, event_id: int) -> bool:
    """Tell whoever runs a meeting that it is no forum; nobody else hears of it."""
    forum = select(Forum.id).where(Forum.id == Event.id).exists()
    query = select(Event.id).where(Event.id == event_id, ~forum, Event.deleted_at.is_(None), events.run_by(actor))
    return db.session.scalar(query) is not None


def get_arrangement(forum_id: int) -> Arrangement:
    """Return the rooms and the hours of a forum."""
    rooms = select(ForumRoom).where(ForumRoom.forum_id == forum_id).order_by(ForumRoom.position, ForumRoom.id)
    slots = select(ForumSlot).where(ForumSlot.forum_id == forum_id).order_by(ForumSlot.starts_after, ForumSlot.id)
    return Arrangement(db.session.scalars(rooms).all(), db.session.scalars(slots).all())
