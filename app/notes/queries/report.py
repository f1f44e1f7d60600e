"""What a closed forum leaves: each session with its notes, and what was pitched and not held.

It is read from what stands in the tables, and kept nowhere: what a line has become changes after the forum.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.core.db import db
from app.forum.models import Forum, ForumRoom, ForumSlot, ForumTopic
from app.forum.queries.forums import Arrangement
from app.forum.queries.layout import list_with_arrangement
from app.forum.queries.topics import is_in_sight
from app.notes.models import NoteCorrection, PublishedLine, PublishedNotes
from app.notes.queries.lines import is_shown


@dataclass(frozen=True)
class Session:
    """A topic that was held, where and when, with what the public reads of it (`notes`: None where nobody wrote)."""

    topic: ForumTopic
    room: ForumRoom
    slot: ForumSlot
    notes: PublishedNotes | None
    corrections: Sequence[NoteCorrection]
    lines: Sequence[PublishedLine]


@dataclass(frozen=True)
class ForumReport:
    """The sessions by their hour and then their room; `others` were pitched and not held, in that order."""

    arrangement: Arrangement
    sessions: Sequence[Session]
    others: Sequence[ForumTopic]

    @property
    def pitched_count(self) -> int:
        """Count what was pitched: a topic that was held again counts once."""
        return len(self.others) + sum(session.topic.again_of_id is None for session in self.sessions)

    @property
    def lines(self) -> list[PublishedLine]:
        return [line for session in self.sessions for line in session.lines]


def get_report(forum: Forum) -> ForumReport:
    """Return the report of a forum, in as many statements however much was said."""
    query = select(ForumTopic).where(ForumTopic.forum_id == forum.id, is_in_sight())
    topics, arrangement = list_with_arrangement(query, forum.id)
    held = [topic for topic in topics if topic.is_on_the_wall and topic.is_placed]
    return ForumReport(arrangement, _list_sessions(arrangement, held), [topic for topic in topics if topic not in held])


def _list_sessions(arrangement: Arrangement, held: Sequence[ForumTopic]) -> list[Session]:
    ids = [topic.id for topic in held]
    published, lines = read_published(ids), _list_lines(ids)
    by_cell = {(topic.slot_id, topic.room_id): topic for topic in held}
    return [
        Session(topic, room, slot, *published[topic.id], lines=lines[topic.id])
        for slot in arrangement.slots
        for room in arrangement.rooms
        if (topic := by_cell.get((slot.id, room.id)))
    ]


def _list_lines(ids: Collection[int]) -> Mapping[int, list[PublishedLine]]:
    found = defaultdict[int, list[PublishedLine]](list)
    query = select(PublishedLine).where(PublishedLine.topic_id.in_(ids), is_shown())
    for line in db.session.scalars(query.order_by(PublishedLine.position, PublishedLine.id)):
        found[line.topic_id].append(line)
    return found


def read_published(ids: Collection[int]) -> Mapping[int, tuple[PublishedNotes | None, list[NoteCorrection]]]:
    """Map each of these sessions to what the public reads of it, with what was corrected of that, the first first."""
    found: dict[int, tuple[PublishedNotes | None, list[NoteCorrection]]] = {topic_id: (None, []) for topic_id in ids}
    query = select(PublishedNotes, NoteCorrection).where(PublishedNotes.topic_id.in_(ids))
    query = query.outerjoin(NoteCorrection, NoteCorrection.topic_id == PublishedNotes.topic_id)
    for notes, correction in db.session.execute(query.order_by(PublishedNotes.topic_id, NoteCorrection.id)):
        found[notes.topic_id] = notes, [*found[notes.topic_id][1], *([correction] if correction else [])]
    return found


def list_corrections(ids: Collection[int]) -> Mapping[int, list[NoteCorrection]]:
    """Map sessions to what was corrected of their notes, the first first."""
    found = defaultdict[int, list[NoteCorrection]](list)
    query = select(NoteCorrection).where(NoteCorrection.topic_id.in_(ids))
    for one in db.session.scalars(query.order_by(NoteCorrection.id)):
        found[one.topic_id].append(one)
    return found
