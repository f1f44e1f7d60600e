"""The wall of a forum: its rooms and its hours, the topic that each cell holds, those that have no room yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.core.db import db
from app.forum.models import SESSION, ForumRoom, ForumSlot, ForumTopic
from app.forum.queries import forums, topics


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
    arrangement = forums.get_arrangement(forum_id)
    query = topics.select_topics(forum_id).options(*topics.with_host()).order_by(ForumTopic.id)
    found = db.session.scalars(query).all()
    cells = {(topic.slot_id, topic.room_id): topic for topic in found if topic.slot_id and topic.room_id}
    return Layout(arrangement.rooms, arrangement.slots, cells, [topic for topic in found if not topic.is_placed])
