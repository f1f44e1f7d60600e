"""The wall of a forum: its rooms and its hours, the topic that each cell holds, those that have no room yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, false, select
from sqlalchemy.orm import aliased

from app.core.db import db
from app.forum.models import SESSION, ForumRoom, ForumSlot, ForumTopic
from app.forum.queries import topics
from app.forum.queries.forums import Arrangement


@dataclass(frozen=True)
class Layout:
    """What stands on the wall, whoever looks at it; `cells` are by the numbers of an hour and of a room."""

    rooms: Sequence[ForumRoom]
    slots: Sequence[ForumSlot]
    cells: Mapping[tuple[int, int], ForumTopic]
    others: Sequence[ForumTopic]
    """The topics without a room, in the order in which they were pitched."""

    @property
    def session_slots(self) -> list[ForumSlot]:
        """The hours of sessions, which are held side by side, the first first."""
        return [slot for slot in self.slots if slot.kind == SESSION]

    @property
    def plenaries(self) -> list[ForumSlot]:
        """The hours when all are together."""
        return [slot for slot in self.slots if slot.kind != SESSION]

    def find(self, topic_id: int | None) -> ForumTopic | None:
        """Return one of its topics, None where it has left the wall."""
        return next((topic for topic in (*self.cells.values(), *self.others) if topic.id == topic_id), None)


def get_layout(forum_id: int) -> Layout:
    """Return the wall of a forum, of which nothing that waits, was withdrawn, joined to another or hidden is part."""
    found, arrangement = list_with_arrangement(topics.select_topics(forum_id), forum_id)
    cells = {(topic.slot_id, topic.room_id): topic for topic in found if topic.slot_id and topic.room_id}
    return Layout(arrangement.rooms, arrangement.slots, cells, [topic for topic in found if not topic.is_placed])


def list_with_arrangement(wanted: Select[tuple[ForumTopic]], forum_id: int) -> tuple[Sequence[ForumTopic], Arrangement]:
    """Return topics, in the order in which they were pitched, with the rooms and the hours of their forum.

    They are asked for in one statement, each row of which is one of the three: what people read while a forum runs is
    asked for again each ten seconds.
    """
    topic = aliased(ForumTopic, wanted.subquery())
    room = aliased(ForumRoom, select(ForumRoom).where(ForumRoom.forum_id == forum_id).subquery())
    slot = aliased(ForumSlot, select(ForumSlot).where(ForumSlot.forum_id == forum_id).subquery())
    query = select(topic, room, slot).select_from(topic)
    query = query.join(room, false(), full=True).join(slot, false(), full=True)
    rows = db.session.execute(query.options(*topics.with_host(topic))).tuples().all()
    rooms = sorted((one for _topic, one, _slot in rows if one), key=lambda one: (one.position, one.id))
    slots = sorted((one for _topic, _room, one in rows if one), key=lambda one: (one.starts_after, one.id))
    found = sorted((one for one, _room, _slot in rows if one), key=lambda one: one.id)
    return found, Arrangement(rooms, slots)
